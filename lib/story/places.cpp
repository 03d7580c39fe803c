#include "konseki/story/places.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

using findings::AccountKind;
using findings::Movement;
using findings::MovementKind;

/// Names that an address is remembered with: past two nothing is believed any more.
constexpr std::size_t max_callers = 3;
/// Full names remembered for a short one: past one it is ambiguous.
constexpr std::size_t max_full_names = 3;

std::optional<std::array<unsigned, 4>> parse_ipv4(std::string_view text) {
    std::array<unsigned, 4> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i > 0) {
            if (!text.starts_with('.')) return std::nullopt;
            text.remove_prefix(1);
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out[i]);
        if (error != std::errc() || out[i] > 255) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return text.empty() ? std::optional(out) : std::nullopt;
}

Nearness nearness_of(const std::array<unsigned, 4>& octets) {
    const auto [a, b, c, d] = octets;
    if (a == 127 || a == 0) return Nearness::loopback;
    if (a == 169 && b == 254) return Nearness::link_local;
    const bool is_private = a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168);
    const bool is_shared = a == 100 && b >= 64 && b < 128;  // RFC 6598: behind a provider's NAT
    return is_private || is_shared ? Nearness::inside : Nearness::outside;
}

bool is_ipv6_text(std::string_view text) {
    return std::ranges::count(text, ':') >= 2 &&
           text.find_first_not_of("0123456789abcdefABCDEF:.") == text.npos;
}

/// A name as others write it too: folded, without `\\` before it, a dot or the `$` of an account behind it.
std::string bare_name(std::string_view name) {
    while (name.starts_with('\\')) name.remove_prefix(1);
    while (name.ends_with('.') || name.ends_with('$')) name.remove_suffix(1);
    return fold(name);
}

std::string_view first_label(std::string_view name) { return name.substr(0, name.find('.')); }

/// The name in `DOMAIN\name$` or `name$@realm`.
std::string_view machine_of(std::string_view account) {
    account = account.substr(0, account.find('@'));
    return account.substr(account.rfind('\\') + 1);
}

/// Whether an address as text lies in a network; IPv4 stands mapped into IPv6 in both.
bool is_within(const findings::Network& network, std::string_view address) {
    std::array<std::uint8_t, 16> bytes{};
    const bool is_mapped = !address.contains(':');
    const std::string text = is_mapped ? "::ffff:" + std::string(address) : std::string(address);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return false;
    for (unsigned bit = 0; bit < network.prefix_bits && bit < 128; ++bit) {
        const unsigned mask = 0x80U >> bit % 8;
        if ((bytes[bit / 8] & mask) != (network.address[bit / 8] & mask)) return false;
    }
    return true;
}

/// The /64 of an IPv6 address, whose hosts change the rest by themselves; an IPv4 address alone.
std::string network_of(std::string_view address) {
    std::array<std::uint8_t, 16> bytes{};
    const std::string text(address);
    const bool is_ipv6 = inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
    // All of IPv4 within IPv6 lies in one /64.
    if (!is_ipv6 ||
        std::ranges::all_of(bytes | std::views::take(8), [](auto byte) { return byte == 0; }))
        return text;
    return "/64 " + std::string(bytes.begin(), bytes.begin() + 8);
}

/// What only an account that knows its password leaves behind.
bool is_proven(MovementKind kind) {
    return kind == MovementKind::network || kind == MovementKind::ticket ||
           kind == MovementKind::first_ticket;
}

/// What a host records of going from it to another; an address there is that of somebody else.
bool tells_of_itself(MovementKind kind) {
    return kind == MovementKind::other_account || kind == MovementKind::desktop_client ||
           kind == MovementKind::share_client;
}

}  // namespace

Nearness nearness_of(std::string_view address) {
    if (const auto octets = parse_ipv4(address)) return nearness_of(*octets);
    if (!is_ipv6_text(address)) return Nearness::none;
    constexpr std::string_view mapped = "::ffff:";
    if (fold(address).starts_with(mapped))
        if (const auto octets = parse_ipv4(address.substr(mapped.size())))
            return nearness_of(*octets);
    if (address == "::1" || address == "::") return Nearness::loopback;
    unsigned first = 0;
    const std::string_view group = address.substr(0, address.find(':'));
    std::from_chars(group.data(), group.data() + group.size(), first, 16);
    if ((first & 0xffc0U) == 0xfe80U) return Nearness::link_local;
    return (first & 0xfe00U) == 0xfc00U ? Nearness::inside : Nearness::outside;
}

