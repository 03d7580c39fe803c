#include "false_alarms.h"

#include <array>
#include <string>

#include "application_log.h"
#include "directory_log.h"
#include "operational_logs.h"
#include "scene.h"
#include "security_log.h"
#include "system_log.h"

namespace konseki::scenario {

namespace {
void services(Scene& scene) {
    const Account admin = scene.admin();
    // E001: a program that updates itself below ProgramData.
    service_installed(
        scene.client(1),
        {.name = "WinDefend",
         .image_path =
             R"("C:\ProgramData\Microsoft\Windows Defender\platform\4.18.1908.7-0\MsMpEng.exe")",
         .automatic = true},
        "S-1-5-18");
    // E002: a backup agent that is started by a shell.
    service_installed(scene.server(1),
                      {.name = "SazanamiBackupPre",
                       .image_path = R"(cmd.exe /c "C:\Program Files\Sazanami Backup\pre.cmd")"},
                      admin.sid);
    // E004: eight letters in the Windows folder, as a maker of printers does it.
    service_installed(scene.client(2),
                      {.name = "PrtAgent", .image_path = R"(C:\Windows\prtagent.exe)"}, admin.sid);
    // E009, E012: drivers of hardware and what reads its sensors.
    service_installed(scene.client(3),
                      {.name = "cpuz146",
                       .image_path = R"(\??\C:\Users\dev\AppData\Local\Temp\cpuz146_x64.sys)",
                       .kernel = true},
                      admin.sid);
    service_installed(
        scene.client(4),
        {.name = "PrintNotify", .image_path = R"(%SystemRoot%\system32\svchost.exe -k print)"},
        "S-1-5-18");
}

void remote_management(Scene& scene) {
    // E007: the contractor's remote management tool.
    service_installed(
        scene.server(1),
        {.name = "Splashtop Streamer Service",
         .image_path =
             R"("C:\Program Files (x86)\Splashtop\Splashtop Remote\Server\SRService.exe")",
         .automatic = true},
        scene.admin().sid);
    // E037, E038: its scripts and an installation by script.
    powershell_started(
        scene.client(1),
        R"("C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden -File "C:\Program Files\Kanri Agent\inventory.ps1")",
        "ConsoleHost", "5.1.18362.145");
    powershell_started(
        scene.client(2),
        R"(powershell.exe -NoProfile -Command iex ((New-Object Net.WebClient).DownloadString('https://chocolatey.org/install.ps1')))",
        "ConsoleHost", "5.1.18362.145");
    // E039: a module of an administrator about which PowerShell warns.
    script_block(scene.server(1), scene.admin(),
                 "function Get-Library { Add-Type -MemberDefinition $source -Name Native }",
                 R"(C:\Program Files\WindowsPowerShell\Modules\Kanri\Kanri.psm1)", true);
}

void tasks_and_downloads(Scene& scene) {
    const Account& user = scene.user_of(1);
    // E015: an updater that lives in the user's profile.
    task_registered(scene.client(1), 106, R"(\OneDrive Standalone Update Task-S-1-5-21)", user);
    task_ran(scene.client(1), R"(\OneDrive Standalone Update Task-S-1-5-21)",
             R"(%localappdata%\Microsoft\OneDrive\OneDriveStandaloneUpdater.exe)");
    // E019: a setup program registers a task and removes it at once.
    task_registered(scene.client(2), 106, R"(\Setup-Cleanup-41)", system_account());
    task_registered(scene.client(2), 141, R"(\Setup-Cleanup-41)", system_account());
    // E046: updates from the maker and, by address, from the office's own distribution point.
    download(scene.client(1),
             {.title = "GoogleUpdateSetup",
              .url = "http://edgedl.gvt1.com/release2/update2/googleupdatesetup.exe",
              .program = R"(C:\Program Files (x86)\Google\Update\GoogleUpdate.exe)",
              .owner = R"(NT AUTHORITY\SYSTEM)"});
    download(scene.client(2), {.title = "CCMDTS Job",
                               .url = "http://10.7.1.15/SMS_DP_SMSPKG$/KN10001A/setup.cab",
                               .program = R"(C:\Windows\CCM\CcmExec.exe)",
                               .owner = R"(NT AUTHORITY\SYSTEM)"});
}

void accounts_and_logons(Scene& scene) {
    Host& controller = scene.controller();
    const Account admin = scene.admin();
    // E062: an inventory lists the group of administrators, often.
    for (int times = 0; times < 12; ++times)
        group_listed(scene.client(1), system_account(), 0x3e7,
                     R"(C:\Program Files\Kanri Agent\inventory.exe)");
    // E071: the synchronisation of passwords with the cloud.
    const Account sync = scene.world().account("MSOL_7d20b9e4415c", 1140);
    const std::uint64_t id = logon(controller, {.account = sync, .address = "10.7.1.16"});
    replication_right(controller, sync, id, "{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}");
    logoff(controller, sync, 3, id);
    // E073: an old application that knows only RC4.
    service_ticket(controller, scene.user_of(1), scene.world().account("sqlsvc", 1160),
                   scene.client(1).machine().address, 0x17);
    // E085, E086: a user mistypes the password; a service goes on with its old one.
    const LogonFacts mistyped{.account = scene.user_of(1), .type = 2, .address = "127.0.0.1"};
    for (int times = 0; times < 3; ++times) logon_failed(scene.client(1), mistyped, 0xc000006a);
    const LogonFacts old_password{.account = scene.world().account("svc_print", 1161),
                                  .address = "10.7.1.17",
                                  .workstation = "SRV17",
                                  .ntlm = true};
    for (int times = 0; times < 8; ++times) logon_failed(controller, old_password, 0xc000006a);
    // E088, E089, E094: an administrator works by remote desktop and uses another account.
    rdp_outward(scene.client(1), admin, scene.server(1).computer());
    rdp_arrived(scene.server(1), admin, scene.client(1).machine().address);
    session(scene.server(1), 21, admin, 2, scene.client(1).machine().address);
    explicit_credentials(scene.client(1), scene.user_of(1), 0x5a3c1, admin,
                         scene.server(1).computer(), R"(C:\Windows\System32\mmc.exe)");
    // E098: the day's VPN.
    visit(scene.server(1), {.account = scene.user_of(1), .address = "10.7.9.14"});
}

void people_and_machines(Scene& scene) {
    Host& controller = scene.controller();
    // E013: the management product installs its agent over the network.
    Host& managed = scene.client(2);
    const Account manager = scene.world().account("svc_kanri", 1165);
    const std::uint64_t id = logon(managed, {.account = manager, .address = "10.7.1.15"});
    service_audited(managed, manager, id, "KanriAgent",
                    R"("C:\Program Files\Kanri Agent\agent.exe")");
    logoff(managed, manager, 3, id);
    // E076: a local account's domain is the host.
    visit(scene.client(1), {.account = scene.client(1).local_account("scan", 1004),
                            .address = "10.7.1.88",
                            .workstation = "MFP2F",
                            .ntlm = true});
    // E079: a computer from the cupboard has lost its place in the domain.
    computer_refused(controller, "PC-OLD07");
    // E081: the cloud's synchronisation writes a user's key of Windows Hello.
    value_added(controller, scene.world().account("MSOL_7d20b9e4415c", 1140),
                {.name = "CN=user01,CN=Users", .kind = "user"}, "msDS-KeyCredentialLink", "2.5.5.7",
                "B:828:000200002000015A1B");
}

void new_administrator(Scene& scene) {  // E096
    visit(scene.server(1), {.account = scene.world().account("adm.tanaka", 1105),
                            .address = scene.client(1).machine().address,
                            .elevated = true});
}

void night_shift(Scene& scene) {  // E097
    Host& host = scene.client(1);
    const Account guard = scene.world().account("yakin", 1191);
    const std::uint64_t id = logon(host, {.account = guard, .type = 2});
    scene.agenda().after(5 * one_hour, [&host, guard, id] { logoff(host, guard, 2, id); });
}

void settings_and_devices(Scene& scene) {
    // E105: a group policy reduces auditing.
    audit_policy_changed(scene.client(1), "{0cce9226-69ae-11d9-bed3-505054503030}", "%%8448");
    // E106: a virtual machine gets its host's time.
    clock_set(scene.server(1), {"LOCAL SERVICE", "NT AUTHORITY", "S-1-5-19"}, 0x3e5,
              scene.agenda().now() - 400 * one_second, R"(C:\Windows\System32\svchost.exe)");
    // E109: adware; E110: the history is trimmed.
    threat_found(scene.client(2), scene.user_of(2),
                 {.name = "PUA:Win32/InstallCore",
                  .category = "Potentially Unwanted Software",
                  .path = R"(file:_C:\Users\user02\Downloads\freeware_setup.exe)",
                  .id = 240'681,
                  .category_id = 27});
    defender_says(scene.client(2), 1013);
    // E111: a program that installs itself for one user opens the firewall.
    for (const std::uint16_t id : {std::uint16_t{2004}, std::uint16_t{2097}})
        firewall_rule(
            scene.client(id == 2004 ? 1 : 2), scene.user_of(1),
            {.name = "Teams.exe",
             .program = R"(C:\Users\user01\AppData\Local\Microsoft\Teams\current\Teams.exe)",
             .by_program = R"(C:\Windows\System32\dllhost.exe)",
             .id = id});
    // E066: Defender's rule for lsass stops a set-up program that looks at all processes.
    lsass_rule_met(scene.client(2), scene.user_of(2),
                   R"(C:\Users\user02\AppData\Local\Temp\is-7KQ2M.tmp\kaikei_setup.tmp)");
    // E127: a stick for the projector's slides.
    usb_storage(scene.client(1), R"(USBSTOR\DISK&VEN_BUFFALO&PROD_USB_FLASH_DISK\0001&0)");
}

void processes(Scene& scene) { run_lookalikes(scene.client(3), scene.user_of(3), scene.server(1)); }

void protection_and_faults(Scene& scene) {
    // E107: another antivirus product takes over; E109: a tool that makes licence keys.
    Host& host = scene.client(4);
    antivirus_on(host, host.word("Sazanami Antivirus", "さざなみアンチウイルス"));
    defender_says(host, 5001);
    threat_found(scene.client(3), scene.user_of(3),
                 {.name = "HackTool:Win32/Keygen",
                  .category = "Tool",
                  .path = R"(file:_D:\old\setup\keygen.exe)",
                  .id = 2'147'593'794,
                  .category_id = 34});
    // E104: the power failed, and the host starts again.
    power_lost(scene.client(2));
    // E032: the consumer that Windows brings along.
    windows_consumer(scene.server(1));
    // E092: the deployment of the management product puts its program on a share.
    program_put_on_share(scene.client(3), scene.admin(), "ccmsetup\\ccmsetup.exe");
}

// A host is set up from an image: E102, E103, E115, E117, E120 and E121 in one.
void set_up_from_image(Scene& scene) {
    Host& host = scene.client(1);
    const Account image{"WIN-4QJ7T0PL2SD$", "WORKGROUP", "S-1-5-18"};
    clear_security(host, image, 0x3e7);
    clear_log(host, image, "System");
    clear_log(host, image, "Application");
    clear_log(host, image, "Windows PowerShell");  // E044
    const Account first = host.local_account("setup", 1001);
    const Account windows = host.local_account("defaultuser0", 1000);
    account_created(host, image, 0x3e7, windows);
    account_created(host, image, 0x3e7, first);
    added_to_administrators(host, image, 0x3e7, first.sid);
    // Joining the domain brings its administrators.
    added_to_administrators(host, host.own_account(), 0x3e7, host.domain().sid + "-512");
    scene.agenda().after(20 * one_minute,
                         [&host, windows, image] { account_deleted(host, image, 0x3e7, windows); });
}

// From here on each one is a finding of level medium.

void tool_from_jump_host(Scene& scene) {  // E003
    Host& target = scene.server(3);
    const std::string& from = scene.server(2).machine().address;
    visit(target, {.account = scene.admin(), .address = from, .elevated = true});
    service_installed(target, {.name = "PSEXESVC", .image_path = R"(%SystemRoot%\PSEXESVC.exe)"},
                      scene.admin().sid);
    service_state(target, "PSEXESVC", "PSEXESVC", true);
    scene.agenda().after(40 * one_second,
                         [&target] { service_state(target, "PSEXESVC", "PSEXESVC", false); });
}

void powershell_of_administrators(Scene& scene) {  // E041, E042
    powershell_started(scene.server(4), R"(C:\Windows\system32\wsmprovhost.exe -Embedding)",
                       "ServerRemoteHost", "5.1.14393.2879");
    powershell_started(scene.client(3), R"(powershell.exe -Version 2 -File C:\work\daily.ps1)",
                       "ConsoleHost", "2.0");
}

void help_desk(Scene& scene) {  // E059, E063
    const Account admin = scene.admin();
    Host& asked = scene.client(9);
    for (const char* name : {"whoami", "ipconfig", "systeminfo", "tasklist", "netstat"}) {
        const std::string image = std::string(R"(C:\Windows\System32\)") + name + ".exe";
        process(asked, {.account = admin,
                        .logon_id = 0x7c2b1,
                        .image = image,
                        .command_line = name,
                        .parent = R"(C:\Windows\System32\cmd.exe)"});
    }
    const std::string scanner =
        R"(C:\Program Files (x86)\Advanced IP Scanner\advanced_ip_scanner.exe)";
    process(scene.client(4), {.account = admin,
                              .logon_id = 0x7c3f4,
                              .image = scanner,
                              .command_line = '"' + scanner + '"'});
}

void laptop_on_the_way(Scene& scene) {  // E080
    LogonFacts facts{.account = scene.user_of(12),
                     .address = scene.client(12).machine().address,
                     .workstation = scene.client(12).machine().name,
                     .ntlm = true};
    Host& server = scene.server(2);
    visit(server, facts);
    facts.address = "10.7.9.31";
    scene.agenda().after(2 * one_minute, [&server, facts] { visit(server, facts); });
}

void shares_and_exclusions(Scene& scene) {  // E087, E099, E101, E108
    smb_connection(scene.client(5), 30807, R"(\PC010\ADMIN$)", "");
    logon(scene.client(6), {.account = scene.world().account("svc_lab", 1162), .type = 2});
    share_made(scene.server(1), scene.admin(), 0x51c20, "Haifu$", R"(\??\D:\Haifu)");
    const std::string value =
        R"(HKLM\SOFTWARE\Microsoft\Windows Defender\Exclusions\Paths\C:\Users\dev\source\repos = 0x0)";
    defender_setting(scene.client(7), "", value);
}

void scanner_of_vulnerabilities(Scene& scene) {  // E095
    const Account scanner = scene.world().account("scan.kanri", 1163);
    Ticks delay = 0;
    for (const std::unique_ptr<Host>& host : scene.world().hosts())
        scene.agenda().after(delay += one_minute, [target = host.get(), scanner] {
            visit(*target, {.account = scanner,
                            .address = "10.7.1.99",
                            .workstation = "SCAN01",
                            .ntlm = true,
                            .elevated = true});
        });
}

void plug_ins_and_installers(Scene& scene) {
    // E014: an installation program brings a helper, which is gone when it is done.
    Host& host = scene.client(16);
    service_installed(host, {.name = "KaikeiSetupHelper", .image_path = R"(D:\setup\helper.exe)"},
                      scene.admin().sid);
    scene.agenda().after(90 * one_second, [&host] {
        service_state(host, "KaikeiSetupHelper", "KaikeiSetupHelper", false);
    });
    // E067: a network provider of an old product, without a signature.
    unsigned_plug_in(scene.client(17), R"(\Device\HarddiskVolume3\Windows\System32\sznp.dll)");
}

void other_devices_and_controllers(Scene& scene) {
    // E075: the ticket for the logon came from the controller of a branch, whose log is not at hand.
    service_ticket(scene.controller(), scene.world().account("shisha.ito", 1190),
                   scene.server(1).domain_account(), "10.7.40.21");
    // E078: the copier puts what it scanned on a share, by NTLM of its own.
    visit(scene.server(2), {.account = scene.world().account("svc_scan2f", 1167),
                            .address = "10.7.1.88",
                            .workstation = "MFP2F",
                            .ntlm = true,
                            .session_key = false,
                            .elevated = true});
}
}  // namespace

