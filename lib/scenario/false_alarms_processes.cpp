#include <array>

#include "false_alarms.h"
#include "operational_logs.h"
#include "security_log.h"

namespace konseki::scenario {

namespace {
/// A process that somebody might take for an intruder's.
struct Lookalike {
    const char *image, *command_line, *parent;
};
constexpr const char* explorer = R"(C:\Windows\explorer.exe)";
constexpr const char* shell = R"(C:\Windows\System32\cmd.exe)";
constexpr const char* services = R"(C:\Windows\System32\services.exe)";

// In the order of the list of checks; its number before each.
constexpr std::array<Lookalike, 17> at_a_client{{
    // E033: inventory by the management product.
    {shell, R"(cmd.exe /c C:\Windows\CCM\inventory.cmd)",
     R"(C:\Windows\System32\wbem\WmiPrvSE.exe)"},
    // E037: an agent's script.
    {R"(C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe)",
     R"(powershell.exe -NoProfile -WindowStyle Hidden -File "C:\Program Files\Kanri Agent\daily.ps1")",
     R"(C:\Program Files\Kanri Agent\agent.exe)"},
    // E045: a certificate is brought into another form.
    {R"(C:\Windows\System32\certutil.exe)", R"(certutil -decode request.csr request.cer)", shell},
    // E047: a printer's settings; a control panel.
    {R"(C:\Windows\System32\rundll32.exe)",
     R"(rundll32.exe printui.dll,PrintUIEntry /o /n "\\SRV01\複合機2F")", explorer},
    // E048: a developer builds.
    {R"(C:\Program Files (x86)\Microsoft Visual Studio\2019\MSBuild\Current\Bin\MSBuild.exe)",
     R"(MSBuild.exe D:\src\zaiko\zaiko.sln /t:Rebuild)", shell},
    // E049: an update is unpacked by hand.
    {R"(C:\Windows\System32\expand.exe)", R"(expand.exe -F:* D:\kb4515384.cab D:\kb4515384)",
     shell},
    // E050: the manual of a program.
    {R"(C:\Windows\hh.exe)", R"("C:\Windows\hh.exe" C:\Program Files (x86)\Kaikei\manual.chm)",
     R"(C:\Program Files (x86)\Kaikei\kaikei.exe)"},
    // E051: a document is printed.
    {R"(C:\Windows\splwow64.exe)", R"(C:\Windows\splwow64.exe 8192)",
     R"(C:\Program Files (x86)\Microsoft Office\root\Office16\WINWORD.EXE)"},
    // E054: copies of Windows programs that an update keeps.
    {R"(C:\Windows\WinSxS\amd64_microsoft-windows-services-svchost_31bf3856ad364e35_10.0.18362.1\svchost.exe)",
     R"(svchost.exe -k netsvcs)", services},
    // E065: a program that crashed is written to disk.
    {R"(C:\Windows\System32\WerFault.exe)", R"(C:\Windows\system32\WerFault.exe -u -p 5120 -s 812)",
     R"(C:\Windows\System32\svchost.exe)"},
    // E068: settings are kept before a change.
    {R"(C:\Windows\System32\reg.exe)",
     R"(reg export HKCU\Software\Kaikei C:\Users\user03\Documents\kaikei.reg)", shell},
    // E114: how large is the journal?
    {R"(C:\Windows\System32\fsutil.exe)", R"(fsutil usn queryjournal C:)", shell},
    // E122: last year's documents are packed.
    {R"(C:\Program Files\7-Zip\7z.exe)", R"(7z.exe a D:\2018.7z D:\2018\*)", shell},
    // E124: a nightly copy.
    {R"(C:\Windows\System32\Robocopy.exe)", R"(robocopy D:\data \\SRV01\backup\user03 /MIR /R:1)",
     shell},
    {R"(C:\Windows\System32\net.exe)", R"(net use S: \\SRV01\shared /persistent:yes)", shell},
    // E125: a file is fetched, not sent.
    {R"(C:\Windows\System32\curl.exe)", R"(curl.exe -O https://www.example.jp/price.csv)", shell},
    // E057: an editor without a tunnel.
    {R"(C:\Program Files\Microsoft VS Code\Code.exe)",
     R"("C:\Program Files\Microsoft VS Code\Code.exe" D:\src)", explorer},
}};
// E128: pages of a web application are compiled.
constexpr Lookalike at_a_web_server{
    R"(C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe)",
    R"("C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe" /noconfig @"C:\Windows\Temp\k2x.cmdline")",
    R"(C:\Windows\System32\inetsrv\w3wp.exe)"};

void start(Host& host, const Account& account, const Lookalike& one) {
    process(host, {.account = account,
                   .logon_id = 0x5f2c8,
                   .image = one.image,
                   .command_line = one.command_line,
                   .parent = one.parent});
}
}  // namespace

void run_lookalikes(Host& client, const Account& user, Host& web_server) {
    Ticks delay = 0;
    for (const Lookalike& one : at_a_client)
        client.agenda().after(delay += 4 * one_minute,
                              [&client, user, &one] { start(client, user, one); });
    start(web_server, {"DefaultAppPool", "IIS APPPOOL", "S-1-5-82-3006700770-424185619"},
          at_a_web_server);
}

}  // namespace konseki::scenario
