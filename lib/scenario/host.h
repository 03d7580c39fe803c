#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "agenda.h"
#include "konseki/scenario/evidence_folder.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::scenario {

/// A Windows domain.
struct Domain {
    std::string short_name, dns_name, sid;
};
/// An account, of a domain or of a host.
struct Account {
    std::string name, domain, sid;
    std::string full_name() const { return domain + '\\' + name; }
};
Account account_of(const Domain& domain, std::string name, std::uint32_t rid);
/// NT AUTHORITY\SYSTEM, as it stands in a logon.
Account system_account();

/// What a computer is for.
enum class Role : std::uint8_t { client, server, domain_controller };
/// What is known of a computer before anything happens on it.
struct Machine {
    std::string name, address;
    Role role = Role::client;
    bool japanese = false;       ///< language of its Windows
    bool command_lines = false;  ///< the audit policy writes 4688 with command lines
    bool sysmon = false;
};

/// Who writes an event: the process, and the account in System/Security.
struct Sender {
    std::uint32_t process_id = 716, thread_id = 3900;
    std::string sid = "S-1-5-18";  ///< empty = no UserID
};

/// A computer whose event logs are written while an agenda runs. Records of a log stand in the order of time
/// and have numbers without a gap; the first number of a log is one of a computer that has run for a while.
class Host {
  public:
    Host(Machine machine, const Domain& domain, Agenda& agenda, EvidenceFolder& folder);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    const Machine& machine() const { return machine_; }
    const Domain& domain() const { return domain_; }
    Agenda& agenda() { return agenda_; }
    /// `PC07.aokumo.example.jp`.
    const std::string& computer() const { return windows_.computer(); }
    /// `PC07$` of the domain, with the SID of the system account, as the host itself appears in its logs.
    Account own_account() const;
    /// The host's account in the domain, as others see it.
    Account domain_account() const;
    /// An account of the host itself.
    Account local_account(std::string name, std::uint32_t rid) const;
    /// The text for the language of its Windows.
    std::string word(const char* english, const char* japanese) const {
        return machine_.japanese ? japanese : english;
    }
    std::uint64_t new_logon_id() { return logon_id_ += 0x2f61 + logon_id_ % 0x611; }
    std::uint32_t new_process_id();
    /// `{xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx}`, another one each time.
    std::string new_guid();

    void write(const evtx::Kind& kind, const Sender& sender, const evtx::NamedValues& data);
    void write_user_data(const evtx::Kind& kind, const Sender& sender, const std::string& wrapper,
                         const std::string& space, const evtx::NamedValues& data);
    /// Throws away what a log holds; its numbers go on.
    void clear(const std::string& channel);
    std::uint64_t records() const { return records_; }

  private:
    struct LogFile;
    LogFile& log_of(const std::string& channel);
    evtx::Occasion occasion(LogFile& log, const Sender& sender);
    void add(LogFile& log, const evtx::Record& record);
    void begin(LogFile& log);

    Machine machine_;
    const Domain& domain_;
    Agenda& agenda_;
    EvidenceFolder& folder_;
    evtx::WindowsHost windows_;
    Random numbers_;
    std::uint64_t logon_id_, records_ = 0;
    Ticks last_time_ = 0;
    std::uint32_t process_id_ = 4200;
    std::map<std::string, std::unique_ptr<LogFile>> logs_;
};

}  // namespace konseki::scenario
