#include "security_kinds.h"
#include "security_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
/// Whom it was done to, then who did it.
evtx::NamedValues target_and_subject(const Account& target, const Account& subject,
                                     std::uint64_t logon_id) {
    return followed_by(target_fields(target.name, target.domain, target.sid),
                       account_fields("Subject", subject, logon_id));
}
/// The group of administrators of a host.
evtx::NamedValues administrators() {
    return target_fields("Administrators", "Builtin", "S-1-5-32-544");
}
/// 4722 enabled, 4724 password set, 4726 deleted: target, then subject.
void about_account(Host& host, std::uint16_t id, const Account& subject, std::uint64_t logon_id,
                   const Account& target) {
    evtx::NamedValues data = target_and_subject(target, subject, logon_id);
    if (id == 4726) data.emplace_back("PrivilegeList", v::string("-"));
    host.write(audit(id, 13'824, 0), lsass(), data);
}
/// The properties of an account in 4720 and 4738.
void add_properties(evtx::NamedValues& data, const std::string& name, std::uint32_t old_uac,
                    std::uint32_t new_uac, const std::string& control) {
    data.emplace_back("PrivilegeList", v::string("-"));
    data.emplace_back("SamAccountName", v::string(name));
    data.emplace_back("DisplayName", v::string("%%1793"));
    data.emplace_back("UserPrincipalName", v::string("-"));
    for (const char* field :
         {"HomeDirectory", "HomePath", "ScriptPath", "ProfilePath", "UserWorkstations"})
        data.emplace_back(field, v::string("%%1793"));
    for (const char* field : {"PasswordLastSet", "AccountExpires"})
        data.emplace_back(field, v::string("%%1794"));
    data.emplace_back("PrimaryGroupId", v::string("513"));
    data.emplace_back("AllowedToDelegateTo", v::string("-"));
    data.emplace_back("OldUacValue", v::string(old_uac == 0 ? "0x0" : "0x15"));
    data.emplace_back("NewUacValue", v::string(new_uac == 0x15 ? "0x15" : "0x210"));
    data.emplace_back("UserAccountControl", v::string(control));
    data.emplace_back("UserParameters", v::string("%%1793"));
    data.emplace_back("SidHistory", v::string("-"));
    data.emplace_back("LogonHours", v::string("%%1797"));
}
}  // namespace

void account_created(Host& host, const Account& subject, std::uint64_t logon_id,
                     const Account& made) {
    evtx::NamedValues data = target_and_subject(made, subject, logon_id);
    // Disabled, no password needed, a normal account: as SAM makes it before it is set up.
    add_properties(data, made.name, 0, 0x15, "\r\n\t\t%%2080\r\n\t\t%%2082\r\n\t\t%%2084");
    host.write(audit(4720, 13'824, 0), lsass(), data);
    about_account(host, 4722, subject, logon_id, made);
    evtx::NamedValues changed =
        followed_by({{"Dummy", v::string("-")}}, target_and_subject(made, subject, logon_id));
    add_properties(changed, made.name, 0x15, 0x210, "\r\n\t\t%%2048\r\n\t\t%%2050\r\n\t\t%%2089");
    host.write(audit(4738, 13'824, 0), lsass(), changed);
    about_account(host, 4724, subject, logon_id, made);
}

void account_deleted(Host& host, const Account& subject, std::uint64_t logon_id,
                     const Account& gone) {
    about_account(host, 4726, subject, logon_id, gone);
}

void added_to_administrators(Host& host, const Account& subject, std::uint64_t logon_id,
                             const std::string& member_sid) {
    const evtx::NamedValues group = followed_by(
        {{"MemberName", v::string("-")}, {"MemberSid", v::sid(member_sid)}}, administrators());
    host.write(
        audit(4732, 13'826, 0), lsass(),
        followed_by(group, by_subject(subject, logon_id, {{"PrivilegeList", v::string("-")}})));
}

void group_listed_remotely(Host& host, const Account& subject, const std::string& group,
                           std::uint32_t rid) {
    // Who asks over the network has no process here.
    const evtx::NamedValues caller{{"CallerProcessId", v::hex64(0)},
                                   {"CallerProcessName", v::string("-")}};
    host.write(audit(4799, 13'826, 0), lsass(),
               followed_by(target_fields(group, "Builtin", "S-1-5-32-" + std::to_string(rid)),
                           by_subject(subject, host.new_logon_id(), caller)));
}

void group_listed(Host& host, const Account& subject, std::uint64_t logon_id,
                  const std::string& program) {
    const evtx::NamedValues caller{{"CallerProcessId", v::hex64(host.new_process_id())},
                                   {"CallerProcessName", v::string(program)}};
    host.write(audit(4799, 13'826, 0), lsass(),
               followed_by(administrators(), by_subject(subject, logon_id, caller)));
}

}  // namespace konseki::scenario
