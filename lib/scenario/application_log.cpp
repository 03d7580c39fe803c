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
            .keywords = 0x80000000000000,
            .has_qualifiers = true,
            .classic = true};
}
/// The same of a product that tells in its qualifiers that a message is informational.
evtx::Kind informational(const char* provider, const char* channel, std::uint16_t id,
                         std::uint16_t task) {
    evtx::Kind kind = classic(provider, channel, id, task);
    kind.qualifiers = 16'384;
    return kind;
}
const Sender& no_process() {
    static const Sender sender{0, 0, ""};
    return sender;
}
}  // namespace

void esent(Host& host, std::uint16_t id, const std::string& service, const std::string& database,
           const std::string& other_path) {
    const std::string process = std::to_string(service == "lsass" ? 716 : 3392);
    if (id == 216) {
        host.write(classic("ESENT", "Application", id, 3), no_process(),
                   {{"", v::strings({service, process, "", database, other_path})}});
        return;
    }
    host.write(classic("ESENT", "Application", id, 1), no_process(),
               {{"", v::strings({service, process, "", id == 325 ? "2" : "1", database, "0",
                                 "[1] 0.000, [2] 0.000, [3] 0.016, [4] 0.000, [5] 0.000."})}});
}

void antivirus_on(Host& host, const std::string& product) {
    host.write(classic("SecurityCenter", "Application", 15, 0), no_process(),
               {{"", v::strings({product, "SECURITY_PRODUCT_STATE_ON"})}});
}

void database_option_set(Host& host, const std::string& option, const std::string& before,
                         const std::string& after) {
    // The message's number and severity, then the names of server and database with their lengths.
    std::string binary("\x61\x3c\0\0\x0a\0\0\0", 8);
    for (const std::string& name : {host.machine().name, std::string("master")})
        binary += static_cast<char>(name.size() + 1) + std::string(3, '\0') + evtx::utf16(name) +
                  std::string(2, '\0');
    host.write(informational("MSSQLSERVER", "Application", 15'457, 2), no_process(),
               {{"", v::strings({option, before, after})}, {"Binary", v::binary(binary)}});
}

void exchange_command(Host& host, const Account& by, const std::string& command,
                      const std::string& parameters) {
    const std::string user = host.domain().dns_name + "/Users/" + by.name;
    host.write(
        informational("MSExchange CmdletLogs", "MSExchange Management", 1, 1), no_process(),
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
