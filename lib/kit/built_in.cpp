#include "built_in.h"

#include "konseki/base/result.h"
#include "konseki/detect/organisation.h"

namespace konseki::kit {

std::vector<detect::RuleFile> built_in_rule_files() {
    std::vector<detect::RuleFile> files;
    for (const BuiltInFile& file : built_in_rules())
        files.push_back(
            {std::string(built_in_origin), std::string(file.name), std::string(file.text)});
    return files;
}

detect::Advice built_in_advice() {
    detect::Advice all;
    for (const std::string_view text : {built_in_next_advice(), built_in_do_not_advice()}) {
        Result<detect::Advice> advice = detect::read_advice(text);
        require(advice.has_value(), "the built-in advice is no advice");
        all.merge(*advice);
    }
    return all;
}

findings::VerdictRules built_in_verdict_rules() {
    findings::VerdictRules rules;
    for (const std::string_view text : {built_in_verdict(), built_in_trusted()}) {
        auto read = detect::read_verdict_rules(text, std::move(rules));
        require(read.has_value(), "the built-in rules of a verdict are none");
        rules = std::move(*read);
    }
    return rules;
}

}  // namespace konseki::kit
