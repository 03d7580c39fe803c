#include "allowed_work.h"

#include <array>
#include <string>

#include "application_log.h"
#include "directory_log.h"
#include "false_alarms.h"
#include "operational_logs.h"
#include "security_log.h"
#include "system_log.h"

// What is allowed in the domain, on its servers and from one host to another. The number of the check stands
// before each.

namespace konseki::scenario {

namespace {
void accounts(Scene& scene) {
    Host& controller = scene.controller();
    const Account admin = scene.admin();
    const Account desk = scene.help_desk();
    // E115: the help desk sets up a host of the works; E117b with it.
    Host& works = scene.client(11);
    const Account made = works.local_account("genba", 1005);
    account_created(works, desk, 0x8a1f3, made);
    scene.agenda().after(10 * one_minute, [&works, desk, made] {
        added_to_administrators(works, desk, 0x8a1f3, made.sid);
    });
    // E120: and tries something out with an account.
    Host& other = scene.client(13);
    const Account trial = other.local_account("test01", 1006);
    account_created(other, desk, 0x8a4c2, trial);
    scene.agenda().after(3 * one_hour,
                         [&other, desk, trial] { account_deleted(other, desk, 0x8a4c2, trial); });
    // E117: a new administrator of the domain.
    added_to_domain_group(controller, admin, scene.world().account("adm.tanaka", 1105),
                          "Domain Admins", 512);
    // E074, E118: the account of an old business program can do without pre-authentication only.
    const Account old = scene.world().account("kaikei.old", 1166);
    account_option_set(controller, admin, old, 0x10210, "%%2096");
    ticket_without_proof(controller, old, "10.7.1.31");
    // E119: a company that was bought moves in.
    sid_history_added(controller, admin,
                      {"h.mori", "HAMANO", "S-1-5-21-1804190704-1201907221-2019112906-1133"},
                      scene.world().account("h.mori", 1192));
}

void directory(Scene& scene) {
    Host& controller = scene.controller();
    const Account admin = scene.admin();
    const std::string from = scene.client(26).machine().address;
    const std::string folder = R"(\??\C:\Windows\SYSVOL\sysvol)";
    const std::string policy = R"(\Policies\{6AC1786C-016F-11D2-945F-00C04FB984F9}\Machine)";
    const std::string files = controller.domain().dns_name + policy + R"(\Preferences\)";
    // E022: a task is spread by group policy.
    value_added(controller, admin,
                {.name = "CN={6AC1786C-016F-11D2-945F-00C04fB984F9},CN=Policies,CN=System",
                 .kind = "groupPolicyContainer"},
                "gPCMachineExtensionNames", "2.5.5.12",
                "[{00000000-0000-0000-0000-000000000000}{CAB54552-DEEA-4691-817E-ED4A4D1AFC72}]"
                "[{AADCED64-746C-4633-A97C-D61349046527}{CAB54552-DEEA-4691-817E-ED4A4D1AFC72}]");
    share_opened(controller, admin,
                 {.share = "SYSVOL",
                  .folder = folder,
                  .file = files + R"(ScheduledTasks\ScheduledTasks.xml)",
                  .address = from,
                  .mask = 2,
                  .rights = "%%4417"});
    // E084: a report on group policies reads all their settings.
    for (const char* name : {R"(Groups\Groups.xml)", R"(Services\Services.xml)",
                             R"(DataSources\DataSources.xml)", R"(Printers\Printers.xml)",
                             R"(Drives\Drives.xml)", R"(ScheduledTasks\ScheduledTasks.xml)"})
        share_opened(controller, admin,
                     {.share = "SYSVOL", .folder = folder, .file = files + name, .address = from});
}

void new_controller(Scene& scene) {
    Host& controller = scene.controller();
    const Account admin = scene.admin();
    // E072: a second domain controller is set up; E121: its recovery password was chosen anew with it.
    const std::string name = "DC02." + controller.domain().dns_name;
    object_made(controller, admin,
                {.name = "CN=NTDS Settings,CN=DC02,CN=Servers,CN=Default-First-Site-Name,CN=Sites,"
                         "CN=Configuration",
                 .kind = "nTDSDSA"});
    service_names_set(
        controller, admin, scene.world().account("DC02$", 1107),
        "\r\n\t\tHOST/" + name + "\r\n\t\tGC/" + name + '/' + controller.domain().dns_name);
    recovery_password_set(controller, admin);
}

void successors(Scene& scene) {
    const Account admin = scene.admin();
    // E082: a service account gets a successor that looks after its own password.
    value_added(scene.controller(), admin,
                {.name = "CN=dmsa_kaikei,CN=Managed Service Accounts",
                 .kind = "msDS-DelegatedManagedServiceAccount"},
                "msDS-ManagedAccountPrecededByLink", "2.5.5.1", "CN=svc_kaikei,CN=Users");
    // E083: whoever looks after the certificates asks for one in the name of another.
    certificate_issued(
        scene.server(2), admin,
        "CertificateTemplate:SmartCardAgent\nSAN:upn=user07@" + scene.world().domain().dns_name,
        "CN=user07");
}

void servers(Scene& scene) {
    const Account admin = scene.admin();
    // E126: the mail of somebody who has left is kept.
    exchange_command(scene.server(4), admin, "New-MailboxExportRequest",
                     R"(-Mailbox "taishoku01" -FilePath "\\SRV01\hozon\taishoku01.pst")");
    // E131: the log of a test site was too large.
    web_setting(scene.server(3), admin, "/system.webServer/httpLogging/@dontLog", "false", "true");
    // E132: the old stock program starts a program from the database.
    database_option_set(scene.server(1), "xp_cmdshell", "0", "1");
}

void remote_work(Scene& scene) {
    const Account admin = scene.admin();
    // E077: an administrator opens a console with the other account.
    other_network_credentials(scene.client(26), scene.user_of(26), admin);
    // E090: a developer tries a remote desktop program on one host.
    Host& local = scene.client(12);
    const Account& developer = scene.user_of(12);
    rdp_arrived(local, developer, "127.0.0.1");
    const std::uint64_t id =
        logon(local, {.account = developer, .type = 10, .address = "127.0.0.1"});
    session(local, 21, developer, 2, "127.0.0.1");
    logoff(local, developer, 10, id);
    // E091: a server in the cloud is administered from the office's public address.
    Host& cloud = scene.server(4);
    rdp_arrived(cloud, admin, "203.0.113.40");
    const std::uint64_t far =
        logon(cloud, {.account = admin, .type = 10, .address = "203.0.113.40", .elevated = true});
    session(cloud, 21, admin, 3, "203.0.113.40");
    logoff(cloud, admin, 10, far);
    // E093: the management product uses services, tasks and registry of a host.
    for (const char* pipe : {"svcctl", "atsvc", "winreg"})
        share_opened(scene.client(19), scene.world().account("svc_kanri", 1165),
                     {.share = "IPC$",
                      .folder = "",
                      .file = pipe,
                      .address = "10.7.1.15",
                      .mask = 3,
                      .rights = "%%4416\r\n\t\t\t\t%%4417"});
}

// A test that the organisation has ordered, on one host: E006, E033, E035, E040, E043, E061, E109.
void security_test(Scene& scene) {
    Host& host = scene.client(30);
    const Account tester = scene.world().account("pt.kurosawa", 1181);
    service_installed(
        host, {.name = "mimidrv", .image_path = R"(C:\Tools\pt\mimidrv.sys)", .kernel = true},
        tester.sid);
    process(host,
            {.account = tester,
             .logon_id = 0x91b07,
             .image = R"(C:\Windows\System32\cmd.exe)",
             .command_line = R"(cmd.exe /Q /c whoami 1> \\127.0.0.1\ADMIN$\__1568091900.42 2>&1)",
             .parent = R"(C:\Windows\System32\wbem\WmiPrvSE.exe)"});
    script_block(host, tester, "Invoke-Mimikatz -Command 'privilege::debug'",
                 R"(C:\Tools\pt\m.ps1)", false);
    script_block(host, tester,
                 "[Ref].Assembly.GetType('System.Management.Automation.AmsiUtils')"
                 ".GetField('amsiInitFailed','NonPublic,Static')",
                 R"(C:\Tools\pt\a.ps1)", true);
    group_listed_remotely(host, tester, "Administrators", 544);
    group_listed_remotely(host, tester, "Remote Desktop Users", 555);
    group_listed_remotely(host, tester, "Distributed COM Users", 562);
    threat_found(host, tester,
                 {.name = "HackTool:Win32/Mikatz!dha",
                  .category = "Tool",
                  .path = R"(file:_C:\Tools\pt\m.exe)",
                  .id = 2'147'705'511,
                  .category_id = 34});
}
}  // namespace

void plan_allowed_work(World& world, Office& office, Day first) {
    static constexpr std::array happenings{
        Happening{8, 10, accounts},
        Happening{8, 13, directory},
        Happening{8, 14, new_controller},
        Happening{8, 16, successors},
        Happening{8, 15, servers},
        Happening{9, 10, allow_services},
        Happening{9, 11, allow_tasks},
        Happening{9, 13, allow_settings},
        Happening{9, 14, allow_settings_of_a_user},
        Happening{9, 14, allow_files},
        Happening{9, 15, allow_programs},
        Happening{10, 10, remote_work},
        Happening{10, 14, security_test},
    };
    for (const Happening& one : happenings) plan(world, office, first, one);
}

}  // namespace konseki::scenario
