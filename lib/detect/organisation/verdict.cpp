#include <array>
#include <utility>

#include "konseki/detect/organisation.h"
#include "organisation/profile_values.h"

namespace konseki::detect {
namespace {

using findings::VerdictRules;
using sigma::YamlNode;
using std::string_view;

constexpr std::array<std::pair<string_view, std::uint32_t VerdictRules::*>, 4> numbers = {{
    {"critical_for_signs", &VerdictRules::critical_for_signs},
    {"high_tactics_for_signs", &VerdictRules::high_tactics_for_signs},
    {"high_for_look", &VerdictRules::high_for_look},
    {"medium_tactics_for_look", &VerdictRules::medium_tactics_for_look},
}};
constexpr std::array<string_view, 6> known_keys = {"critical_for_signs",
                                                   "high_tactics_for_signs",
                                                   "high_for_look",
                                                   "medium_tactics_for_look",
                                                   "minimum",
                                                   "trusted"};
/// Past it a number means "never".
constexpr std::int64_t max_number = 1'000'000;

Read<VerdictRules> read(const YamlNode& root, VerdictRules rules) {
    TRY_VOID(check_keys(root, "verdict", known_keys));
    for (const auto& [key, member] : numbers) {
        const YamlNode* const node = root.find(key);
        if (node == nullptr) continue;
        const std::optional<std::int64_t> number = node->as_integer();
        if (!number || *number < 1 || *number > max_number)
            return wrong(node->line, quoted(key) + " must be a number from 1 on");
        rules.*member = static_cast<std::uint32_t>(*number);
    }
    if (root.find("minimum") != nullptr) {
        rules.minimum = TRY(read_texts(root, "minimum"));
        if (rules.minimum.empty())
            return wrong(line_of(root, "minimum"), "`minimum` must name a log");
    }
    if (root.find("trusted") != nullptr) {
        rules.trusted.clear();
        for (std::string& id : TRY(read_texts(root, "trusted")))
            rules.trusted.insert(std::move(id));
    }
    return rules;
}

}  // namespace

std::expected<VerdictRules, LineProblem> read_verdict_rules(string_view yaml, VerdictRules rules) {
    const std::vector<sigma::YamlDocument> documents = sigma::read_yaml(yaml);
    if (documents.size() != 1) return wrong(1, "the file must hold one document");
    const sigma::YamlDocument& document = documents.front();
    if (document.error) return wrong(document.error->line, document.error->message);
    return read(document.root, std::move(rules));
}

}  // namespace konseki::detect
