#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::findings {

/// Versions of MITRE ATT&CK that the known rules are tagged with. Version 19 parted the tactic defense
/// evasion into stealth and defense impairment, and gave some techniques other numbers.
enum class AttackVersion : std::uint8_t { v18, v19 };

/// Technique ids in Sigma tags (`attack.t1543.003` → `T1543.003`), as written, sorted, each once.
std::vector<std::string> attack_techniques(const std::vector<std::string>& tags);

/// Tactics in Sigma tags with `-` between words (Sigma 1 wrote `attack.defense_evasion`), sorted, each
/// once. Groups (`g0007`), software (`s0002`) and the like are no tactics.
std::vector<std::string> attack_tactics(const std::vector<std::string>& tags);

/// The id that a technique has in a version of ATT&CK; the same where the versions agree. Version 19
/// joined some techniques: back from those the commonest is given. Source: SigmaHQ/sigma commit
/// 34c5d66c2 (2026-04-29), which moved its rules from version 18 to 19.
std::string_view technique_in(AttackVersion version, std::string_view id);
/// The same for a tactic. `defense-evasion` becomes `stealth` in version 19, its greater part.
std::string_view tactic_in(AttackVersion version, std::string_view tactic);

}  // namespace konseki::findings
