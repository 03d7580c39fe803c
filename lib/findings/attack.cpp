#include "konseki/findings/attack.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace konseki::findings {
namespace {

struct Renamed {
    std::string_view v18, v19;
};
/// Where several ids of one version became one of the other, the first line is the way back.
constexpr std::array<Renamed, 11> renamed = {{
    {"T1562.001", "T1685"},
    {"T1562", "T1685"},
    {"T1562.006", "T1685"},
    {"T1562.002", "T1685.001"},
    {"T1562.004", "T1686.003"},
    {"T1562.007", "T1686.001"},
    {"T1562.008", "T1685.002"},
    {"T1562.010", "T1689"},
    {"T1562.012", "T1685.004"},
    {"T1070.001", "T1685.005"},
    {"T1070.002", "T1685.006"},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, is_digit);
}

/// `t1543` or `t1543.003`.
bool is_technique(std::string_view name) {
    if (name.size() < 5 || (name[0] != 't' && name[0] != 'T')) return false;
    if (!all_digits(name.substr(1, 4), 4)) return false;
    return name.size() == 5 || (name[5] == '.' && all_digits(name.substr(6), 3));
}

/// The part behind `attack.`, or nothing.
std::string_view attack_name(std::string_view tag) {
    constexpr std::string_view space = "attack.";
    return tag.starts_with(space) ? tag.substr(space.size()) : std::string_view{};
}

void sort_once(std::vector<std::string>& names) {
    std::ranges::sort(names);
    const auto repeats = std::ranges::unique(names);
    names.erase(repeats.begin(), repeats.end());
}

}  // namespace

std::vector<std::string> attack_techniques(const std::vector<std::string>& tags) {
    std::vector<std::string> ids;
    for (const std::string& tag : tags) {
        const std::string_view name = attack_name(tag);
        if (is_technique(name)) ids.push_back("T" + std::string(name.substr(1)));
    }
    sort_once(ids);
    return ids;
}

std::vector<std::string> attack_tactics(const std::vector<std::string>& tags) {
    std::vector<std::string> tactics;
    for (const std::string& tag : tags) {
        std::string name(attack_name(tag));
        if (name.empty() || std::ranges::any_of(name, is_digit)) continue;
        std::ranges::replace(name, '_', '-');
        tactics.push_back(std::move(name));
    }
    sort_once(tactics);
    return tactics;
}

std::string_view technique_in(AttackVersion version, std::string_view id) {
    // T1686 (disable or modify system firewall) is the parent of what was T1562.004 alone.
    if (version == AttackVersion::v18 && id == "T1686") return "T1562.004";
    for (const Renamed& pair : renamed) {
        if (version == AttackVersion::v19 && pair.v18 == id) return pair.v19;
        if (version == AttackVersion::v18 && pair.v19 == id) return pair.v18;
    }
    return id;
}

std::string_view tactic_in(AttackVersion version, std::string_view tactic) {
    if (version == AttackVersion::v19 && tactic == "defense-evasion") return "stealth";
    if (version == AttackVersion::v18 && (tactic == "stealth" || tactic == "defense-impairment"))
        return "defense-evasion";
    return tactic;
}

}  // namespace konseki::findings
