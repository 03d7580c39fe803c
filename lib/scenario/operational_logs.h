#pragma once

#include <cstdint>
#include <string>

#include "host.h"
#include "security_log.h"

// Events of PowerShell, remote desktop, SMB, Defender, BITS, tasks, firewall and Sysmon.

namespace konseki::scenario {

/// Windows PowerShell 400 (and 403 at its end): `command` is HostApplication.
void powershell_started(Host& host, const std::string& command, const std::string& host_name,
                        const std::string& engine);
/// 4104: a script block. `warned` where PowerShell itself found it suspicious.
void script_block(Host& host, const Account& account, const std::string& text,
                  const std::string& path, bool warned);

/// LocalSessionManager 21 (logon), 22 (shell), 23 (logoff), 24 (disconnected), 25 (reconnected). `address` is
/// `LOCAL` (`ローカル`) at the screen.
void session(Host& host, std::uint16_t id, const Account& account, std::uint32_t number,
             const std::string& address);
/// RemoteConnectionManager 1149: somebody came with a user name over RDP.
void rdp_arrived(Host& host, const Account& account, const std::string& address);
/// RDPClient 1024 and 1029: this host connects to another one.
void rdp_outward(Host& host, const Account& account, const std::string& server);
/// SmbClient/Connectivity 30803 (no connection), 30804 (ended), 30805 (session lost), 30807 (share lost).
void smb_connection(Host& host, std::uint16_t id, const std::string& server,
                    const std::string& address);

/// What Defender found, for 1116 and 1117.
struct ThreatFacts {
    std::string name, category, path;
    std::uint32_t id = 0, category_id = 0;
    const char* severity = "Severe";
};
/// 1116 and, a minute later, 1117.
void threat_found(Host& host, const Account& account, const ThreatFacts& threat);
/// 2000: signatures were updated.
void signatures_updated(Host& host, unsigned number);
/// 5001, 1013 and others that say only which product speaks.
void defender_says(Host& host, std::uint16_t id);
/// 5007: a setting changed.
void defender_setting(Host& host, const std::string& before, const std::string& after);

/// A download by BITS: 3, 59, 60.
struct DownloadFacts {
    std::string title, url, program, owner, owner_sid = "S-1-5-18";
    std::uint64_t bytes = 48'128;
};
void download(Host& host, const DownloadFacts& facts);

/// TaskScheduler 106 (registered), 140 (changed), 141 (removed).
void task_registered(Host& host, std::uint16_t id, const std::string& task, const Account& account);
/// TaskScheduler 200, 201: the task's action ran.
void task_ran(Host& host, const std::string& task, const std::string& program);

/// WMI-Activity 5861 for the consumer that comes with Windows, as each start of the service writes it.
void windows_consumer(Host& host);

/// A firewall rule that lets a program receive.
struct FirewallFacts {
    std::string name, program, by_program;
    std::uint16_t id = 2004;  ///< 2097 in later versions of Windows
};
/// Firewall 2004 or 2097: a rule was added.
void firewall_rule(Host& host, const Account& by, const FirewallFacts& rule);
/// CodeIntegrity 3033: lsass wanted to load a file that does not have the signature that it demands.
void unsigned_plug_in(Host& host, const std::string& file);
/// Defender 1121: the attack surface rule that protects lsass stopped a program.
void lsass_rule_met(Host& host, const Account& account, const std::string& program);

/// Sysmon 1.
void sysmon_process(Host& host, const ProcessFacts& facts, std::uint32_t process_id);
/// Sysmon 7: a library was loaded.
struct LibraryFacts {
    std::string image, library, company, signature;  ///< signature empty = not signed
};
void sysmon_library(Host& host, const LibraryFacts& facts);
/// Sysmon 11: a file was written.
void sysmon_file(Host& host, const std::string& image, const std::string& path);
/// Sysmon 2: a file got another time of creation.
void sysmon_file_time(Host& host, const std::string& image, const std::string& path);
/// Sysmon 10: a program opened lsass with these rights.
void sysmon_lsass_opened(Host& host, const std::string& program, std::uint32_t rights);
/// Sysmon 13: a value of the registry was written.
void sysmon_registry(Host& host, const RegistryFacts& facts);

}  // namespace konseki::scenario
