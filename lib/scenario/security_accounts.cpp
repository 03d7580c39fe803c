#include <map>
#include <string_view>

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
std::string hex(std::uint32_t number) {
    std::string text(1, "0123456789abcdef"[number & 15]);
    while ((number >>= 4) != 0) text.insert(text.begin(), "0123456789abcdef"[number & 15]);
    return "0x" + text;
}
/// The properties of a new account: most have no value (%%1793), dates are never (%%1794).
evtx::NamedValues new_properties(const std::string& name, std::uint32_t old_uac,
                                 std::uint32_t new_uac, const std::string& control) {
    evtx::NamedValues data = account_properties(old_uac, new_uac, control);
    const std::map<std::string_view, std::string> known{
        {"SamAccountName", name},       {"DisplayName", "%%1793"},     {"HomeDirectory", "%%1793"},
        {"HomePath", "%%1793"},         {"ScriptPath", "%%1793"},      {"ProfilePath", "%%1793"},
        {"UserWorkstations", "%%1793"}, {"PasswordLastSet", "%%1794"}, {"AccountExpires", "%%1794"},
        {"PrimaryGroupId", "513"},      {"UserParameters", "%%1793"},  {"LogonHours", "%%1797"}};
    for (auto& [field, value] : data)
        if (const auto found = known.find(field); found != known.end())
            value = v::string(found->second);
    return data;
}
}  // namespace

evtx::NamedValues account_properties(std::uint32_t old_uac, std::uint32_t new_uac,
                                     const std::string& control) {
    const bool flags = !control.empty();
    evtx::NamedValues data;
    for (const char* name :
         {"PrivilegeList", "SamAccountName", "DisplayName", "UserPrincipalName", "HomeDirectory",
          "HomePath", "ScriptPath", "ProfilePath", "UserWorkstations", "PasswordLastSet",
          "AccountExpires", "PrimaryGroupId", "AllowedToDelegateTo"})
        data.emplace_back(name, v::string("-"));
    data.emplace_back("OldUacValue", v::string(flags ? hex(old_uac) : "-"));
    data.emplace_back("NewUacValue", v::string(flags ? hex(new_uac) : "-"));
    data.emplace_back("UserAccountControl", v::string(flags ? "\r\n\t\t" + control : "-"));
    for (const char* name : {"UserParameters", "SidHistory", "LogonHours"})
        data.emplace_back(name, v::string("-"));
    return data;
}

void account_created(Host& host, const Account& subject, std::uint64_t logon_id,
                     const Account& made) {
    const evtx::NamedValues who = target_and_subject(made, subject, logon_id);
    // Disabled, no password needed, a normal account: as SAM makes it before it is set up.
    host.write(
        audit(4720, 13'824, 0), lsass(),
        followed_by(who, new_properties(made.name, 0, 0x15, "%%2080\r\n\t\t%%2082\r\n\t\t%%2084")));
    about_account(host, 4722, subject, logon_id, made);
    const evtx::NamedValues properties =
        new_properties(made.name, 0x15, 0x210, "%%2048\r\n\t\t%%2050\r\n\t\t%%2089");
    host.write(audit(4738, 13'824, 0), lsass(),
               followed_by(followed_by({{"Dummy", v::string("-")}}, who), properties));
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
