#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/evidence/walk.h"
#include "konseki/findings/collection.h"
#include "konseki/findings/examination.h"
#include "konseki/findings/host_names.h"
#include "konseki/findings/profile.h"
#include "konseki/findings/rule.h"
#include "konseki/findings/verdict_rules.h"
#include "talk.h"

namespace konseki::kit {

/// What the organisation, and whoever collected the evidence, say.
struct Organisation {
    findings::Profile profile;
    std::vector<findings::CollectionCommand> commands;
    findings::VerdictRules verdict;
};

/// Reads the profile, where one is given. Fails with a usage error that names file and line.
Result<findings::Profile> load_profile(const CheckOptions& options, const Environment& environment,
                                       const Talk& talk);

/// The built-in rules of a verdict, with those of --verdict in their place. Fails as load_profile does.
Result<findings::VerdictRules> load_verdict_rules(const CheckOptions& options, const Talk& talk);

/// Other names of hosts, folded, to the name that the profile gives, folded.
std::map<std::string, std::string> aliases_of(const findings::Profile& profile);

/// Says which sanctions name no rule that is there: perhaps mistyped, and then nothing is set aside.
void warn_of_idle_sanctions(const findings::Profile& profile,
                            const std::vector<findings::RuleInfo>& rules,
                            const CheckOptions& options, const Talk& talk);

/// Says once where a host is named without its domain and several that have records begin with that name: it then
/// means none of them. `marked`: hosts that marks name.
void warn_of_unclear_hosts(const Organisation& organisation,
                           const std::vector<std::string_view>& marked,
                           const findings::HostNames& names,
                           const findings::Examination& examination, const Talk& talk);

/// Reads collection.json from the root of each input folder, never from below it, nor from what looks like a Windows
/// volume, where it may be a file of the host itself; and what --collection names. Says on standard error which lines are of no use. Fails where a file
/// that was named cannot be read.
Result<std::vector<findings::CollectionCommand>> load_collection(
    const CheckOptions& options, const std::vector<evidence::Item>& items, const Talk& talk);

}  // namespace konseki::kit
