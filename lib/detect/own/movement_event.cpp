#include "own/movement_event.h"

#include <algorithm>

namespace konseki::detect::own {
namespace {

using findings::AccountKind;
using findings::MovementKind;
using records::SystemFields;
using records::Value;

// Names of fields as Windows writes them (Microsoft, "Advanced security audit policy settings", the pages of
// the events; manifests of the TerminalServices and SMBClient providers). In the order of Role.
constexpr std::array<MovementEvent, 11> events{{
    {"security",
     {4624},
     MovementKind::network,
     {"TargetUserName", "TargetDomainName", "TargetUserSid", "WorkstationName", "IpAddress", "",
      "LogonType", "", "TargetLogonId"}},
    {"security",
     {4625},
     MovementKind::failed,
     {"TargetUserName", "TargetDomainName", "TargetUserSid", "WorkstationName", "IpAddress", "",
      "LogonType", "", ""}},
    {"security",
     {4648},
     MovementKind::other_account,
     {"TargetUserName", "TargetDomainName", "", "", "", "TargetServerName", "", "", ""}},
    {"security",
     {4768},
     MovementKind::first_ticket,
     {"TargetUserName", "TargetDomainName", "TargetSid", "", "IpAddress", "", "", "Status", ""}},
    {"security",
     {4769},
     MovementKind::ticket,
     {"TargetUserName", "TargetDomainName", "", "", "IpAddress", "ServiceName", "", "Status", ""}},
    {"security",
     {4776},
     MovementKind::ntlm,
     {"TargetUserName", "", "", "Workstation", "", "", "", "Status", ""}},
    {"security",
     {4778},
     MovementKind::remote_desktop,
     {"AccountName", "AccountDomain", "", "ClientName", "ClientAddress", "", "", "", ""}},
    {"microsoft-windows-terminalservices-localsessionmanager/operational",
     {21, 25},
     MovementKind::remote_desktop,
     {"User", "", "", "", "Address", "", "", "", ""}},
    {"microsoft-windows-terminalservices-rdpclient/operational",
     {1024, 1102},
     MovementKind::desktop_client,
     {"", "", "", "", "", "Value", "", "", ""}},
    {"microsoft-windows-smbclient/connectivity",
     {30803, 30804, 30805, 30806, 30807, 30808},
     MovementKind::share_client,
     {"", "", "", "", "", "ServerName", "", "", ""}},
    {"microsoft-windows-smbclient/security",
     {31001, 31010},
     MovementKind::share_client,
     {"UserName", "", "", "", "", "ServerName", "", "", ""}},
}};
// Logon types (Microsoft, event 4624).
constexpr std::uint64_t type_network = 3, type_unlock = 7, type_remote = 10,
                        type_cached_remote = 12;

char16_t unit_at(const Value& text, std::size_t index) {
    if (text.wire() == records::WireType::utf8) return static_cast<unsigned char>(text.data[index]);
    return static_cast<char16_t>(static_cast<unsigned>(text.data[index * 2]) |
                                 static_cast<unsigned>(text.data[index * 2 + 1]) << 8);
}

/// Code units (bytes of UTF-8) of a text; 0 for all else.
std::size_t length_of(const Value& value) {
    if (!value.is_text()) return 0;
    std::size_t length = value.wire() == records::WireType::utf8 ? value.size : value.size / 2;
    while (length > 0 && unit_at(value, length - 1) == 0) --length;
    return length;
}

bool equals_folded(const Value& value, std::string_view folded) {
    if (length_of(value) != folded.size()) return false;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        char16_t unit = unit_at(value, i);
        if (unit >= u'A' && unit <= u'Z') unit = static_cast<char16_t>(unit + 32);
        if (unit != static_cast<unsigned char>(folded[i])) return false;
    }
    return true;
}

/// Windows writes `-` where it does not know.
bool says_nothing(const Value& value) {
    const std::size_t length = length_of(value);
    return length == 0 || (length == 1 && unit_at(value, 0) == u'-');
}

/// IP addresses hold only these; a local session has a localised word in their place.
bool may_be_address(const Value& value) {
    const std::size_t length = length_of(value);
    bool has_separator = false;
    for (std::size_t i = 0; i < length; ++i) {
        const char16_t unit = unit_at(value, i);
        const bool is_hex = (unit >= u'0' && unit <= u'9') || (unit >= u'a' && unit <= u'f') ||
                            (unit >= u'A' && unit <= u'F');
        const bool is_separator = unit == u'.' || unit == u':' || unit == u'%';
        if (!is_hex && !is_separator) return false;
        has_separator = has_separator || is_separator;
    }
    return has_separator;
}

bool is_loopback(const Value& address) {
    const std::size_t length = length_of(address);
    if (equals_folded(address, "::1") || equals_folded(address, "::ffff:127.0.0.1")) return true;
    if (length < 4) return false;
    constexpr std::string_view begin = "127.";
    for (std::size_t i = 0; i < begin.size(); ++i)
        if (unit_at(address, i) != static_cast<unsigned char>(begin[i])) return false;
    return true;
}

/// Well-known accounts of Windows ([MS-DTYP] 2.4.2.4): S-1-5-7 anonymous, -18 to -20 services, -90 and -96 the
/// managers of windows and of font drivers.
bool is_system_sid(const Value& sid) {
    if (sid.wire() != records::WireType::sid || sid.size < 12) return false;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned>(sid.data[at]); };
    if (byte(7) != 5 || byte(9) != 0 || byte(10) != 0 || byte(11) != 0) return false;
    switch (byte(8)) {
        case 7:
        case 18:
        case 19:
        case 20:
        case 90:
        case 96: return true;
        default: return false;
    }
}

