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

void share_opened(Host& host, const Account& subject, const ShareAccess& access) {
    host.write(audit(5145, 12'811, 0), {4, 868, ""},
               by_subject(subject, host.new_logon_id(),
                          {{"ObjectType", v::string("File")},
                           {"IpAddress", v::string(access.address)},
                           {"IpPort", v::string("51840")},
                           {"ShareName", v::string(R"(\\*\)" + access.share)},
                           {"ShareLocalPath", v::string(access.folder)},
                           {"RelativeTargetName", v::string(access.file)},
                           {"AccessMask", v::hex32(access.mask)},
                           {"AccessList", v::string(access.rights + "\r\n\t\t\t\t")},
                           {"AccessReason", v::string("-")}}));
}

void program_put_on_share(Host& host, const Account& subject, const std::string& file) {
    share_opened(host, subject,
                 {.share = "ADMIN$",
                  .folder = R"(\??\C:\Windows)",
                  .file = file,
                  .address = "10.7.1.15",
                  .mask = 2,
                  .rights = "%%4417"});
}

void share_made(Host& host, const Account& subject, std::uint64_t logon_id, const std::string& name,
                const std::string& path) {
    host.write(audit(5142, 12'808, 0), {4, 188, ""},
               by_subject(subject, logon_id,
                          {{"ShareName", v::string(R"(\\*\)" + name)},
                           {"ShareLocalPath", v::string(path)}}));
}

void service_audited(Host& host, const Account& subject, std::uint64_t logon_id,
                     const std::string& name, const std::string& program) {
    constexpr std::uint32_t own_process = 0x10, demand = 3;
    host.write(audit(4697, 12'289, 0), lsass(),
               by_subject(subject, logon_id,
                          {{"ServiceName", v::string(name)},
                           {"ServiceFileName", v::string(program)},
                           {"ServiceType", v::hex32(own_process)},
                           {"ServiceStartType", v::uint32(demand)},
                           {"ServiceAccount", v::string("LocalSystem")}}));
}

void task_audited(Host& host, const Account& subject, std::uint64_t logon_id,
                  const TaskFacts& task) {
    const std::string arguments =
        task.arguments.empty() ? "" : "\r\n      <Arguments>" + task.arguments + "</Arguments>";
    const std::string content =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Task version=\"1.2\" "
        "xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\r\n  <Triggers>\r\n    "
        "<CalendarTrigger>\r\n      <StartBoundary>2019-09-10T12:00:00</StartBoundary>\r\n      "
        "<ScheduleByDay>\r\n        <DaysInterval>1</DaysInterval>\r\n      </ScheduleByDay>\r\n  "
        "  </CalendarTrigger>\r\n  </Triggers>\r\n  <Principals>\r\n    <Principal "
        "id=\"Author\">\r\n      <UserId>" +
        task.user +
        "</UserId>\r\n    </Principal>\r\n  </Principals>\r\n  <Actions "
        "Context=\"Author\">\r\n    <Exec>\r\n      <Command>" +
        task.command + "</Command>" + arguments + "\r\n    </Exec>\r\n  </Actions>\r\n</Task>";
    host.write(
        audit(4698, 12'804, 0), lsass(),
        by_subject(subject, logon_id,
                   {{"TaskName", v::string(task.name)}, {"TaskContent", v::string(content)}}));
}

void security_package_loaded(Host& host, const std::string& package) {
    host.write(audit(4622, 12'289, 0), lsass(), {{"SecurityPackageName", v::string(package)}});
}

void registry_written(Host& host, const Account& subject, const RegistryFacts& facts) {
    if (host.machine().sysmon) {
        sysmon_registry(host, facts);
        return;
    }
    // The kernel names the hives otherwise than people do.
    const bool machine = facts.key.starts_with("HKLM");
    const std::string key = (machine ? R"(\REGISTRY\MACHINE)" : R"(\REGISTRY\USER)") +
                            facts.key.substr(machine ? 4 : 3);
    host.write(audit(4657, 12'801, 0), {4, 4316, ""},
               by_subject(subject, host.new_logon_id(),
                          {{"ObjectName", v::string(key)},
                           {"ObjectValueName", v::string(facts.name)},
                           {"HandleId", v::hex64(0x1b4)},
                           {"OperationType", v::string("%%1904")},
                           {"OldValueType", v::string("-")},
                           {"OldValue", v::string("-")},
                           {"NewValueType", v::string("%%1873")},
                           {"NewValue", v::string(facts.value)},
                           {"ProcessId", v::hex64(host.new_process_id())},
                           {"ProcessName", v::string(facts.program)}}));
}

}  // namespace konseki::scenario
