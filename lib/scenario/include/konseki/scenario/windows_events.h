#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "konseki/scenario/evtx_content.h"
#include "konseki/scenario/evtx_writer.h"

namespace konseki::scenario::evtx {

/// What System says of a kind of event.
struct Kind {
    std::string provider{}, provider_guid{}, channel{};
    std::uint16_t event_id = 0, task = 0, qualifiers = 0;
    std::uint8_t version = 0, level = 4, opcode = 0;
    std::uint64_t keywords = 0x8000000000000000;
    bool has_qualifiers = false;
    /// A provider without a manifest (EventLog, ESENT): no Guid, Version, Opcode, and no process.
    bool classic = false;
    std::string source_name{};  ///< EventSourceName, where a provider has one
    std::string data_name{};    ///< `<EventData Name=…>`, as TaskScheduler writes it
};

/// What System says of one event.
struct Occasion {
    std::uint64_t record_id = 1;
    std::uint64_t time =
        filetime_of(1'555'462'923, 1'234'567);  ///< FILETIME; 2019-04-17T01:02:03.1234567Z
    std::uint64_t header_time = 0;              ///< of the record header; 0 = the same as `time`
    std::uint32_t process_id = 2532, thread_id = 3900;
    std::string user_sid = "S-1-5-18";  ///< empty = no UserID
};

using NamedValues = std::vector<std::pair<std::string, Value>>;

/// A process creation, for Sysmon 1 and Security 4688.
struct ProcessCreate {
    std::string image = R"(C:\Windows\System32\cmd.exe)";
    std::string command_line = "cmd.exe /c whoami";
    std::string parent_image = R"(C:\Windows\explorer.exe)";
    std::string parent_command_line = R"(C:\Windows\Explorer.EXE)";
    std::string user = "EXAMPLE\\佐藤";
    std::string hashes{};  ///< empty = made from the record id
    std::string original_file_name = "Cmd.Exe";
    std::string current_directory = "C:\\Users\\佐藤\\";
    std::uint32_t process_id = 4711, parent_process_id = 2044;
};
/// A logon, for Security 4624.
struct Logon {
    std::string user = "佐藤", domain = "EXAMPLE", address = "192.0.2.17", workstation = "PC-SATO";
    std::uint32_t type = 3;
    std::uint64_t logon_id = 0x3e7f1;
};
/// A new service, for System 7045; words as Japanese Windows writes them.
struct Service {
    std::string name = "更新サービス", image_path = R"(%SystemRoot%\Temp\upd.exe -k)";
    std::string service_type = "ユーザー モード サービス", start_type = "自動的な開始",
                account = "LocalSystem";
};

/// Events of one host as Windows writes them: an outer template with System and the host's name as literal
/// text, and inside it, as a value, an instance of the event's own template. Field lists are those of
/// Windows 10 and Sysmon 13. Owns the templates: it must outlive the logs that its records go into.
class WindowsHost {
  public:
    explicit WindowsHost(std::string computer = "PC-経理-01.example.jp");

    const std::string& computer() const { return computer_; }
    /// `EventData` with Data of these names, without a name where it is empty; `Binary` with bytes is the
    /// element of that name.
    Record event(const Kind& kind, const Occasion& occasion, const NamedValues& data);
    /// `UserData/<wrapper xmlns=…>/<name>`.
    Record user_data(const Kind& kind, const Occasion& occasion, const std::string& wrapper,
                     const std::string& space, const NamedValues& data);
    /// `EventData` with whatever template and values the caller has; `body` is the whole value.
    Record with_body(const Kind& kind, const Occasion& occasion, Value body);

    Record sysmon_process_create(const Occasion& occasion, const ProcessCreate& process = {});
    Record sysmon_network(const Occasion& occasion, const std::string& image,
                          const std::string& user, const std::string& address,
                          const std::string& host_name, std::uint16_t port);
    Record sysmon_dns(const Occasion& occasion, const std::string& image, const std::string& name,
                      const std::string& results);
    Record security_4688(const Occasion& occasion, const ProcessCreate& process = {});
    Record security_4624(const Occasion& occasion, const Logon& logon = {});
    Record service_installed_7045(const Occasion& occasion, const Service& service = {});
    Record powershell_4104(const Occasion& occasion, const std::string& script,
                           const std::string& path = "");
    Record log_cleared_1102(const Occasion& occasion, const std::string& user = "佐藤");

  private:
    const Template& outer(const Kind& kind);
    const Template& inner(const std::string& key, const NamedValues& data,
                          const std::string& wrapper, const std::string& space,
                          const std::string& data_name);
    const Template& keep(const std::string& key, std::vector<Node> nodes);

    std::string computer_;
    std::map<std::string, std::unique_ptr<Template>> templates_;
};

/// The System template that WindowsHost uses: 18 slots, the last one the event's body. `dependency` of
/// EventID is its own slot, as in Windows.
Node event_template(const std::string& computer, bool classic_qualifiers);

/// Record `n` of a log on which every record fires: a hidden PowerShell started by Word that runs `whoami
/// /priv` and downloads. Each has its own command line, URL, domain, IPv6 address and hashes (IPv4 addresses
/// repeat after 131,072). Deterministic.
Record firing_record(WindowsHost& host, std::uint64_t n);

}  // namespace konseki::scenario::evtx
