#include "one_rule.h"

#include <algorithm>
#include <string_view>

#include "built_in.h"

namespace konseki::kit {
namespace {

/// A YAML scalar in single quotes (YAML 1.2, 7.3.2).
std::string yaml_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') out += '\'';
        out += c;
    }
    return out + '\'';
}

/// Numbers, booleans and null keep their meaning, everything else is text.
std::string scalar(std::string_view text) {
    const bool is_number =
        !text.empty() && text.size() < 19 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_number || text == "true" || text == "false" || text == "null") return std::string(text);
    return yaml_quoted(text);
}

/// Text in which no character is a wildcard (sigma-rules-specification, "Escaping").
std::string without_wildcards(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '*' || c == '?') out += '\\';
        out += c;
    }
    return out;
}

Result<detect::Rules> compile_one(std::string_view detection) {
    std::string text =
        "title: asked for on the command line\n"
        "id: 00000000-0000-4000-8000-000000000000\n"
        "logsource:\n  product: windows\n"
        "detection:\n";
    text += detection;
    const std::vector<detect::RuleFile> files{{"command line", "command line", std::move(text)}};
    detect::Rules rules = detect::Rules::compile(files, {built_in_log_sources(), {}});
    for (const findings::RuleProblem& problem : rules.problems())
        if (problem.is_unusable()) return fail(Error::usage(problem.reason));
    if (rules.info().empty()) return fail(Error::usage("this cannot be asked of records"));
    return rules;
}

}  // namespace

Result<detect::Rules> where_rule(const std::vector<std::string>& wheres) {
    std::string detection;
    for (std::size_t i = 0; i < wheres.size(); ++i) {
        const std::size_t equals = wheres[i].find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(Error::usage("--where '" + wheres[i] + "' is not Field|modifier=value"));
        detection += "  where" + std::to_string(i) + ":\n    " +
                     yaml_quoted(std::string_view(wheres[i]).substr(0, equals)) + ": " +
                     scalar(std::string_view(wheres[i]).substr(equals + 1)) + '\n';
    }
    return compile_one(detection + "  condition: all of where*\n");
}

Result<detect::Rules> text_rule(std::string_view text) {
    return compile_one("  keywords:\n    - " + yaml_quoted(without_wildcards(text)) +
                       "\n  condition: keywords\n");
}

Result<detect::Rules> regex_rule(std::string_view pattern) {
    return compile_one("  keywords:\n    '|re|i': " + yaml_quoted(pattern) +
                       "\n  condition: keywords\n");
}

}  // namespace konseki::kit