void plan_false_alarms(World& world, Office& office, Day first) {
    static constexpr std::array quiet{
        Happening{0, 7, set_up_from_image},
        Happening{3, 10, services},
        Happening{3, 11, remote_management},
        Happening{3, 14, tasks_and_downloads},
        Happening{3, 15, accounts_and_logons},
        Happening{3, 16, people_and_machines},
        Happening{4, 9, processes},
        Happening{4, 10, settings_and_devices},
        Happening{4, 23, night_shift},
        Happening{14, 16, new_administrator},
    };
    static constexpr std::array medium{
        Happening{7, 10, protection_and_faults},
        Happening{4, 11, tool_from_jump_host},
        Happening{4, 13, powershell_of_administrators},
        Happening{4, 14, help_desk},
        Happening{4, 15, laptop_on_the_way},
        Happening{4, 16, shares_and_exclusions},
        Happening{4, 12, scanner_of_vulnerabilities},
        Happening{7, 11, plug_ins_and_installers},
        Happening{7, 14, other_devices_and_controllers},
    };
    constexpr std::size_t office_that_bears_it = 20;
    for (const Happening& one : quiet) plan(world, office, first, one);
    if (world.hosts().size() < office_that_bears_it) return;
    for (const Happening& one : medium) plan(world, office, first, one);
}

}  // namespace konseki::scenario
