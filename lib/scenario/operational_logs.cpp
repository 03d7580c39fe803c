#include "operational_logs.h"

#include <string_view>

#include "kinds.h"
#include "konseki/base/bytes.h"
#include "konseki/base/hash.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
std::string context_block(Host& host, const std::string& command, const std::string& host_name,
                          const std::string& engine, bool begins) {
    const std::string line = "\r\n\t";
    return std::string("\tNewEngineState=") + (begins ? "Available" : "Stopped") + line +
           "PreviousEngineState=" + (begins ? "None" : "Available") + "\r\n" + line +
           "SequenceNumber=" + (begins ? "13" : "15") + "\r\n" + line + "HostName=" + host_name +
           line + "HostVersion=" + engine + line + "HostId=" + host.new_guid().substr(1, 36) +
           line + "HostApplication=" + command + line + "EngineVersion=" + engine + line +
           "RunspaceId=" + host.new_guid().substr(1, 36) + line + "PipelineId=" + line +
           "CommandName=" + line + "CommandType=" + line + "ScriptName=" + line +
           "CommandPath=" + line + "CommandLine=";
}
}  // namespace

void powershell_started(Host& host, const std::string& command, const std::string& host_name,
                        const std::string& engine) {
    evtx::Kind kind{.provider = "PowerShell",
                    .channel = "Windows PowerShell",
                    .event_id = 400,
                    .task = 4,
                    .keywords = 0x80000000000000,
                    .has_qualifiers = true,
                    .classic = true};
    const Sender nobody{0, 0, ""};
    host.write(kind, nobody,
               {{"", v::strings({"Available", "None",
                                 context_block(host, command, host_name, engine, true)})}});
    kind.event_id = 403;
    const std::string end = context_block(host, command, host_name, engine, false);
    host.agenda().after(9 * one_second, [&host, kind, nobody, end] {
        host.write(kind, nobody, {{"", v::strings({"Stopped", "Available", end})}});
    });
}

void script_block(Host& host, const Account& account, const std::string& text,
                  const std::string& path, bool warned) {
    host.write(evtx::script_block_logged(warned ? 3 : 5),
               {host.new_process_id(), 6012, account.sid},
               {{"MessageNumber", v::int32(1)},
                {"MessageTotal", v::int32(1)},
                {"ScriptBlockText", v::string(text)},
                {"ScriptBlockId", v::string(host.new_guid().substr(1, 36))},
                {"Path", v::string(path)}});
}

void session(Host& host, std::uint16_t id, const Account& account, std::uint32_t number,
             const std::string& address) {
    const evtx::Kind kind{
        .provider = "Microsoft-Windows-TerminalServices-LocalSessionManager",
        .provider_guid = "{5d896912-022d-40aa-a3a8-4fa5515c76d7}",
        .channel = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational",
        .event_id = id,
        .keywords = 0x1000000000000000};
    evtx::NamedValues data{{"User", v::string(account.full_name())},
                           {"SessionID", v::uint32(number)}};
    if (id != 23) data.emplace_back("Address", v::string(address));
    host.write_user_data(kind, {872, 1432, "S-1-5-18"}, "EventXML", "Event_NS", data);
}

void rdp_arrived(Host& host, const Account& account, const std::string& address) {
    const evtx::Kind kind{
        .provider = "Microsoft-Windows-TerminalServices-RemoteConnectionManager",
        .provider_guid = "{c76baa63-ae81-421c-b425-340b4b24157f}",
        .channel = "Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational",
        .event_id = 1149,
        .keywords = 0x1000000000000000};
    host.write_user_data(kind, {1020, 4152, "S-1-5-20"}, "EventXML", "Event_NS",
                         {{"Param1", v::string(account.name)},
                          {"Param2", v::string(account.domain)},
                          {"Param3", v::string(address)}});
}

void rdp_outward(Host& host, const Account& account, const std::string& server) {
    evtx::Kind kind{.provider = "Microsoft-Windows-TerminalServices-ClientActiveXCore",
                    .provider_guid = "{28aa95bb-d444-4719-a36f-40462168127e}",
                    .channel = "Microsoft-Windows-TerminalServices-RDPClient/Operational",
                    .event_id = 1024,
                    .task = 101,
                    .opcode = 10,
                    .keywords = 0x4000000000000000};
    const Sender sender{host.new_process_id(), 7204, account.sid};
    host.write(kind, sender,
               {{"Name", v::string("Server Name")},
                {"Value", v::string(server)},
                {"CustomLevel", v::string("Info")}});
    // The name is hashed as UTF-16 without an end; a dash closes it.
    const std::string name = evtx::utf16(account.name);
    kind.event_id = 1029;
    kind.task = 102;
    host.write(kind, sender,
               {{"TraceMessage", v::string(to_base64(sha256(as_bytes(name))) + '-')}});
}