/// Computers do this by themselves. Nothing else is done by one, whatever an account calls itself.
bool is_done_by_machines(MovementKind kind) {
    return kind == MovementKind::network || kind == MovementKind::ticket ||
           kind == MovementKind::first_ticket || kind == MovementKind::ntlm ||
           kind == MovementKind::failed;
}

AccountKind account_kind(const Value& user, const Value& sid, MovementKind kind) {
    if (is_system_sid(sid) || equals_folded(user, "anonymous logon") ||
        equals_folded(user, "system"))
        return AccountKind::system;
    if (!is_done_by_machines(kind)) return AccountKind::person;
    // Tickets name an account with its realm: `PC07$@EXAMPLE.JP`.
    std::size_t length = 0;
    while (length < length_of(user) && unit_at(user, length) != u'@') ++length;
    return length > 0 && unit_at(user, length - 1) == u'$' ? AccountKind::machine
                                                           : AccountKind::person;
}

/// What a logon of this type is; nothing for one at the machine itself.
std::optional<MovementKind> kind_of_logon(std::uint64_t type, bool has_remote_address) {
    if (type == type_network) return MovementKind::network;
    if (type == type_remote || type == type_cached_remote) return MovementKind::remote_desktop;
    if (!has_remote_address) return std::nullopt;
    // Who comes back to a session of remote desktop unlocks it.
    return type == type_unlock ? MovementKind::remote_desktop : MovementKind::other_logon;
}

/// Makes of an event that came from somewhere what it is; false where it came from nowhere.
bool settle_source(MovementValues& found) {
    Value& address = found.values[static_cast<std::size_t>(Role::address)];
    Value& workstation = found.values[static_cast<std::size_t>(Role::workstation)];
    if (!may_be_address(address)) address = {};
    if (says_nothing(workstation)) workstation = {};
    const bool is_local = is_loopback(address);
    const bool is_remote = !address.is_null() && !is_local;
    std::uint64_t type = 0;
    bool is_desktop = found.kind == MovementKind::remote_desktop;
    if (records::as_unsigned(found.of(Role::logon_type), type)) {
        const std::optional<MovementKind> kind = kind_of_logon(type, is_remote);
        if (!kind) return false;
        is_desktop = *kind == MovementKind::remote_desktop;
        if (found.kind != MovementKind::failed) found.kind = *kind;
    }
    // Remote desktop from the host itself came, or was tried, through a tunnel: that is worth its row.
    if (is_local) return is_desktop;
    return is_remote || !workstation.is_null();
}

bool settle_target(MovementValues& found) {
    const Value& target = found.of(Role::target);
    if (says_nothing(target) || equals_folded(target, "localhost")) return false;
    if (found.kind != MovementKind::ticket) return true;
    if (!may_be_address(found.of(Role::address)) || is_loopback(found.of(Role::address)))
        return false;
    const std::size_t length = length_of(target);
    return unit_at(target, length - 1) == u'$';
}

}  // namespace

bool has_channel(const records::Batch& batch, const records::Record& record,
                 std::string_view folded) {
    return equals_folded(batch.field(record, record.shape->system.channel), folded);
}

ShapePlan plan_for(const records::Shape& shape) {
    ShapePlan plan;
    const auto find = [&](std::string_view name) {
        for (std::size_t i = 0; i < shape.fields.size() && i < SystemFields::none; ++i)
            if (shape.fields[i].section != records::Section::system && shape.fields[i].name == name)
                return static_cast<std::uint16_t>(i);
        return SystemFields::none;
    };
    for (const MovementEvent& event : events) {
        MovementPlan here{&event, {}};
        bool is_whole = true;
        for (std::size_t role = 0; role < role_count; ++role) {
            here.fields[role] =
                event.fields[role].empty() ? SystemFields::none : find(event.fields[role]);
            // Old versions of some events lack these; without any other there is nothing to tell.
            const bool may_lack = role == static_cast<std::size_t>(Role::sid) ||
                                  role == static_cast<std::size_t>(Role::status) ||
                                  role == static_cast<std::size_t>(Role::logon_id);
            if (!event.fields[role].empty() && !may_lack)
                is_whole = is_whole && here.fields[role] != SystemFields::none;
        }
        if (is_whole) plan.movements.push_back(here);
    }
    plan.may_be_process = find("NewProcessName") != SystemFields::none;
    plan.command_line = find("CommandLine");
    plan.session = session_plan_for(shape);
    return plan;
}

std::optional<MovementValues> read_movement(const records::Batch& batch,
                                            const records::Record& record, const MovementPlan& plan,
                                            std::uint64_t event_id) {
    const auto& ids = plan.event->ids;
    if (event_id == 0 || std::ranges::find(ids, event_id) == ids.end()) return std::nullopt;
    if (!has_channel(batch, record, plan.event->channel)) return std::nullopt;
    MovementValues found;
    found.kind = plan.event->kind;
    for (std::size_t role = 0; role < role_count; ++role)
        found.values[role] = batch.field(record, plan.fields[role]);
    std::uint64_t status = 0;
    if (records::as_unsigned(found.of(Role::status), status) && status != 0) {
        // A ticket that was refused took nobody anywhere: who asked for it proved nothing.
        if (found.kind != MovementKind::ntlm) return std::nullopt;
        found.kind = MovementKind::failed;
    }
    const bool has_target =
        plan.fields[static_cast<std::size_t>(Role::target)] != SystemFields::none;
    if (!(has_target ? settle_target(found) : settle_source(found))) return std::nullopt;
    found.account = account_kind(found.of(Role::user), found.of(Role::sid), found.kind);
    return found;
}

}  // namespace konseki::detect::own
