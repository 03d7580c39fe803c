#include "words.h"

#include <algorithm>
#include <array>

#include "konseki/render/numbers.h"

namespace konseki::report {
namespace {

using story::Unusual;

constexpr std::array<std::string_view, findings::movement_kind_count> movement_keys = {
    "html.how.network",      "html.how.remote_desktop", "html.how.other_logon",
    "html.how.failed",       "html.how.other_account",  "html.how.ticket",
    "html.how.first_ticket", "html.how.ntlm",           "html.how.desktop_client",
    "html.how.share_client"};
constexpr std::array<std::string_view, story::unusual_count> unusual_keys = {
    "html.unusual.closed_host",
    "html.unusual.tunnel",
    "html.unusual.guessed",
    "html.unusual.finding_account",
    "html.unusual.many_hosts",
    "html.unusual.emergency_account",
    "html.unusual.service_account",
    "html.unusual.outside_address",
    "html.unusual.administrator_elsewhere",
    "html.unusual.closed_day",
    "html.unusual.finding_host",
    "html.unusual.between_workstations",
    "html.unusual.elevated",
    "html.unusual.first_seen",
    "html.unusual.off_hours",
    "html.unusual.night"};
constexpr std::array<std::string_view, story::audit_count> audit_keys = {
    "html.audit.credential_validation",
    "html.audit.kerberos_authentication",
    "html.audit.kerberos_tickets",
    "html.audit.computer_accounts",
    "html.audit.security_groups",
    "html.audit.user_accounts",
    "html.audit.process_creation",
    "html.audit.directory_access",
    "html.audit.directory_changes",
    "html.audit.logoff",
    "html.audit.logon",
    "html.audit.other_logon_events",
    "html.audit.special_logon",
    "html.audit.file_share",
    "html.audit.detailed_file_share",
    "html.audit.registry",
    "html.audit.other_object_access",
    "html.audit.filtering_connection",
    "html.audit.certification_services",
    "html.audit.audit_policy_change",
    "html.audit.authentication_policy_change",
    "html.audit.authorization_policy_change",
    "html.audit.firewall_rule_change",
    "html.audit.sensitive_privilege",
    "html.audit.security_state_change",
    "html.audit.security_system_extension",
    "html.audit.system_integrity",
    "html.audit.plug_and_play"};
constexpr std::array<std::string_view, 4> command_line_keys = {
    "html.lines.no_processes", "html.lines.never", "html.lines.partly", "html.lines.always"};
constexpr std::array<std::string_view, story::entry_count> entry_keys = {
    "html.entry.web_server",      "html.entry.credentials", "html.entry.mail",
    "html.entry.supply_chain",    "html.entry.remote_tool", "html.entry.network_device",
    "html.entry.removable_media", "html.entry.partner",     "html.entry.insider",
    "html.entry.unknown"};
constexpr std::array<std::string_view, 3> entry_state_keys = {
    "html.entry.state.supported", "html.entry.state.open", "html.entry.state.not_determinable"};
constexpr std::array<std::string_view, story::unchecked_count> unchecked_keys = {
    "html.unchecked.web_log",  "html.unchecked.proxy_log",  "html.unchecked.vpn_log",
    "html.unchecked.mail",     "html.unchecked.device_log", "html.unchecked.disk",
    "html.unchecked.supplier", "html.unchecked.people"};

}  // namespace

std::string_view movement_key(findings::MovementKind kind) {
    return movement_keys[static_cast<std::size_t>(kind)];
}
std::string_view unusual_key(Unusual reason) {
    return unusual_keys[static_cast<std::size_t>(reason)];
}
std::string_view audit_key(story::Audit part) { return audit_keys[static_cast<std::size_t>(part)]; }
std::string_view command_lines_key(story::CommandLines state) {
    return command_line_keys[static_cast<std::size_t>(state)];
}
std::string_view off_hours_key(findings::WorkTime time) {
    switch (time) {
        case findings::WorkTime::working: return {};
        case findings::WorkTime::outside: return "html.off.outside";
        case findings::WorkTime::holiday: return "html.off.holiday";
        case findings::WorkTime::closed: return "html.off.closed";
    }
    return {};
}
std::string_view entry_key(story::Entry entry) {
    return entry_keys[static_cast<std::size_t>(entry)];
}
std::string_view entry_state_key(story::EntryState state) {
    return entry_state_keys[static_cast<std::size_t>(state)];
}
std::string_view unchecked_key(story::Unchecked kind) {
    return unchecked_keys[static_cast<std::size_t>(kind)];
}

std::string unusual_words(const Page& page, const std::vector<Unusual>& reasons) {
    std::string out;
    for (const Unusual reason : reasons) {
        if (!out.empty()) out += page.say("html.comma");
        out += page.say(unusual_key(reason));
    }
    return out;
}

std::string how_words(const Page& page, const story::Move& move) {
    std::string out(page.say(movement_key(move.kind)));
    if (move.elevated > 0) {
        out += page.say("html.comma");
        out += move.elevated < move.count ? page.say("html.moves.elevated_some",
                                                     {{"count", render::to_grouped(move.elevated)}})
                                          : std::string(page.say("html.moves.elevated"));
    }
    constexpr std::int64_t minute = 60 * Time::per_second;
    const auto minutes = static_cast<std::uint64_t>(move.longest_session / minute);
    if (minutes == 0) return out;
    out += page.say("html.comma");
    const std::string hours = render::to_grouped(minutes / 60), rest = std::to_string(minutes % 60);
    out += minutes < 60 ? page.say("html.moves.longest_minutes", {{"minutes", rest}})
                        : page.say("html.moves.longest", {{"hours", hours}, {"minutes", rest}});
    return out;
}

std::string place_words(const Page& page, const story::Move& move) {
    if (page.data.told.places.at(move.from).nearness == story::Nearness::loopback)
        return std::string(page.say("html.itself"));
    const std::string name = page.place_name(move.from);
    if (!move.calls_itself.empty())
        return page.say("html.place.calls_itself", {{"name", name}, {"other", move.calls_itself}});
    if (move.address.empty() || move.address == page.data.told.places.at(move.from).name)
        return name;
    return page.say("html.place", {{"name", name}, {"address", move.address}});
}

}  // namespace konseki::report
