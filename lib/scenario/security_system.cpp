#include "operational_logs.h"
#include "security_kinds.h"
#include "security_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
constexpr const char* log_space = "http://manifests.microsoft.com/win/2004/08/windows/eventlog";

void process_audited(Host& host, const ProcessFacts& facts, std::uint32_t process_id) {
    evtx::NamedValues data;
    add_account(data, "Subject", facts.account, facts.logon_id);
    const evtx::NamedValues rest{
        {"NewProcessId", v::hex64(process_id)},
        {"NewProcessName", v::string(facts.image)},
        {"TokenElevationType", v::string(facts.elevated ? "%%1937" : "%%1938")},
        {"ProcessId", v::hex64(process_id / 2 / 4 * 4)},
        {"CommandLine", v::string(facts.command_line)},
        {"TargetUserSid", v::sid("S-1-0-0")},
        {"TargetUserName", v::string("-")},
        {"TargetDomainName", v::string("-")},
        {"TargetLogonId", v::hex64(0)},
        {"ParentProcessName", v::string(facts.parent)},
        {"MandatoryLabel", v::sid(facts.elevated ? "S-1-16-12288" : "S-1-16-8192")}};
    data.insert(data.end(), rest.begin(), rest.end());
    host.write(audit(4688, 13'312, 2), {4, 212, ""}, data);
}
}  // namespace

void process(Host& host, const ProcessFacts& facts) {
    const std::uint32_t process_id = host.new_process_id();
    if (host.machine().command_lines) process_audited(host, facts, process_id);
    if (host.machine().sysmon) sysmon_process(host, facts, process_id);
}

void shadow_copy_made(Host& host, const Account& subject, const std::string& program,
                      unsigned number) {
    const evtx::Kind kind{.provider = "VSSAudit",
                          .channel = "Security",
                          .event_id = 8222,
                          .task = 3,
                          .level = 0,
                          .keywords = 0xa0000000000000,
                          .has_qualifiers = true,
                          .classic = true};
    const std::string volume = R"(\\?\Volume{8f1c2b7e-0000-0000-0000-501f00000000}\)";
    host.write(
        kind, {0, 0, "S-1-5-18"},
        {{"", v::strings({subject.sid, subject.full_name(), std::to_string(host.new_process_id()),
                          program, host.new_guid(), host.new_guid(),
                          "{b5946137-7b9f-4925-af80-51abd60b20d5}", host.computer(), volume,
                          R"(\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy)" +
                              std::to_string(number)})}});
}

void clear_security(Host& host, const Account& subject, std::uint64_t logon_id) {
    host.clear("Security");
    const evtx::Kind kind{.provider = "Microsoft-Windows-Eventlog",
                          .provider_guid = "{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}",
                          .channel = "Security",
                          .event_id = 1102,
                          .task = 104,
                          .keywords = 0x4020000000000000};
    evtx::NamedValues data;
    add_account(data, "Subject", subject, logon_id);
    host.write_user_data(kind, {1044, 2984, ""}, "LogFileCleared", log_space, data);
}

void clock_set(Host& host, const Account& subject, std::uint64_t logon_id, Ticks before,
               const std::string& program) {
    evtx::NamedValues data;
    add_account(data, "Subject", subject, logon_id);
    data.emplace_back("PreviousTime", v::filetime(before));
    data.emplace_back("NewTime", v::filetime(host.agenda().now()));
    data.emplace_back("ProcessId", v::hex64(host.new_process_id()));
    data.emplace_back("ProcessName", v::string(program));
    host.write(audit(4616, 12'288, 1), {4, 5020, ""}, data);
}

void audit_policy_changed(Host& host, const std::string& subcategory_guid,
                          const std::string& changes) {
    evtx::NamedValues data;
    add_account(data, "Subject", host.own_account(), 0x3e7);
    data.emplace_back("CategoryId", v::string("%%8274"));
    data.emplace_back("SubcategoryId", v::string("%%12544"));
    data.emplace_back("SubcategoryGuid", v::guid(subcategory_guid));
    data.emplace_back("AuditPolicyChanges", v::string(changes));
    host.write(audit(4719, 13'568, 0), lsass(), data);
}

void program_put_on_share(Host& host, const Account& subject, const std::string& file) {
    evtx::NamedValues data;
    add_account(data, "Subject", subject, host.new_logon_id());
    const evtx::NamedValues rest{{"ObjectType", v::string("File")},
                                 {"IpAddress", v::string("10.7.1.15")},
                                 {"IpPort", v::string("51840")},
                                 {"ShareName", v::string(R"(\\*\ADMIN$)")},
                                 {"ShareLocalPath", v::string(R"(\??\C:\Windows)")},
                                 {"RelativeTargetName", v::string(file)},
                                 {"AccessMask", v::hex32(0x2)},
                                 {"AccessList", v::string("%%4417\r\n\t\t\t\t")},
                                 {"AccessReason", v::string("-")}};
    data.insert(data.end(), rest.begin(), rest.end());
    host.write(audit(5145, 12'811, 0), {4, 868, ""}, data);
}

void share_made(Host& host, const Account& subject, std::uint64_t logon_id, const std::string& name,
                const std::string& path) {
    evtx::NamedValues data;
    add_account(data, "Subject", subject, logon_id);
    data.emplace_back("ShareName", v::string(R"(\\*\)" + name));
    data.emplace_back("ShareLocalPath", v::string(path));
    host.write(audit(5142, 12'808, 0), {4, 188, ""}, data);
}

}  // namespace konseki::scenario
