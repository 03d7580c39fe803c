#include "directory_log.h"

#include "security_kinds.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
constexpr std::uint16_t user_accounts = 13'824, computer_accounts = 13'825, groups = 13'826,
                        directory_changes = 14'081, certification = 12'805;

/// `DC=shiomi,DC=example,DC=jp`.
std::string naming_context(const Host& host) {
    std::string out = "DC=";
    for (const char c : host.domain().dns_name) c == '.' ? out += ",DC=" : out += c;
    return out;
}
evtx::NamedValues target_of(const Account& account) {
    return target_fields(account.name, account.domain, account.sid);
}
evtx::NamedValues privileges() { return {{"PrivilegeList", v::string("-")}}; }

/// What 5136 and 5137 say before the attribute.
evtx::NamedValues object_fields(Host& controller, const Account& subject,
                                const ObjectFacts& object) {
    const evtx::NamedValues what{
        {"DSName", v::string(controller.domain().dns_name)},
        {"DSType", v::string("%%14676")},
        {"ObjectDN", v::string(object.name + ',' + naming_context(controller))},
        {"ObjectGUID", v::guid(controller.new_guid())},
        {"ObjectClass", v::string(object.kind)}};
    return followed_by(
        {{"OpCorrelationID", v::guid(controller.new_guid())}, {"AppCorrelationID", v::string("-")}},
        by_subject(subject, controller.new_logon_id(), what));
}
}  // namespace

void added_to_domain_group(Host& controller, const Account& subject, const Account& member,
                           const std::string& group, std::uint32_t rid) {
    const Domain& domain = controller.domain();
    const evtx::NamedValues who{
        {"MemberName", v::string("CN=" + member.name + ",CN=Users," + naming_context(controller))},
        {"MemberSid", v::sid(member.sid)}};
    const evtx::NamedValues what =
        target_fields(group, domain.short_name, domain.sid + '-' + std::to_string(rid));
    controller.write(audit(4728, groups, 0), lsass(),
                     followed_by(followed_by(who, what),
                                 by_subject(subject, controller.new_logon_id(), privileges())));
}

void account_option_set(Host& controller, const Account& subject, const Account& changed,
                        std::uint32_t new_uac, const std::string& control) {
    constexpr std::uint32_t normal_account = 0x210;
    const evtx::NamedValues who = followed_by({{"Dummy", v::string("-")}}, target_of(changed));
    controller.write(
        audit(4738, user_accounts, 0), lsass(),
        followed_by(who, by_subject(subject, controller.new_logon_id(),
                                    account_properties(normal_account, new_uac, control))));
}

void service_names_set(Host& controller, const Account& subject, const Account& computer,
                       const std::string& names) {
    evtx::NamedValues what = account_properties(0, 0, "");
    what.emplace_back("DnsHostName", v::string("-"));
    what.emplace_back("ServicePrincipalNames", v::string(names));
    const evtx::NamedValues who =
        followed_by({{"ComputerAccountChange", v::string("-")}}, target_of(computer));
    controller.write(
        audit(4742, computer_accounts, 0), lsass(),
        followed_by(who, by_subject(subject, controller.new_logon_id(), std::move(what))));
}

void sid_history_added(Host& controller, const Account& subject, const Account& source,
                       const Account& target) {
    const evtx::NamedValues who = followed_by(
        {{"SourceUserName", v::string(source.full_name())}, {"SourceSid", v::sid(source.sid)}},
        target_of(target));
    const evtx::NamedValues rest{{"PrivilegeList", v::string("-")}, {"SidList", v::string("-")}};
    controller.write(audit(4765, user_accounts, 0), lsass(),
                     followed_by(who, by_subject(subject, controller.new_logon_id(), rest)));
}

void recovery_password_set(Host& controller, const Account& subject) {
    controller.write(audit(4794, user_accounts, 0), lsass(),
                     by_subject(subject, controller.new_logon_id(),
                                {{"Workstation", v::string(controller.machine().name)},
                                 {"Status", v::hex32(0)}}));
}

void value_added(Host& controller, const Account& subject, const ObjectFacts& object,
                 const std::string& attribute, const std::string& syntax,
                 const std::string& value) {
    controller.write(audit(5136, directory_changes, 0), lsass(),
                     followed_by(object_fields(controller, subject, object),
                                 {{"AttributeLDAPDisplayName", v::string(attribute)},
                                  {"AttributeSyntaxOID", v::string(syntax)},
                                  {"AttributeValue", v::string(value)},
                                  {"OperationType", v::string("%%14674")}}));
}

void object_made(Host& controller, const Account& subject, const ObjectFacts& object) {
    controller.write(audit(5137, directory_changes, 0), lsass(),
                     object_fields(controller, subject, object));
}

void certificate_issued(Host& authority, const Account& requester, const std::string& attributes,
                        const std::string& subject_name) {
    const evtx::NamedValues asked{{"RequestId", v::string("41")},
                                  {"Requester", v::string(requester.full_name())},
                                  {"Attributes", v::string(attributes)}};
    authority.write(audit(4886, certification, 0), lsass(), asked);
    const evtx::NamedValues issued{
        {"Disposition", v::string("3")},
        {"SubjectKeyIdentifier",
         v::string("5c 1e 90 4b 77 a2 0d 63 18 f4 be 29 81 c7 35 6a e0 92 4d 0f")},
        {"Subject", v::string(subject_name)}};
    authority.write(audit(4887, certification, 0), lsass(), followed_by(asked, issued));
}

}  // namespace konseki::scenario
