#pragma once

#include <cstdint>
#include <string>

#include "host.h"

// Events of the log Security with the fields, types and order of Windows 10 1903 and Server 2016.

namespace konseki::scenario {

/// How an account came in.
struct LogonFacts {
    Account account;
    std::uint32_t type = 3;
    std::string address = "-";      ///< as 4624 writes it
    std::string workstation = "-";  ///< NTLM only
    bool ntlm = false;              ///< type 3; else Kerberos
    bool session_key = true;        ///< NTLM only: what is not Windows often makes none
    bool elevated = false;          ///< 4672 follows
    std::uint64_t logon_id = 0;     ///< 0 = a new one
};
/// 4624 and, for an elevated one, 4672. Returns the logon id.
std::uint64_t logon(Host& host, const LogonFacts& facts);
/// 4624 of type 9: `account` started a program (`runas /netonly`) that is `outbound` towards other hosts.
void other_network_credentials(Host& host, const Account& account, const Account& outbound);
/// 4634.
void logoff(Host& host, const Account& account, std::uint32_t type, std::uint64_t logon_id);
/// 4647, the user chose to.
void user_logoff(Host& host, const Account& account, std::uint64_t logon_id);
/// A network logon that ends again after a few seconds: 4624, later 4634.
void visit(Host& host, const LogonFacts& facts);

/// 4625. `sub_status` is 0xc000006a (wrong password), 0xc0000064 (no such user), …
void logon_failed(Host& host, const LogonFacts& facts, std::uint32_t sub_status);
/// 4648: `subject` used the password of `other` towards `server`.
void explicit_credentials(Host& host, const Account& subject, std::uint64_t logon_id,
                          const Account& other, const std::string& server,
                          const std::string& program);

/// 4768 at a domain controller: the ticket of a logon.
void ticket_granting(Host& controller, const Account& account, const std::string& address);
/// 4770 at a domain controller: the ticket of a logon is renewed, which Windows does before it ends after ten hours.
void ticket_renewed(Host& controller, const Account& account, const std::string& address);
/// 4768 for an account that needs no proof of its password first, with RC4.
void ticket_without_proof(Host& controller, const Account& account, const std::string& address);
/// 4769 at a domain controller. `service` is a host's account or a service account.
void service_ticket(Host& controller, const Account& account, const Account& service,
                    const std::string& address, std::uint32_t encryption = 0x12);
/// 4776 at whatever host knows the account.
void ntlm_check(Host& host, const std::string& account, const std::string& workstation,
                std::uint32_t status);

/// A process, for 4688 and Sysmon 1.
struct ProcessFacts {
    Account account;
    std::uint64_t logon_id = 0;
    std::string image, command_line;
    std::string parent = R"(C:\Windows\explorer.exe)";
    bool elevated = false;
    std::string original_name{}, company = "Microsoft Corporation",
                                 directory = R"(C:\Windows\system32\)";
};
/// What the host records of a process start: 4688 where the policy is on, Sysmon 1 where it is there.
void process(Host& host, const ProcessFacts& facts);

/// 4720 and what follows it when somebody makes an account: 4722, 4738, 4724.
void account_created(Host& host, const Account& subject, std::uint64_t logon_id,
                     const Account& made);
/// 4726.
void account_deleted(Host& host, const Account& subject, std::uint64_t logon_id,
                     const Account& gone);
/// 4732 to the group of administrators (S-1-5-32-544).
void added_to_administrators(Host& host, const Account& subject, std::uint64_t logon_id,
                             const std::string& member_sid);
/// 4799: the members of a group of the host (its name and number in S-1-5-32) were listed over the network.
void group_listed_remotely(Host& host, const Account& subject, const std::string& group,
                           std::uint32_t rid);
/// 4799: the members of the group of administrators were listed.
void group_listed(Host& host, const Account& subject, std::uint64_t logon_id,
                  const std::string& program);

/// 4662 on the directory's root with the right of replication.
void replication_right(Host& controller, const Account& subject, std::uint64_t logon_id,
                       const std::string& right);
/// 8222 of VSSAudit: a shadow copy was made by this program.
void shadow_copy_made(Host& host, const Account& subject, const std::string& program,
                      unsigned number);
/// 1102: throws the log away and writes who did it.
void clear_security(Host& host, const Account& subject, std::uint64_t logon_id);
/// 4616: the clock was set.
void clock_set(Host& host, const Account& subject, std::uint64_t logon_id, Ticks before,
               const std::string& program);
/// 4719 by the system: a group policy set an audit policy.
void audit_policy_changed(Host& host, const std::string& subcategory_guid,
                          const std::string& changes);
/// What was opened on a share, for 5145.
struct ShareAccess {
    std::string share, folder, file, address;
    std::uint32_t mask = 1;
    std::string rights = "%%4416";  ///< as AccessList names them: read 4416, write 4417
};
/// 5145, where that is audited.
void share_opened(Host& host, const Account& subject, const ShareAccess& access);
/// 5145: a program was written to the share ADMIN$.
void program_put_on_share(Host& host, const Account& subject, const std::string& file);
/// 5142: a share was made.
void share_made(Host& host, const Account& subject, std::uint64_t logon_id, const std::string& name,
                const std::string& path);

/// 4697: a service was installed; written where that is audited, beside 7045.
void service_audited(Host& host, const Account& subject, std::uint64_t logon_id,
                     const std::string& name, const std::string& program);
/// A task as 4698 writes it.
struct TaskFacts {
    std::string name, command, arguments{}, user = "S-1-5-18";
};
/// 4698: a task was registered.
void task_audited(Host& host, const Account& subject, std::uint64_t logon_id,
                  const TaskFacts& task);
/// 4622: lsass loaded a security package (`C:\Windows\system32\x.dll : Name`).
void security_package_loaded(Host& host, const std::string& package);
/// A value of the registry that was written, for 4657 and Sysmon 13. `key` begins with `HKLM` or `HKU`.
struct RegistryFacts {
    std::string key, name, value, program;
};
/// What the host records of it: Sysmon 13 where that is there, else 4657.
void registry_written(Host& host, const Account& subject, const RegistryFacts& facts);

}  // namespace konseki::scenario
