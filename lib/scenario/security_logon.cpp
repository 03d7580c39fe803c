#include <iterator>
#include <utility>

#include "security_kinds.h"
#include "security_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

evtx::Kind audit(std::uint16_t id, std::uint16_t task, std::uint8_t version, bool success) {
    return evtx::security_auditing(id, task, version, success);
}

const Sender& lsass() {
    static const Sender sender{716, 2236, ""};
    return sender;
}

evtx::NamedValues account_fields(const std::string& role, const Account& account,
                                 std::uint64_t logon_id) {
    return {{role + "UserSid", v::sid(account.sid)},
            {role + "UserName", v::string(account.name)},
            {role + "DomainName", v::string(account.domain)},
            {role + "LogonId", v::hex64(logon_id)}};
}

evtx::NamedValues followed_by(evtx::NamedValues first, evtx::NamedValues more) {
    first.insert(first.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
    return first;
}

evtx::NamedValues by_subject(const Account& subject, std::uint64_t logon_id,
                             evtx::NamedValues more) {
    return followed_by(account_fields("Subject", subject, logon_id), std::move(more));
}

evtx::NamedValues target_fields(const std::string& name, const std::string& domain,
                                const std::string& sid) {
    return {{"TargetUserName", v::string(name)},
            {"TargetDomainName", v::string(domain)},
            {"TargetSid", v::sid(sid)}};
}

namespace {
constexpr const char* no_guid = "{00000000-0000-0000-0000-000000000000}";
// As Windows separates a list within a field.
constexpr const char* next_privilege = "\r\n\t\t\t";

/// What type and package decide of a 4624.
struct Way {
    const char *process, *package, *lm_package;
    std::uint32_t key_length;
    bool by_system;       // the host itself is the subject
    const char* program;  // that asked for the logon
};
Way way_of(const LogonFacts& facts) {
    if (facts.type == 3 && facts.ntlm)
        return {"NtLmSsp ", "NTLM", "NTLM V2", facts.session_key ? 128u : 0u, false, "-"};
    if (facts.type == 3) return {"Kerberos", "Kerberos", "-", 0, false, "-"};
    if (facts.type == 4 || facts.type == 5)
        return {"Advapi  ", "Negotiate", "-", 0, true, R"(C:\Windows\System32\services.exe)"};
    if (facts.type == 7)
        return {"Negotiat", "Negotiate", "-", 0, true, R"(C:\Windows\System32\lsass.exe)"};
    if (facts.type == 9)
        return {"seclogo", "Negotiate", "-", 0, true, R"(C:\Windows\System32\svchost.exe)"};
    return {"User32 ", "Negotiate", "-", 0, true, R"(C:\Windows\System32\svchost.exe)"};
}
Account nobody() { return {"-", "-", "S-1-0-0"}; }

void special_privileges(Host& host, const Account& account, std::uint64_t logon_id) {
    std::string privileges = "SeSecurityPrivilege";
    for (const char* name : {"SeTakeOwnershipPrivilege", "SeLoadDriverPrivilege",
                             "SeBackupPrivilege", "SeRestorePrivilege", "SeDebugPrivilege",
                             "SeSystemEnvironmentPrivilege", "SeImpersonatePrivilege"})
        privileges += std::string(next_privilege) + name;
    host.write(audit(4672, 12'548, 0), lsass(),
               by_subject(account, logon_id, {{"PrivilegeList", v::string(privileges)}}));
}

/// Who asked for a logon of this way.
evtx::NamedValues asked_by(Host& host, const Way& way) {
    return way.by_system ? account_fields("Subject", host.own_account(), 0x3e7)
                         : account_fields("Subject", nobody(), 0);
}

std::string port_of(const LogonFacts& facts, std::uint64_t logon_id) {
    return facts.address == "-" ? "-" : std::to_string(49'152 + logon_id % 16'000);
}

/// How an account came in, for 4624; `outbound` is who it is towards other hosts, where that differs.
evtx::NamedValues how_fields(Host& host, const LogonFacts& facts, std::uint64_t id,
                             const Account& outbound) {
    const Way way = way_of(facts);
    const bool screen = facts.type == 2 || facts.type == 10 || facts.type == 11;
    const std::string workstation = screen ? host.machine().name : facts.workstation;
    const bool kerberos = facts.type == 3 && !facts.ntlm;
    return {{"LogonType", v::uint32(facts.type)},
            {"LogonProcessName", v::string(way.process)},
            {"AuthenticationPackageName", v::string(way.package)},
            {"WorkstationName", v::string(workstation)},
            {"LogonGuid", v::guid(kerberos ? host.new_guid() : no_guid)},
            {"TransmittedServices", v::string("-")},
            {"LmPackageName", v::string(way.lm_package)},
            {"KeyLength", v::uint32(way.key_length)},
            {"ProcessId", v::hex64(way.by_system ? 0x2a4 : 0)},
            {"ProcessName", v::string(way.program)},
            {"IpAddress", v::string(screen && facts.address == "-" ? "127.0.0.1" : facts.address)},
            {"IpPort", v::string(screen || facts.type == 9 ? "0" : port_of(facts, id))},
            {"ImpersonationLevel", v::string("%%1833")},
            {"RestrictedAdminMode", v::string(facts.type == 10 ? "%%1843" : "-")},
            {"TargetOutboundUserName", v::string(outbound.name)},
            {"TargetOutboundDomainName", v::string(outbound.domain)},
            {"VirtualAccount", v::string("%%1843")},
            {"TargetLinkedLogonId", v::hex64(0)},
            {"ElevatedToken", v::string(facts.elevated ? "%%1842" : "%%1843")}};
}
}  // namespace

std::uint64_t logon(Host& host, const LogonFacts& facts) {
    const std::uint64_t id = facts.logon_id != 0 ? facts.logon_id : host.new_logon_id();
    host.write(audit(4624, 12'544, 2), lsass(),
               followed_by(followed_by(asked_by(host, way_of(facts)),
                                       account_fields("Target", facts.account, id)),
                           how_fields(host, facts, id, nobody())));
    if (facts.elevated) special_privileges(host, facts.account, id);
    return id;
}

void other_network_credentials(Host& host, const Account& account, const Account& outbound) {
    const LogonFacts facts{.account = account, .type = 9, .address = "::1"};
    const std::uint64_t asking = host.new_logon_id(), id = host.new_logon_id();
    host.write(audit(4624, 12'544, 2), lsass(),
               by_subject(account, asking,
                          followed_by(account_fields("Target", account, id),
                                      how_fields(host, facts, id, outbound))));
}

void logoff(Host& host, const Account& account, std::uint32_t type, std::uint64_t logon_id) {
    host.write(
        audit(4634, 12'545, 0), lsass(),
        followed_by(account_fields("Target", account, logon_id), {{"LogonType", v::uint32(type)}}));
}

void user_logoff(Host& host, const Account& account, std::uint64_t logon_id) {
    host.write(audit(4647, 12'545, 0), lsass(), account_fields("Target", account, logon_id));
}

void visit(Host& host, const LogonFacts& facts) {
    const std::uint64_t id = logon(host, facts);
    host.agenda().after((10 + id % 20) * one_second,
                        [&host, account = facts.account, type = facts.type, id] {
                            logoff(host, account, type, id);
                        });
}

void logon_failed(Host& host, const LogonFacts& facts, std::uint32_t sub_status) {
    const Way way = way_of(facts);
    evtx::NamedValues rest{
        {"TargetUserSid", v::sid("S-1-0-0")},
        {"TargetUserName", v::string(facts.account.name)},
        {"TargetDomainName", v::string(facts.account.domain)},
        {"Status", v::hex32(0xc000006d)},
        {"FailureReason", v::string("%%2313")},
        {"SubStatus", v::hex32(sub_status)},
        {"LogonType", v::uint32(facts.type)},
        {"LogonProcessName", v::string(way.process)},
        {"AuthenticationPackageName", v::string(way.package)},
        {"WorkstationName", v::string(facts.type == 3 ? facts.workstation : host.machine().name)},
        {"TransmittedServices", v::string("-")},
        {"LmPackageName", v::string("-")},
        {"KeyLength", v::uint32(0)},
        {"ProcessId", v::hex64(way.by_system ? 0x2a4 : 0)},
        {"ProcessName", v::string(way.program)},
        {"IpAddress", v::string(facts.address)},
        {"IpPort", v::string(port_of(facts, host.new_logon_id()))}};
    host.write(audit(4625, 12'544, 0, false), lsass(),
               followed_by(asked_by(host, way), std::move(rest)));
}

void explicit_credentials(Host& host, const Account& subject, std::uint64_t logon_id,
                          const Account& other, const std::string& server,
                          const std::string& program) {
    host.write(audit(4648, 12'544, 0), lsass(),
               by_subject(subject, logon_id,
                          {{"LogonGuid", v::guid(no_guid)},
                           {"TargetUserName", v::string(other.name)},
                           {"TargetDomainName", v::string(other.domain)},
                           {"TargetLogonGuid", v::guid(no_guid)},
                           {"TargetServerName", v::string(server)},
                           {"TargetInfo", v::string(server)},
                           {"ProcessId", v::hex64(host.new_process_id())},
                           {"ProcessName", v::string(program)},
                           {"IpAddress", v::string("-")},
                           {"IpPort", v::string("-")}}));
}

}  // namespace konseki::scenario