void smb_connection(Host& host, std::uint16_t id, const std::string& server,
                    const std::string& address) {
    const evtx::Kind kind{.provider = "Microsoft-Windows-SMBClient",
                          .provider_guid = "{988c59c5-0a1c-45b6-a555-0c62276e327d}",
                          .channel = "Microsoft-Windows-SmbClient/Connectivity",
                          .event_id = id,
                          .level = 2,
                          .keywords = 0x4000000000000240};
    const auto length = static_cast<std::uint32_t>(evtx::utf16(server).size() / 2);
    evtx::NamedValues data{{"ServerNameLength", v::uint32(length)},
                           {"ServerName", v::string(server)}};
    if (id == 30803) {
        data.insert(data.begin(), {"Reason", v::uint32(2)});
        data.insert(data.begin() + 1, {"Status", v::hex32(0xc00000b5)});
        data.emplace_back("AddressLength", v::uint32(0));
        data.emplace_back("Address", v::binary(""));
        data.emplace_back("InstanceNameLength",
                          v::uint32(static_cast<std::uint32_t>(address.size())));
        data.emplace_back("InstanceName", v::string(address));
        data.emplace_back("ConnectionType", v::uint32(1));
    }
    host.write(kind, {4, 344, "S-1-5-18"}, data);
}

void windows_consumer(Host& host) {
    const evtx::Kind kind{.provider = "Microsoft-Windows-WMI-Activity",
                          .provider_guid = "{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}",
                          .channel = "Microsoft-Windows-WMI-Activity/Operational",
                          .event_id = 5861,
                          .level = 0,
                          .keywords = 0x4000000000000000};
    host.write_user_data(
        kind, {1912, 2604, "S-1-5-18"}, "Operation_ESStoConsumerBinding",
        "http://manifests.microsoft.com/win/2006/windows/WMI",
        {{"Namespace", v::string(R"(//./root/subscription)")},
         {"ESS", v::string("SCM Event Log Filter")},
         {"CONSUMER", v::string(R"(NTEventLogEventConsumer="SCM Event Log Consumer")")},
         {"PossibleCause",
          v::string("Binding EventFilter: \ninstance of __EventFilter\n{\n\tName = \"SCM Event Log "
                    "Filter\";\n};\nPerm. Consumer: \ninstance of NTEventLogEventConsumer\n{\n\t"
                    "Name = \"SCM Event Log Consumer\";\n};\n")}});
}

namespace {
evtx::Kind task_scheduler(std::uint16_t id, const char* data_name) {
    return {.provider = "Microsoft-Windows-TaskScheduler",
            .provider_guid = "{de7b24ea-73c8-4a09-985d-5bdadcfa9017}",
            .channel = "Microsoft-Windows-TaskScheduler/Operational",
            .event_id = id,
            .task = id,
            .data_name = data_name};
}
}  // namespace

void task_registered(Host& host, std::uint16_t id, const std::string& task,
                     const Account& account) {
    const char* const name = id == 106   ? "TaskRegisteredEvent"
                             : id == 140 ? "TaskUpdated"
                                         : "TaskDeleted";
    host.write(task_scheduler(id, name), {1268, 2168, "S-1-5-18"},
               {{"TaskName", v::string(task)},
                {id == 106 ? "UserContext" : "UserName", v::string(account.full_name())}});
}

void task_ran(Host& host, const std::string& task, const std::string& program) {
    evtx::Kind kind = task_scheduler(200, "ActionStart");
    kind.version = 1;
    kind.opcode = 1;
    const Sender sender{1268, 6596, "S-1-5-18"};
    const evtx::Value instance = v::guid(host.new_guid());
    const std::uint32_t engine = host.new_process_id();
    host.write(kind, sender,
               {{"TaskName", v::string(task)},
                {"ActionName", v::string(program)},
                {"TaskInstanceId", instance},
                {"EnginePID", v::uint32(engine)}});
    evtx::Kind ended = task_scheduler(201, "ActionSuccess");
    ended.version = 2;
    ended.opcode = 2;
    host.agenda().after(6 * one_second, [&host, ended, sender, task, program, instance, engine] {
        host.write(ended, sender,
                   {{"TaskName", v::string(task)},
                    {"TaskInstanceId", instance},
                    {"ActionName", v::string(program)},
                    {"ResultCode", v::uint32(0)},
                    {"EnginePID", v::uint32(engine)}});
    });
}

}  // namespace konseki::scenario
