#include "application_log.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
evtx::Kind classic(const char* provider, const char* channel, std::uint16_t id,
                   std::uint16_t task) {
    return {.provider = provider,
            .channel = channel,
            .event_id = id,
            .task = task,
            .qualifiers = 16'384,
            .keywords = 0x80000000000000,
            .has_qualifiers = true,
            .classic = true};
}
}  // namespace

void database_option_set(Host& host, const std::string& option, const std::string& before,
                         const std::string& after) {
    // The message's number and severity, then the names of server and database with their lengths.
    std::string binary("\x61\x3c\0\0\x0a\0\0\0", 8);
    for (const std::string& name : {host.machine().name, std::string("master")})
        binary += static_cast<char>(name.size() + 1) + std::string(3, '\0') + evtx::utf16(name) +
                  std::string(2, '\0');
    host.write(classic("MSSQLSERVER", "Application", 15'457, 2), {0, 0, ""},
               {{"", v::strings({option, before, after})}, {"Binary", v::binary(binary)}});
}

void exchange_command(Host& host, const Account& by, const std::string& command,
                      const std::string& parameters) {
    const std::string user = host.domain().dns_name + "/Users/" + by.name;
    host.write(
        classic("MSExchange CmdletLogs", "MSExchange Management", 1, 1), {0, 0, ""},
        {{"", v::strings({command, parameters, user, by.sid, by.sid,
                          "Remote-ManagementShell-Unknown", "5668 w3wp#MSExchangePowerShellAppPool",
                          "", "5", "00:00:02", "View Entire Forest: 'False'"})}});
}

void web_setting(Host& host, const Account& by, const std::string& setting,
                 const std::string& before, const std::string& after) {
    const evtx::Kind kind{.provider = "Microsoft-Windows-IIS-Configuration",
                          .provider_guid = "{dc0b8e51-4863-407a-bc3c-1b479b2978ac}",
                          .channel = "Microsoft-IIS-Configuration/Operational",
                          .event_id = 29};
    host.write(kind, {host.new_process_id(), 5236, by.sid},
               {{"PhysicalPath", v::string("")},
                {"ConfigPath", v::string("MACHINE/WEBROOT/APPHOST")},
                {"EditOperationType", v::string("4")},
                {"Configuration", v::string(setting)},
                {"OldValue", v::string(before)},
                {"NewValue", v::string(after)}});
}

}  // namespace konseki::scenario
