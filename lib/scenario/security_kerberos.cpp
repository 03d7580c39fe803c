#include <algorithm>
#include <cctype>

#include "security_kinds.h"
#include "security_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
std::string realm_of(const Host& host) {
    std::string realm = host.domain().dns_name;
    std::transform(realm.begin(), realm.end(), realm.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return realm;
}
// Domain controllers write IPv4 addresses in their IPv6 form, and ::1 for themselves.
std::string mapped(const Host& controller, const std::string& address) {
    return address == controller.machine().address ? "::1" : "::ffff:" + address;
}
std::string port(Host& host) { return std::to_string(49'152 + host.new_logon_id() % 16'000); }

/// What 4768 says of the ticket itself.
struct Proof {
    std::uint32_t encryption;
    const char* before;  // PreAuthType: 2 is a time under the password's key
};
void first_ticket(Host& controller, const Account& account, const std::string& address,
                  const Proof& proof) {
    const std::string krbtgt = controller.domain().sid + "-502";
    controller.write(audit(4768, 14'339, 0), lsass(),
                     {{"TargetUserName", v::string(account.name)},
                      {"TargetDomainName", v::string(realm_of(controller))},
                      {"TargetSid", v::sid(account.sid)},
                      {"ServiceName", v::string("krbtgt")},
                      {"ServiceSid", v::sid(krbtgt)},
                      {"TicketOptions", v::hex32(0x40810010)},
                      {"Status", v::hex32(0)},
                      {"TicketEncryptionType", v::hex32(proof.encryption)},
                      {"PreAuthType", v::string(proof.before)},
                      {"IpAddress", v::string(mapped(controller, address))},
                      {"IpPort", v::string(port(controller))},
                      {"CertIssuerName", v::string("")},
                      {"CertSerialNumber", v::string("")},
                      {"CertThumbprint", v::string("")}});
}
}  // namespace

void ticket_granting(Host& controller, const Account& account, const std::string& address) {
    first_ticket(controller, account, address, {0x12, "2"});
}

void ticket_without_proof(Host& controller, const Account& account, const std::string& address) {
    first_ticket(controller, account, address, {0x17, "0"});
}

void ticket_renewed(Host& controller, const Account& account, const std::string& address) {
    const std::string realm = realm_of(controller);
    controller.write(audit(4770, 14'337, 0), lsass(),
                     {{"TargetUserName", v::string(account.name + '@' + realm)},
                      {"TargetDomainName", v::string(realm)},
                      {"ServiceName", v::string("krbtgt")},
                      {"ServiceSid", v::sid(controller.domain().sid + "-502")},
                      {"TicketOptions", v::hex32(0x10002)},
                      {"TicketEncryptionType", v::hex32(0x12)},
                      {"IpAddress", v::string(mapped(controller, address))},
                      {"IpPort", v::string(port(controller))}});
}

void service_ticket(Host& controller, const Account& account, const Account& service,
                    const std::string& address, std::uint32_t encryption) {
    const std::string realm = realm_of(controller);
    controller.write(audit(4769, 14'337, 0), lsass(),
                     {{"TargetUserName", v::string(account.name + '@' + realm)},
                      {"TargetDomainName", v::string(realm)},
                      {"ServiceName", v::string(service.name)},
                      {"ServiceSid", v::sid(service.sid)},
                      {"TicketOptions", v::hex32(0x40810000)},
                      {"TicketEncryptionType", v::hex32(encryption)},
                      {"IpAddress", v::string(mapped(controller, address))},
                      {"IpPort", v::string(port(controller))},
                      {"Status", v::hex32(0)},
                      {"LogonGuid", v::guid(controller.new_guid())},
                      {"TransmittedServices", v::string("-")}});
}

void ntlm_check(Host& host, const std::string& account, const std::string& workstation,
                std::uint32_t status) {
    host.write(audit(4776, 14'336, 0, status == 0), lsass(),
               {{"PackageName", v::string("MICROSOFT_AUTHENTICATION_PACKAGE_V1_0")},
                {"TargetUserName", v::string(account)},
                {"Workstation", v::string(workstation)},
                {"Status", v::hex32(status)}});
}

void replication_right(Host& controller, const Account& subject, std::uint64_t logon_id,
                       const std::string& right) {
    const evtx::NamedValues what{
        {"ObjectServer", v::string("DS")},
        {"ObjectType", v::string("%{19195a5b-6da0-11d0-afd3-00c04fd930c9}")},
        {"ObjectName", v::string("%{5d0c3a1e-8b42-4f77-9a60-2e1b7c94d3f8}")},
        {"OperationType", v::string("Object Access")},
        {"HandleId", v::hex64(0)},
        {"AccessList", v::string("%%7688\r\n\t\t\t\t")},
        {"AccessMask", v::hex32(0x100)},
        {"Properties",
         v::string("%%7688\r\n\t\t" + right + "\r\n\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}\r\n")},
        {"AdditionalInfo", v::string("-")},
        {"AdditionalInfo2", v::string("")}};
    controller.write(audit(4662, 14'080, 0), lsass(), by_subject(subject, logon_id, what));
}

}  // namespace konseki::scenario
