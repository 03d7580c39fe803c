#include "kinds.h"
#include "operational_logs.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
constexpr std::uint32_t lsass_process = 716;
const Sender& watcher() {
    static const Sender sender{2532, 3900, "S-1-5-18"};
    return sender;
}
/// Sysmon's SHA256 of a file: the same for the same path.
std::string hash_of(const std::string& path) {
    Random numbers(fnv1a(path));
    std::string hash = "SHA256=";
    for (int digit = 0; digit < 64; ++digit) hash += "0123456789ABCDEF"[numbers.below(16)];
    return hash;
}
std::string file_of(const std::string& path) { return path.substr(path.rfind('\\') + 1); }
}  // namespace

void sysmon_process(Host& host, const ProcessFacts& facts, std::uint32_t process_id) {
    const std::string name =
        facts.original_name.empty() ? file_of(facts.image) : facts.original_name;
    host.write(evtx::sysmon(1, 5), watcher(),
               {{"RuleName", v::string("")},
                {"UtcTime", v::string(utc_text(host.agenda().now()))},
                {"ProcessGuid", v::guid(host.new_guid())},
                {"ProcessId", v::uint32(process_id)},
                {"Image", v::string(facts.image)},
                {"FileVersion", v::string("10.0.14393.0 (rs1_release.160715-1616)")},
                {"Description", v::string("?")},
                {"Product", v::string("?")},
                {"Company", v::string(facts.company)},
                {"OriginalFileName", v::string(name)},
                {"CommandLine", v::string(facts.command_line)},
                {"CurrentDirectory", v::string(facts.directory)},
                {"User", v::string(facts.account.full_name())},
                {"LogonGuid", v::guid(host.new_guid())},
                {"LogonId", v::hex64(facts.logon_id)},
                {"TerminalSessionId", v::uint32(facts.logon_id <= 0x3e7 ? 0 : 2)},
                {"IntegrityLevel", v::string(facts.elevated ? "High" : "Medium")},
                {"Hashes", v::string(hash_of(facts.image))},
                {"ParentProcessGuid", v::guid(host.new_guid())},
                {"ParentProcessId", v::uint32(process_id / 2 / 4 * 4)},
                {"ParentImage", v::string(facts.parent)},
                {"ParentCommandLine", v::string(facts.parent)}});
}

void sysmon_library(Host& host, const LibraryFacts& facts) {
    const bool is_signed = !facts.signature.empty();
    host.write(evtx::sysmon(7, 3), watcher(),
               {{"RuleName", v::string("")},
                {"UtcTime", v::string(utc_text(host.agenda().now()))},
                {"ProcessGuid", v::guid(host.new_guid())},
                {"ProcessId", v::uint32(host.new_process_id())},
                {"Image", v::string(facts.image)},
                {"ImageLoaded", v::string(facts.library)},
                {"FileVersion", v::string("?")},
                {"Description", v::string("?")},
                {"Product", v::string("?")},
                {"Company", v::string(facts.company)},
                {"OriginalFileName", v::string("?")},
                {"Hashes", v::string(hash_of(facts.library))},
                {"Signed", v::string(is_signed ? "true" : "false")},
                {"Signature", v::string(facts.signature)},
                {"SignatureStatus", v::string(is_signed ? "Valid" : "Unavailable")}});
}

void sysmon_file(Host& host, const std::string& image, const std::string& path) {
    const std::string time = utc_text(host.agenda().now());
    host.write(evtx::sysmon(11, 2), watcher(),
               {{"RuleName", v::string("")},
                {"UtcTime", v::string(time)},
                {"ProcessGuid", v::guid(host.new_guid())},
                {"ProcessId", v::uint32(host.new_process_id())},
                {"Image", v::string(image)},
                {"TargetFilename", v::string(path)},
                {"CreationUtcTime", v::string(time)}});
}

void sysmon_file_time(Host& host, const std::string& image, const std::string& path) {
    const Ticks now = host.agenda().now();
    host.write(evtx::sysmon(2, 4), watcher(),
               {{"RuleName", v::string("")},
                {"UtcTime", v::string(utc_text(now))},
                {"ProcessGuid", v::guid(host.new_guid())},
                {"ProcessId", v::uint32(host.new_process_id())},
                {"Image", v::string(image)},
                {"TargetFilename", v::string(path)},
                {"CreationUtcTime", v::string(utc_text(now - 400 * one_day))},
                {"PreviousCreationUtcTime", v::string(utc_text(now))}});
}

void sysmon_lsass_opened(Host& host, const std::string& program, std::uint32_t rights) {
    host.write(evtx::sysmon(10, 3), watcher(),
               {{"RuleName", v::string("")},
                {"UtcTime", v::string(utc_text(host.agenda().now()))},
                {"SourceProcessGUID", v::guid(host.new_guid())},
                {"SourceProcessId", v::uint32(host.new_process_id())},
                {"SourceThreadId", v::uint32(host.new_process_id())},
                {"SourceImage", v::string(program)},
                {"TargetProcessGUID", v::guid(host.new_guid())},
                {"TargetProcessId", v::uint32(lsass_process)},
                {"TargetImage", v::string(R"(C:\Windows\system32\lsass.exe)")},
                {"GrantedAccess", v::hex32(rights)},
                {"CallTrace", v::string(R"(C:\Windows\SYSTEM32\ntdll.dll+9c534|)"
                                        R"(C:\Windows\System32\KERNELBASE.dll+305fe)")}});
}

void sysmon_registry(Host& host, const RegistryFacts& facts) {
    host.write(evtx::sysmon(13, 2), watcher(),
               {{"RuleName", v::string("")},
                {"EventType", v::string("SetValue")},
                {"UtcTime", v::string(utc_text(host.agenda().now()))},
                {"ProcessGuid", v::guid(host.new_guid())},
                {"ProcessId", v::uint32(host.new_process_id())},
                {"Image", v::string(facts.program)},
                {"TargetObject",
                 v::string(facts.key + '\\' + (facts.name.empty() ? "(Default)" : facts.name))},
                {"Details", v::string(facts.value)}});
}

}  // namespace konseki::scenario
