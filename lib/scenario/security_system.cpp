#include "operational_logs.h"
#include "security_kinds.h"
#include "security_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
void process_audited(Host& host, const ProcessFacts& facts, std::uint32_t process_id) {
    const evtx::NamedValues what{
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
    host.write(audit(4688, 13'312, 2), {4, 212, ""},
               by_subject(facts.account, facts.logon_id, what));
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
    host.write_user_data(evtx::log_cleared(1102), {1044, 2984, ""}, "LogFileCleared",
                         evtx::event_log_space, account_fields("Subject", subject, logon_id));
}

void clock_set(Host& host, const Account& subject, std::uint64_t logon_id, Ticks before,
               const std::string& program) {
    host.write(audit(4616, 12'288, 1), {4, 5020, ""},
               by_subject(subject, logon_id,
                          {{"PreviousTime", v::filetime(before)},
                           {"NewTime", v::filetime(host.agenda().now())},
                           {"ProcessId", v::hex64(host.new_process_id())},
                           {"ProcessName", v::string(program)}}));
}

void audit_policy_changed(Host& host, const std::string& subcategory_guid,
                          const std::string& changes) {
    host.write(audit(4719, 13'568, 0), lsass(),
               by_subject(host.own_account(), 0x3e7,
                          {{"CategoryId", v::string("%%8274")},
                           {"SubcategoryId", v::string("%%12544")},
                           {"SubcategoryGuid", v::guid(subcategory_guid)},
                           {"AuditPolicyChanges", v::string(changes)}}));
}

void program_put_on_share(Host& host, const Account& subject, const std::string& file) {
    host.write(audit(5145, 12'811, 0), {4, 868, ""},
               by_subject(subject, host.new_logon_id(),
                          {{"ObjectType", v::string("File")},
                           {"IpAddress", v::string("10.7.1.15")},
                           {"IpPort", v::string("51840")},
                           {"ShareName", v::string(R"(\\*\ADMIN$)")},
                           {"ShareLocalPath", v::string(R"(\??\C:\Windows)")},
                           {"RelativeTargetName", v::string(file)},
                           {"AccessMask", v::hex32(0x2)},
                           {"AccessList", v::string("%%4417\r\n\t\t\t\t")},
                           {"AccessReason", v::string("-")}}));
}

void share_made(Host& host, const Account& subject, std::uint64_t logon_id, const std::string& name,
                const std::string& path) {
    host.write(audit(5142, 12'808, 0), {4, 188, ""},
               by_subject(subject, logon_id,
                          {{"ShareName", v::string(R"(\\*\)" + name)},
                           {"ShareLocalPath", v::string(path)}}));
}

}  // namespace konseki::scenario
