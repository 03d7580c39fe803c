#include <string_view>

#include "operational_logs.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
constexpr const char* product = "Windows Defender Antivirus";
constexpr const char* product_version = "4.18.1908.7";

evtx::Kind defender(std::uint16_t id, std::uint8_t level) {
    return {.provider = "Microsoft-Windows-Windows Defender",
            .provider_guid = "{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}",
            .channel = "Microsoft-Windows-Windows Defender/Operational",
            .event_id = id,
            .level = level};
}
const Sender& antimalware() {
    static const Sender sender{3100, 4384, "S-1-5-18"};
    return sender;
}
evtx::Kind bits(std::uint16_t id, std::uint8_t version, std::uint8_t opcode) {
    return {.provider = "Microsoft-Windows-Bits-Client",
            .provider_guid = "{ef1cc15b-46c1-414e-bb95-e76b077bd51e}",
            .channel = "Microsoft-Windows-Bits-Client/Operational",
            .event_id = id,
            .version = version,
            .opcode = opcode,
            .keywords = 0x4000000000000000};
}

/// The fields of 1116 and 1117 after the detection's id and time.
void add_threat(evtx::NamedValues& data, const Account& account, const ThreatFacts& threat,
                bool handled) {
    const auto say = [&data](const char* name, const std::string& text) {
        data.emplace_back(name, v::string(text));
    };
    say("Unused", "");
    say("Unused2", "");
    say("Threat ID", std::to_string(threat.id));
    say("Threat Name", threat.name);
    say("Severity ID", "5");
    say("Severity Name", threat.severity);
    say("Category ID", std::to_string(threat.category_id));
    say("Category Name", threat.category);
    say("FWLink", "https://go.microsoft.com/fwlink/?linkid=37020&name=" + threat.name);
    say("Status Code", handled ? "3" : "1");
    say("Status Description", "");
    say("State", handled ? "2" : "1");
    say("Source ID", "3");
    say("Source Name", "Real-Time Protection");
    say("Process Name", R"(C:\Program Files (x86)\Google\Chrome\Application\chrome.exe)");
    say("Detection User", account.full_name());
    say("Unused3", "");
    say("Path", threat.path);
    say("Origin ID", "1");
    say("Origin Name", "Local machine");
    say("Execution ID", "1");
    say("Execution Name", "Suspended");
    say("Type ID", "0");
    say("Type Name", "Concrete");
    say("Pre Execution Status", "0");
    say("Action ID", handled ? "2" : "9");
    say("Action Name", handled ? "Quarantine" : "Not Applicable");
}
}  // namespace

void threat_found(Host& host, const Account& account, const ThreatFacts& threat) {
    const evtx::NamedValues head{{"Product Name", v::string(product)},
                                 {"Product Version", v::string(product_version)},
                                 {"Detection ID", v::string(host.new_guid())},
                                 {"Detection Time", v::string(iso_text(host.agenda().now()))}};
    evtx::NamedValues found = head;
    add_threat(found, account, threat, false);
    host.write(defender(1116, 3), antimalware(), found);
    evtx::NamedValues handled = head;
    add_threat(handled, account, threat, true);
    host.agenda().after(
        one_minute, [&host, handled] { host.write(defender(1117, 4), antimalware(), handled); });
}

void signatures_updated(Host& host, unsigned number) {
    const std::string before = "1.301." + std::to_string(1100 + number) + ".0";
    const std::string after = "1.301." + std::to_string(1101 + number) + ".0";
    host.write(defender(2000, 4), antimalware(),
               {{"Product Name", v::string(product)},
                {"Product Version", v::string(product_version)},
                {"Current security intelligence Version", v::string(after)},
                {"Previous security intelligence Version", v::string(before)},
                {"Domain", v::string("NT AUTHORITY")},
                {"User", v::string("SYSTEM")},
                {"SID", v::string("S-1-5-18")},
                {"Security intelligence Type Index", v::string("1")},
                {"Security intelligence Type", v::string("AntiVirus")},
                {"Update Type Index", v::string("2")},
                {"Update Type", v::string("Delta")},
                {"Current Engine Version", v::string("1.1.16300.1")},
                {"Previous Engine Version", v::string("1.1.16300.1")}});
}

void defender_says(Host& host, std::uint16_t id) {
    host.write(
        defender(id, 4), antimalware(),
        {{"Product Name", v::string(product)}, {"Product Version", v::string(product_version)}});
}

void defender_setting(Host& host, const std::string& before, const std::string& after) {
    host.write(defender(5007, 4), antimalware(),
               {{"Product Name", v::string(product)},
                {"Product Version", v::string(product_version)},
                {"Old Value", v::string(before)},
                {"New Value", v::string(after)}});
}

