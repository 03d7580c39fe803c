#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "konseki/detect/advice.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/verdict_rules.h"

namespace konseki::kit {

/// A file that is part of the program.
struct BuiltInFile {
    std::string_view name, text;
};

/// Our own rules: rules/own without the tests beside them, ordered by name.
std::span<const BuiltInFile> built_in_rules();

/// rules/windows-logsources.yml.
std::string_view built_in_log_sources();
/// rules/advice/next.yml and do_not.yml.
std::string_view built_in_next_advice();
std::string_view built_in_do_not_advice();
/// Both, read.
detect::Advice built_in_advice();

/// rules/verdict.yml and rules/trusted.yml.
std::string_view built_in_verdict();
std::string_view built_in_trusted();
/// Both, read.
findings::VerdictRules built_in_verdict_rules();

/// messages/{ja,en}/guide: a page for each size of organisation, and a commented profile.
std::string_view built_in_guide_ja_none();
std::string_view built_in_guide_ja_one();
std::string_view built_in_guide_ja_sme();
std::string_view built_in_guide_ja_csirt();
std::string_view built_in_guide_en_none();
std::string_view built_in_guide_en_one();
std::string_view built_in_guide_en_sme();
std::string_view built_in_guide_en_csirt();
std::string_view built_in_profile_ja();
std::string_view built_in_profile_en();
/// rules/guide/collect.cmd, its sentences as `@name@`.
std::string_view built_in_collect_script();

/// The origin of built-in rules in outputs.
inline constexpr std::string_view built_in_origin = "konseki";
/// The same as files of a rule set.
std::vector<detect::RuleFile> built_in_rule_files();

}  // namespace konseki::kit
