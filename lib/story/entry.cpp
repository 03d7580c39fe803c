#include "konseki/story/entry.h"

#include <algorithm>
#include <tuple>

namespace konseki::story {
namespace {

using findings::Level;
using findings::RuleInfo;
using findings::RuleState;

/// What tells of an entry: rules of our own by the number in their short id, and ATT&CK techniques, whose
/// sub-techniques count too. An unknown entry has none.
struct Signature {
    Entry entry{};
    std::array<std::string_view, 8> rules = {};
    std::array<std::string_view, 4> techniques = {};
    std::array<std::optional<Unchecked>, 4> not_checked = {};
};

using enum Unchecked;
// Techniques are those of ATT&CK's tactic initial access, and those whose tool is the entry itself.
constexpr std::array<Signature, entry_count> signatures{{
    {Entry::web_server,
     {"E128", "E129", "E130", "E131", "E132", "E133"},
     {"T1190", "T1505"},
     {web_log, device_log, disk}},
    {Entry::credentials,
     {"E085", "E086", "E090", "E091", "E098", "E099"},
     {"T1133", "T1110"},
     {vpn_log, device_log}},
    {Entry::mail,
     {"E050", "E051", "E052", "E055"},
     {"T1566", "T1204"},
     {Unchecked::mail, proxy_log, disk, people}},
    {Entry::supply_chain, {"E053"}, {"T1195"}, {supplier, proxy_log, disk}},
    {Entry::remote_tool, {"E007", "E057"}, {"T1219"}, {proxy_log, supplier, people}},
    {Entry::network_device, {}, {"T1200"}, {device_log, vpn_log}},
    {Entry::removable_media, {"E127"}, {"T1091", "T1052"}, {disk, people}},
    {Entry::partner, {}, {"T1199"}, {vpn_log, supplier, people}},
    {Entry::insider, {}, {}, {people}},
    {Entry::unknown, {}, {}, {proxy_log, device_log, disk, people}},
}};

/// `E003` of `E003a`.
std::string_view number_of(std::string_view short_id) {
    return short_id.substr(0, short_id.find_last_of("0123456789") + 1);
}

bool tells_of(const RuleInfo& rule, const Signature& signature) {
    const std::string_view number = rule.own ? number_of(rule.own->id) : std::string_view();
    if (!number.empty()) {
        if (std::ranges::find(signature.rules, number) != signature.rules.end()) return true;
        // A rule of our own says by its number what it is about; its techniques say how else it is used.
        return false;
    }
    return std::ranges::any_of(rule.attack, [&](std::string_view technique) {
        const std::string_view whole = technique.substr(0, technique.find('.'));
        return std::ranges::any_of(signature.techniques, [&](std::string_view one) {
            return !one.empty() && one == whole;
        });
    });
}

bool has(const Move& move, Unusual reason) {
    return std::ranges::find(move.unusual, reason) != move.unusual.end();
}

/// By VPN, from where everybody comes who works at home: only with a reason of its own.
bool is_odd_vpn(const Move& move, const Places& places) {
    return places.at(move.from).is_vpn &&
           (has(move, Unusual::guessed) || has(move, Unusual::finding_account) ||
            has(move, Unusual::emergency_account) || has(move, Unusual::service_account));
}

bool tells_of(const Move& move, const Places& places, Entry entry) {
    return entry == Entry::credentials &&
           (has(move, Unusual::outside_address) || has(move, Unusual::guessed) ||
            has(move, Unusual::tunnel) || is_odd_vpn(move, places));
}

/// At the beginning of what was found.
bool is_early(const findings::Span& span, const Since& since) {
    return span.first && span.first->ticks <= since.sure.first->ticks + Time::per_day;
}

/// Passwords are guessed inside too, where the intruder is already: only a logon from outside is an entry, by VPN or
/// without.
bool is_way_in(const Move& move, const Places& places, const Since& since) {
    const bool is_from_outside = has(move, Unusual::outside_address) || places.at(move.from).is_vpn;
    return is_from_outside && is_way(move.kind) && is_early(move.span, since) &&
           (has(move, Unusual::guessed) || has(move, Unusual::finding_account));
}

void add_findings(const findings::Examination& examination, const Story& story,
                  const Signature& signature, EntryHypothesis& out) {
    std::vector<bool> fired(examination.rules.size());
    for (const HostView& view : story.hosts)
        for (const Reason& reason : view.reasons) {
            if (!tells_of(examination.rules[reason.rule], signature)) continue;
            fired[reason.rule] = true;
            // Where nothing else was found, what a rule of low level saw is the ordinary day.
            if (view.verdict < Verdict::look || reason.level < Level::low) continue;
            out.found.push_back({reason.host, reason.rule, reason.level, reason.count, reason.span,
                                 reason.may_make_signs});
        }
    for (std::size_t rule = 0; rule < examination.rules.size(); ++rule)
        if (!fired[rule] && examination.outcomes[rule].state == RuleState::possible &&
            tells_of(examination.rules[rule], signature))
            ++out.silent_rules;
    std::ranges::stable_sort(out.found, {}, [](const EntryFinding& one) {
        return std::tuple(one.span.first, one.host, one.rule);
    });
}

EntryState state_of(const EntryHypothesis& hypothesis, const Since& since, const MoveTable& moves,
                    const Places& places) {
    if (hypothesis.found.empty() && hypothesis.moves.empty()) return EntryState::not_determinable;
    const bool is_found = std::ranges::any_of(hypothesis.found, [&](const EntryFinding& one) {
        return one.level >= Level::high && one.may_make_signs && is_early(one.span, since);
    });
    const bool is_supported = is_found && (hypothesis.entry != Entry::credentials ||
                                           std::ranges::any_of(moves.moves, [&](const Move& move) {
                                               return is_way_in(move, places, since);
                                           }));
    return is_supported ? EntryState::supported : EntryState::open;
}

}  // namespace

std::string_view name_of(Entry entry) {
    constexpr std::array<std::string_view, entry_count> names = {
        "web_server",     "credentials",     "mail",    "supply_chain", "remote_tool",
        "network_device", "removable_media", "partner", "insider",      "unknown"};
    return names[static_cast<std::size_t>(entry)];
}

std::string_view name_of(EntryState state) {
    constexpr std::array<std::string_view, 3> names = {"supported", "open", "not_determinable"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Unchecked kind) {
    constexpr std::array<std::string_view, unchecked_count> names = {
        "web_log", "proxy_log", "vpn_log", "mail", "device_log", "disk", "supplier", "people"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<EntryHypothesis> find_entries(const findings::Examination& examination,
                                          const Story& story, const std::optional<Since>& since,
                                          const MoveTable& moves, const Places& places) {
    std::vector<EntryHypothesis> out;
    if (!since) return out;
    for (const Signature& signature : signatures) {
        EntryHypothesis& one = out.emplace_back();
        one.entry = signature.entry;
        add_findings(examination, story, signature, one);
        for (std::size_t i = 0; i < moves.moves.size(); ++i)
            if (one.moves.size() < EntryHypothesis::max_kept &&
                tells_of(moves.moves[i], places, signature.entry))
                one.moves.push_back(i);
        one.state = state_of(one, *since, moves, places);
        if (one.found.size() > EntryHypothesis::max_kept)
            one.found.resize(EntryHypothesis::max_kept);
        for (const std::optional<Unchecked> kind : signature.not_checked)
            if (kind) one.not_checked.push_back(*kind);
    }
    std::ranges::stable_sort(out, {}, &EntryHypothesis::state);
    return out;
}

}  // namespace konseki::story