void download(Host& host, const DownloadFacts& facts) {
    const evtx::Value job = v::guid(host.new_guid());
    const evtx::Value transfer = v::guid(host.new_guid());
    const Sender sender{1488, 5116, facts.owner_sid};
    host.write(bits(3, 2, 0), sender,
               {{"jobTitle", v::string(facts.title)},
                {"jobId", job},
                {"jobOwner", v::string(facts.owner)},
                {"processPath", v::string(facts.program)},
                {"processId", v::uint32(host.new_process_id())}});
    const auto begun = [&](std::uint64_t bytes) {
        return evtx::NamedValues{{"transferId", transfer},
                                 {"name", v::string(facts.title)},
                                 {"Id", job},
                                 {"url", v::string(facts.url)},
                                 {"peer", v::string("")},
                                 {"fileTime", v::filetime(host.agenda().now() - 9 * one_day)},
                                 {"fileLength", v::uint64(facts.bytes)},
                                 {"bytesTotal", v::uint64(facts.bytes)},
                                 {"bytesTransferred", v::uint64(bytes)},
                                 {"bytesTransferredFromPeer", v::uint64(0)}};
    };
    host.write(bits(59, 1, 1), sender, begun(0));
    evtx::NamedValues done = begun(facts.bytes);
    done.insert(done.begin() + 5, {"hr", v::uint32(0)});
    done.insert(done.end() - 1, {"proxy", v::string("")});
    done.insert(done.end() - 1, {"peerProtocolFlags", v::uint32(0)});
    done.emplace_back("AdditionalInfoHr", v::uint32(0));
    done.emplace_back("PeerContextInfo", v::uint32(0));
    done.emplace_back("bandwidthLimit", v::uint64(~std::uint64_t{0}));
    done.emplace_back("ignoreBandwidthLimitsOnLan", v::boolean(0));
    host.agenda().after(7 * one_second,
                        [&host, done, sender] { host.write(bits(60, 1, 2), sender, done); });
}

void firewall_rule(Host& host, const Account& by, const FirewallFacts& rule) {
    const evtx::Kind kind{
        .provider = "Microsoft-Windows-Windows Firewall With Advanced Security",
        .provider_guid = "{d1bc9aff-2abf-4d71-9146-ecb2a986eb85}",
        .channel = "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall",
        .event_id = rule.id,
        .keywords = 0x8000020000000000};
    evtx::NamedValues data{{"RuleId", v::string(host.new_guid())},
                           {"RuleName", v::string(rule.name)},
                           {"Origin", v::uint32(1)},
                           {"ApplicationPath", v::string(rule.program)},
                           {"ServiceName", v::string("")},
                           {"Direction", v::uint32(1)},
                           {"Protocol", v::uint32(6)},
                           {"LocalPorts", v::string("*")},
                           {"RemotePorts", v::string("*")},
                           {"Action", v::uint32(3)},
                           {"Profiles", v::uint32(1)},
                           {"LocalAddresses", v::string("*")},
                           {"RemoteAddresses", v::string("*")},
                           {"RemoteMachineAuthorizationList", v::string("")},
                           {"RemoteUserAuthorizationList", v::string("")},
                           {"EmbeddedContext", v::string("")},
                           {"Flags", v::uint32(1)},
                           {"Active", v::uint32(1)},
                           {"EdgeTraversal", v::uint32(0)},
                           {"LooseSourceMapped", v::uint32(0)},
                           {"SecurityOptions", v::uint32(0)},
                           {"ModifyingUser", v::sid(by.sid)},
                           {"ModifyingApplication", v::string(rule.by_program)},
                           {"SchemaVersion", v::uint32(541)},
                           {"RuleStatus", v::uint32(65'536)},
                           {"LocalOnlyMapped", v::uint32(0)}};
    if (rule.id == 2097) {
        data.emplace_back("PolicyAppId", v::string(""));
        data.emplace_back("ErrorCode", v::uint32(0));
    }
    host.write(kind, {1072, 9504, "S-1-5-19"}, data);
}

void lsass_rule_met(Host& host, const Account& account, const std::string& program) {
    const auto text = [](const std::string& value) { return v::string(value); };
    host.write(defender(1121, 3), antimalware(),
               {{"Product Name", text(product)},
                {"Product Version", text(product_version)},
                {"Unused", text("")},
                {"ID", text("9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2")},
                {"Detection Time", text(iso_text(host.agenda().now()))},
                {"User", text(account.full_name())},
                {"Path", text(R"(C:\Windows\System32\lsass.exe)")},
                {"Process Name", text(program)},
                {"Security intelligence Version", text("1.301.1412.0")},
                {"Engine Version", text("1.1.16300.1")},
                {"RuleType", text("ENT\\ConsR")},
                {"Target Commandline", text("")},
                {"Parent Commandline", text("")},
                {"Involved File", text("")},
                {"Inhertiance Flags", text("0x00000000")}});
}

void unsigned_plug_in(Host& host, const std::string& file) {
    const std::string lsass = R"(\Device\HarddiskVolume3\Windows\System32\lsass.exe)";
    const auto length = [](const std::string& text) {
        return v::uint16(static_cast<std::uint16_t>(evtx::utf16(text).size() / 2));
    };
    constexpr std::uint32_t unsigned_file = 0xc0000428;
    host.write({.provider = "Microsoft-Windows-CodeIntegrity",
                .provider_guid = "{4ee76bd8-3cf4-44a0-a0ac-3937643e37a3}",
                .channel = "Microsoft-Windows-CodeIntegrity/Operational",
                .event_id = 3033,
                .task = 18,
                .level = 2,
                .opcode = 111},
               {716, 2236, "S-1-5-18"},
               {{"FileNameLength", length(file)},
                {"FileNameBuffer", v::string(file)},
                {"ProcessNameLength", length(lsass)},
                {"ProcessNameBuffer", v::string(lsass)},
                {"RequestedPolicy", v::uint8(12)},
                {"ValidatedPolicy", v::uint8(1)},
                {"Status", v::hex32(unsigned_file)}});
}

}  // namespace konseki::scenario