Places::Places(const findings::Examination& examination, const Premises& premises)
    : networks_(premises.networks) {
    for (const findings::HostInfo& host : examination.hosts) {
        learn_names(host.name);
        const std::string bare = bare_name(host.name);
        domains_.push_back(bare.contains('.') ? bare.substr(bare.find('.')) : std::string());
    }
    for (const Movement& movement : examination.movements) {
        learn_names(movement.from);
        learn_names(movement.to);
    }
    learn_aliases(premises.hosts);
    for (const findings::HostInfo& host : examination.hosts) {
        const auto index = static_cast<std::uint32_t>(of_host_.size());
        const Id id = place_of_key(key_of(host.name), host.name);
        // Where two hosts of the evidence go by one name, the name means the first.
        if (!places_[id].host) places_[id].host = index;
        of_host_.push_back(id);
    }
    for (const Movement& movement : examination.movements) learn_address(movement);
    ends_.reserve(examination.movements.size());
    for (const Movement& movement : examination.movements) {
        const std::optional<Id> from = from_of(movement);
        const std::optional<Id> to = movement.is_arrival()
                                         ? of_host_[movement.host]
                                         : place_of(in_domain(movement.to, movement.host));
        const bool from_outside = !tells_of_itself(movement.kind) &&
                                  nearness_in_organisation(movement.address) == Nearness::outside;
        ends_.push_back({from, to, from_outside, is_claimed(movement, from)});
    }
}

void Places::learn_names(std::string_view name) {
    const std::string bare = bare_name(name);
    if (bare.empty() || nearness_of(bare) != Nearness::none || !bare.contains('.')) return;
    std::set<std::string>& full = full_names_[std::string(first_label(bare))];
    if (full.size() < max_full_names) full.insert(bare);
}

Nearness Places::nearness_in_organisation(std::string_view address) const {
    const Nearness nearness = nearness_of(address);
    if (nearness != Nearness::outside) return nearness;
    if (own_.contains(network_of(address)) || aliases_.contains(address)) return Nearness::inside;
    const bool is_own = std::ranges::any_of(
        networks_, [&](const findings::Network& network) { return is_within(network, address); });
    return is_own ? Nearness::inside : nearness;
}

bool Places::is_vpn(std::string_view address) const {
    return std::ranges::any_of(networks_, [&](const findings::Network& network) {
        return network.is_vpn && is_within(network, address);
    });
}

std::string Places::in_domain(std::string_view name, std::uint32_t host) const {
    const std::string bare = bare_name(name);
    const auto full = full_names_.find(bare);
    if (full == full_names_.end() || full->second.size() < 2) return std::string(name);
    const std::string near = bare + domains_[host];
    return full->second.contains(near) ? near : std::string(name);
}

/// An alias may be an address. Aliases of aliases are none: each stands for the host that it is named with.
void Places::learn_aliases(const std::vector<findings::ProfileHost>& hosts) {
    for (const findings::ProfileHost& host : hosts) {
        const std::string key = written_key(host.name);
        described_[key] = host;
        for (const std::string& alias : host.aliases) {
            const bool is_address = nearness_of(alias) != Nearness::none;
            const std::string other = is_address ? alias : key_of(alias);
            if (other != key) aliases_.emplace(other, key);
        }
    }
}

/// The first label alone, except where two hosts share it; the host that it is an alias of.
std::string Places::key_of(std::string_view name) const {
    std::string bare = bare_name(name);
    const std::string_view label = first_label(bare);
    const auto full = full_names_.find(label);
    const bool is_shared = full != full_names_.end() && full->second.size() > 1;
    std::string key = is_shared ? bare : std::string(label);
    const auto alias = aliases_.find(key);
    return alias == aliases_.end() ? key : alias->second;
}

