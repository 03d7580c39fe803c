#include <array>
#include <string>

#include "allowed_work.h"
#include "false_alarms.h"
#include "operational_logs.h"
#include "security_log.h"
#include "system_log.h"

// What is allowed on clients and servers. The number of the check stands before each.

namespace konseki::scenario {

namespace {
constexpr const char* explorer = R"(C:\Windows\explorer.exe)";
constexpr const char* shell = R"(C:\Windows\System32\cmd.exe)";
constexpr const char* installer = R"(C:\Windows\System32\msiexec.exe)";

void start(Host& host, const Account& who, const std::string& image, const std::string& command,
           const std::string& parent) {
    process(host, {.account = who,
                   .logon_id = 0x6e1d4,
                   .image = image,
                   .command_line = command,
                   .parent = parent});
}
}  // namespace

void allow_services(Scene& scene) {
    // E008: a developer shows a test server to a customer through a tunnel.
    service_installed(
        scene.client(12),
        {.name = "Cloudflared agent",
         .image_path = R"(C:\Program Files (x86)\cloudflared\cloudflared.exe tunnel run)",
         .automatic = true},
        scene.user_of(12).sid);
    // E010: the maker of label printers has a service with as plain a name as one of Windows.
    service_installed(scene.client(20),
                      {.name = "Server",
                       .image_path = R"(C:\Program Files\Fudamaru\LabelPrint\server.exe)",
                       .automatic = true},
                      scene.admin().sid);
    // E011: the set-up of another antivirus product switches Defender off.
    service_disabled(scene.client(4), scene.admin(), "Windows Defender Antivirus Service",
                     "WinDefend");
    // E028: the software of the smart cards.
    security_package_loaded(scene.client(22), R"(C:\Windows\system32\fudacard.dll : FudaCard)");
}

void allow_tasks(Scene& scene) {
    const Account admin = scene.admin();
    // E016: the maker of the time clock has a script that collects its stamps.
    task_audited(scene.client(24), admin, 0x3e7,
                 {.name = R"(\Kintai\Collect)",
                  .command = "wscript.exe",
                  .arguments = R"(C:\ProgramData\Kintai\collect.vbs)"});
    // E017: the management product registers its task over the network.
    Host& managed = scene.client(25);
    const Account manager = scene.world().account("svc_kanri", 1165);
    const std::uint64_t id =
        logon(managed, {.account = manager, .address = "10.7.1.15", .elevated = true});
    task_audited(managed, manager, id,
                 {.name = R"(\Kanri\Inventory)",
                  .command = R"(C:\Program Files\Kanri Agent\inventory.exe)"});
    logoff(managed, manager, 3, id);
    // E018: a script of the year 2008.
    task_registered(scene.server(1), 106, R"(\At1)", admin);
    // E021: the maker of the computers updates what it has installed.
    task_audited(scene.client(20), system_account(), 0x3e7,
                 {.name = R"(\Fudamaru\Adobe Reader Update Check)",
                  .command = R"(C:\Fudamaru\Update\check.exe)"});
}

void allow_settings(Scene& scene) {
    const Account admin = scene.admin();
    const std::string logon_key = R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon)";
    // E025: the visitors' terminal at the reception.
    registry_written(scene.client(28), admin,
                     {.key = logon_key,
                      .name = "Shell",
                      .value = R"(C:\Kiosk\reception.exe)",
                      .program = installer});
    // E026: another keyboard on the screen.
    registry_written(
        scene.client(14), admin,
        {.key = R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Image File Execution Options)"
                R"(\osk.exe)",
         .name = "Debugger",
         .value = R"(C:\Program Files\Kiboard\kiboard.exe)",
         .program = installer});
    // E027: an old security product is loaded into every program.
    registry_written(scene.client(29), admin,
                     {.key = R"(HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Windows)",
                      .name = "AppInit_DLLs",
                      .value = R"(C:\PROGRA~1\Sazanami\szhook.dll)",
                      .program = installer});
    // E031: a department still has its logon script in the user's environment.
    registry_written(scene.client(23), admin,
                     {.key = "HKU\\" + scene.user_of(23).sid + R"(\Environment)",
                      .name = "UserInitMprLogonScript",
                      .value = R"(\\DC01\NETLOGON\soumu.cmd)",
                      .program = R"(C:\Windows\System32\reg.exe)"});
}

