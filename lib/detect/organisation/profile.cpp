#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "konseki/base/text.h"
#include "organisation/profile_values.h"
#include "sigma/address.h"

namespace konseki::detect {
namespace {

using findings::FieldCondition;
using findings::Profile;
using findings::ProfileAccount;
using findings::ProfileHost;
using findings::Sanction;
using sigma::YamlNode;
using std::string_view;

constexpr std::array<string_view, 8> profile_keys = {"version",     "organisation", "zone",
                                                     "asked_since", "hosts",        "accounts",
                                                     "sanctioned",  "calendar"};
constexpr std::array<string_view, 3> organisation_keys = {"name", "domains", "networks"};
constexpr std::array<string_view, 2> network_keys = {"cidr", "use"};
constexpr std::array<string_view, 4> host_keys = {"name", "aliases", "role", "closed"};
constexpr std::array<string_view, 2> account_keys = {"name", "kind"};
constexpr std::array<string_view, 6> sanction_keys = {"rule",  "host",   "account",
                                                      "field", "reason", "until"};

Read<bool> read_version(const YamlNode& root) {
    const YamlNode* const node = root.find("version");
    if (node == nullptr || node->as_integer() != 1)
        return wrong(node == nullptr ? root.line : node->line, "`version` must be 1");
    return true;
}

/// `192.0.2.0/24`, or `{cidr: 192.0.2.0/24, use: vpn}`.
Read<findings::Network> read_network_of(const YamlNode& item) {
    findings::Network out;
    if (item.is_map()) {
        TRY_VOID(check_keys(item, "networks", network_keys));
        out.written = TRY(read_needed_text(item, "cidr"));
        const std::string use = TRY(read_text(item, "use"));
        if (!use.empty() && use != "vpn")
            return wrong(line_of(item, "use"), "`use` of a network must be vpn");
        out.is_vpn = use == "vpn";
    } else if (item.is_scalar() && item.text.size() <= max_profile_text) {
        out.written = item.text;
    }
    const std::optional<sigma::Network> network = sigma::read_network(out.written);
    if (!network || network->had_host_bits)
        return wrong(item.line, quoted(out.written) + " is no network like 192.0.2.0/24");
    std::ranges::copy(network->cidr.address, out.address.begin());
    out.prefix_bits = network->cidr.prefix_bits;
    return out;
}

Read<bool> read_organisation(const YamlNode& root, Profile& out) {
    const YamlNode* const node = root.find("organisation");
    if (node == nullptr || node->is_null()) return true;
    TRY_VOID(check_keys(*node, "organisation", organisation_keys));
    out.organisation = TRY(read_text(*node, "name"));
    out.domains = TRY(read_texts(*node, "domains"));
    const YamlNode* const networks = node->find("networks");
    if (networks == nullptr || networks->is_null()) return true;
    if (networks->is_scalar() || networks->is_map()) {
        out.networks.push_back(TRY(read_network_of(*networks)));
        return true;
    }
    for (const YamlNode& item : TRY(read_list(*node, "networks")))
        out.networks.push_back(TRY(read_network_of(item)));
    return true;
}

Read<bool> read_zone(const YamlNode& root, Profile& out) {
    const std::string text = TRY(read_text(root, "zone"));
    if (text.empty()) return true;
    Result<Zone> zone = parse_zone(text);
    if (!zone) return wrong(line_of(root, "zone"), "`zone` must be UTC, Asia/Tokyo or like +09:00");
    out.zone = std::move(*zone);
    return true;
}

/// A name of two hosts would join what is not one.
Read<bool> check_names(const ProfileHost& host, std::map<std::string, std::uint32_t>& seen) {
    std::vector<std::string> names = host.aliases;
    names.push_back(host.name);
    for (const std::string& name : names)
        if (const auto [at, is_new] = seen.emplace(fold(name), host.line); !is_new)
            return wrong(host.line, quoted(name) + " names two hosts");
    return true;
}

Read<bool> read_hosts(const YamlNode& root, Profile& out) {
    std::map<std::string, std::uint32_t> seen;
    for (const YamlNode& item : TRY(read_list(root, "hosts"))) {
        TRY_VOID(check_keys(item, "hosts", host_keys));
        ProfileHost host;
        host.line = item.line;
        host.name = TRY(read_needed_text(item, "name"));
        host.aliases = TRY(read_texts(item, "aliases"));
        host.closed = TRY(read_flag(item, "closed"));
        if (const std::string role = TRY(read_text(item, "role")); !role.empty()) {
            const std::optional<findings::HostRole> known = findings::parse_host_role(role);
            if (!known)
                return wrong(line_of(item, "role"),
                             "`role` must be domain_controller, server, administrator, client or "
                             "instrument");
            host.role = *known;
        }
        TRY_VOID(check_names(host, seen));
        out.hosts.push_back(std::move(host));
    }
    return true;
}

Read<bool> read_accounts(const YamlNode& root, Profile& out) {
    for (const YamlNode& item : TRY(read_list(root, "accounts"))) {
        TRY_VOID(check_keys(item, "accounts", account_keys));
        ProfileAccount account;
        account.line = item.line;
        account.name = TRY(read_needed_text(item, "name"));
        const std::string kind = TRY(read_needed_text(item, "kind"));
        const std::optional<findings::AccountRole> known = findings::parse_account_role(kind);
        if (!known)
            return wrong(line_of(item, "kind"),
                         "`kind` must be person, administrator, service, emergency or shared");
        account.kind = *known;
        out.accounts.push_back(std::move(account));
    }
    return true;
}

/// `Field: value` or `Field|contains: value`, as a text or as a map of one key.
Read<FieldCondition> read_field(const YamlNode& item) {
    FieldCondition out;
    const YamlNode* const node = item.find("field");
    if (node == nullptr || node->is_null()) return out;
    const auto refused = [&] {
        return wrong(node->line, "`field` must be like ServiceName: AnyDesk");
    };
    std::string name;
    if (node->is_scalar()) {
        const std::size_t colon = node->text.find(':');
        if (colon == node->text.npos) return refused();
        name = node->text.substr(0, colon);
        out.value = node->text.substr(
            std::min(node->text.find_first_not_of(' ', colon + 1), node->text.size()));
    } else {
        if (node->entries.size() != 1 || !node->entries.front().value.is_scalar()) return refused();
        name = node->entries.front().key;
        out.value = node->entries.front().value.text;
    }
    const std::size_t bar = name.find('|');
    out.contains = bar != name.npos;
    if (out.contains && string_view(name).substr(bar) != "|contains")
        return wrong(node->line, "`field` knows no modifier but contains");
    out.field = name.substr(0, bar);
    if (out.field.empty() || out.value.empty()) return refused();
    return out;
}

/// The end of the day that is named.
Read<std::optional<Time>> read_until(const YamlNode& item, const Zone& zone) {
    constexpr std::size_t date_size = 10;
    if (const std::string text = TRY(read_text(item, "until")); text.size() > date_size)
        return wrong(line_of(item, "until"), "`until` must be a date like 2026-01-31");
    std::optional<Time> until = TRY(read_time(item, "until", zone));
    if (until) until->ticks += Time::per_day;
    return until;
}

Read<bool> read_sanctioned(const YamlNode& root, const Zone& zone, Profile& out) {
    for (const YamlNode& item : TRY(read_list(root, "sanctioned"))) {
        TRY_VOID(check_keys(item, "sanctioned", sanction_keys));
        Sanction sanction;
        sanction.line = item.line;
        sanction.rule = TRY(read_needed_text(item, "rule"));
        sanction.host = TRY(read_text(item, "host"));
        sanction.account = TRY(read_text(item, "account"));
        sanction.field = TRY(read_field(item));
        sanction.reason = TRY(read_needed_text(item, "reason"));
        sanction.until = TRY(read_until(item, zone));
        out.sanctioned.push_back(std::move(sanction));
    }
    return true;
}

Read<Profile> read_root(const YamlNode& root, const Zone& zone) {
    Profile out;
    TRY_VOID(check_keys(root, "profile", profile_keys));
    TRY_VOID(read_version(root));
    TRY_VOID(read_organisation(root, out));
    TRY_VOID(read_zone(root, out));
    const Zone& used = out.zone ? *out.zone : zone;
    out.asked_since = TRY(read_time(root, "asked_since", used));
    TRY_VOID(read_hosts(root, out));
    TRY_VOID(read_accounts(root, out));
    TRY_VOID(read_sanctioned(root, used, out));
    out.calendar = TRY(read_calendar(root));
    return out;
}

}  // namespace

std::expected<Profile, LineProblem> read_profile(string_view yaml, const Zone& zone) {
    const std::vector<sigma::YamlDocument> documents = sigma::read_yaml(yaml);
    if (documents.empty()) return wrong(1, "the profile is empty");
    const sigma::YamlDocument& first = documents.front();
    if (first.error) return wrong(first.error->line, first.error->message);
    if (documents.size() > 1) return wrong(documents[1].line, "a profile is one document");
    return read_root(first.root, zone);
}

}  // namespace konseki::detect