/// Only from machine accounts that logged on: a workstation name and the account of a failed logon are what the
/// caller says of itself, and must not hide its address.
void Places::learn_address(const Movement& movement) {
    if (movement.account_kind != AccountKind::machine || !is_proven(movement.kind)) return;
    const Nearness nearness = nearness_of(movement.address);
    if (nearness != Nearness::inside && nearness != Nearness::outside) return;
    const std::string_view machine = machine_of(movement.account);
    const std::string key =
        written_key(in_domain(machine.substr(0, machine.find('$')), movement.host));
    const auto place = by_key_.find(key);
    const bool is_read = place != by_key_.end() && places_[place->second].host;
    if (is_read && nearness == Nearness::outside) own_.insert(network_of(movement.address));
    std::set<std::string>& machines = callers_[movement.address];
    if (machines.size() < max_callers) machines.insert(key);
}

std::string Places::written_key(std::string_view name) {
    std::string key = key_of(name);
    written_.emplace(key, name);
    return key;
}

std::optional<std::string> Places::called(const std::string& address) const {
    if (const auto alias = aliases_.find(address); alias != aliases_.end()) return alias->second;
    // An address of VPN is that of another host tomorrow.
    if (is_vpn(address)) return std::nullopt;
    const auto found = callers_.find(address);
    if (found == callers_.end()) return std::nullopt;
    const std::set<std::string>& names = found->second;
    if (names.size() != 1 || names.begin()->empty()) return std::nullopt;
    return *names.begin();
}

Places::Id Places::place_of_key(const std::string& key, std::string_view written) {
    const auto [at, is_new] = by_key_.emplace(key, static_cast<Id>(places_.size()));
    if (!is_new) return at->second;
    Place& place = places_.emplace_back();
    place.name = written;
    if (const auto said = described_.find(key); said != described_.end()) {
        place.role = said->second.role;
        place.closed = said->second.closed;
    }
    return at->second;
}

std::optional<Places::Id> Places::place_of(std::string_view name) {
    const std::string bare = bare_name(name);
    if (bare.empty() || bare == "-" || bare == "localhost") return std::nullopt;
    if (nearness_of(bare) != Nearness::none) return place_of_address(bare);
    while (name.starts_with('\\')) name.remove_prefix(1);
    if (name.ends_with('$')) name.remove_suffix(1);
    return place_of_key(key_of(name), name);
}

std::optional<Places::Id> Places::place_of_address(std::string_view address) {
    const std::string text(address);
    const Nearness nearness = nearness_in_organisation(address);
    if (nearness == Nearness::none || nearness == Nearness::link_local) return std::nullopt;
    if (const std::optional<std::string> name = called(text))
        return place_of_key(*name, written_.find(*name)->second);
    // `::1`, `::` and 127.0.0.1 are the same way in.
    const Id id = place_of_key(nearness == Nearness::loopback ? "(loopback)" : text, text);
    places_[id].nearness = nearness;
    places_[id].is_vpn = is_vpn(address);
    return id;
}

/// A logon by remote desktop names the host that recorded it, which claims nothing.
bool Places::is_claimed(const Movement& movement, std::optional<Id> from) const {
    if (!from || movement.from.empty() || nearness_of(movement.from) != Nearness::none)
        return false;
    const Nearness nearness = places_[*from].nearness;
    if (nearness != Nearness::inside && nearness != Nearness::outside) return false;
    return key_of(in_domain(movement.from, movement.host)) !=
           key_of(places_[of_host_[movement.host]].name);
}

std::optional<Places::Id> Places::from_of(const Movement& movement) {
    if (tells_of_itself(movement.kind)) return of_host_[movement.host];
    const std::optional<Id> by_name = place_of(in_domain(movement.from, movement.host));
    const bool names_itself = by_name == of_host_[movement.host];
    if (movement.address.empty()) return by_name;
    const Nearness nearness = nearness_in_organisation(movement.address);
    const bool is_loopback = nearness == Nearness::loopback;
    if (is_loopback && movement.kind != MovementKind::remote_desktop) return std::nullopt;
    // The name that came with an address is what the caller calls itself; it counts where there is nothing else.
    if (const std::optional<Id> by_address = place_of_address(movement.address)) return by_address;
    return names_itself ? std::nullopt : by_name;
}

}  // namespace konseki::story