void allow_settings_of_a_user(Scene& scene) {
    // E023, E029: a chat program and a synchronisation live in the user's profile.
    Host& watched = scene.client(client_with_sysmon);
    const Account& user = scene.user_of(client_with_sysmon);
    const std::string local = R"(C:\Users\)" + user.name + R"(\AppData\Local\)";
    registry_written(
        watched, user,
        {.key = "HKU\\" + user.sid + R"(\Software\Microsoft\Windows\CurrentVersion\Run)",
         .name = "LINE",
         .value = '"' + local + R"(LINE\bin\LineLauncher.exe" run -t startup)",
         .program = local + R"(LINE\bin\current\LINE.exe)"});
    registry_written(
        watched, user,
        {.key = "HKU\\" + user.sid +
                R"(_Classes\CLSID\{5AB7172C-9C11-405C-8DD5-AF20F3606282}\InprocServer32)",
         .name = "",
         .value = local + R"(Microsoft\OneDrive\19.152.0801.0009\amd64\FileSyncShell64.dll)",
         .program = local + R"(Microsoft\OneDrive\OneDrive.exe)"});
}

void allow_files(Scene& scene) {
    Host& watched = scene.client(client_with_sysmon);
    const std::string desktop =
        R"(C:\Users\)" + scene.user_of(client_with_sysmon).name + R"(\Desktop\)";
    // E053: a program from a stick, with its own libraries.
    sysmon_library(watched, {desktop + R"(Portable\henshu.exe)",
                             desktop + R"(Portable\dbghelp.dll)", "?", ""});
    // E064: the antivirus product looks into lsass.
    sysmon_lsass_opened(watched, R"(C:\Program Files\Sazanami\szscan.exe)", 0x1410);
    // E112: a tool that copies files keeps their times.
    sysmon_file_time(watched, desktop + R"(HayaCopy\hayacopy.exe)",
                     R"(D:\backup\kaikei\kaikei.exe)");
    // E129: a web site is released by a script.
    sysmon_file(scene.server(server_with_sysmon), shell, R"(C:\inetpub\wwwroot\zaiko\list.aspx)");
}

void allow_programs(Scene& scene) {
    const Account admin = scene.admin();
    const Account& developer = scene.user_of(12);
    // E036, E060: an administrator asks another server for its policy, and makes a list of accounts.
    start(scene.server(1), admin, R"(C:\Windows\System32\wbem\WMIC.exe)",
          R"(wmic /node:SRV02 process call create "gpupdate /force")", shell);
    start(scene.server(1), admin, R"(C:\Windows\System32\csvde.exe)",
          "csvde -f D:\\kanri\\meibo.csv -r \"(objectClass=user)\"", shell);
    // E052: a user starts a set-up script out of the archive.
    const std::string archive = R"(C:\Users\)" + scene.user_of(6).name +
                                R"(\AppData\Local\Temp\Temp1_fudaprint.zip\setup.bat)";
    start(scene.client(6), scene.user_of(6), shell, "cmd.exe /c \"" + archive + '"', explorer);
    // E057: a developer works from home; E058: and tries a set-up in the sandbox.
    start(scene.client(12), developer, R"(C:\Program Files\Microsoft VS Code\Code.exe)",
          R"("C:\Program Files\Microsoft VS Code\Code.exe" tunnel --name dev12)", shell);
    start(scene.client(12), developer, R"(C:\Windows\System32\WindowsSandbox.exe)",
          R"("C:\Windows\System32\WindowsSandbox.exe" D:\src\setup-test.wsb)", explorer);
}

}  // namespace konseki::scenario
