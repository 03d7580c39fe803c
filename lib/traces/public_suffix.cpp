#include <algorithm>
#include <span>

#include "konseki/base/idna.h"
#include "konseki/traces/trace.h"
#include "public_suffix_table.h"

namespace konseki::traces {
namespace {

// The longest rules of the list have five labels; a name's labels further left cannot be part of a suffix.
constexpr std::size_t max_suffix_labels = 8;

/// The rows are sorted as `rule` + blank, so that is how a key is compared.
bool sorts_before(std::string_view a, std::string_view b) {
    const std::size_t common = std::min(a.size(), b.size());
    if (const int order = a.substr(0, common).compare(b.substr(0, common)); order != 0)
        return order < 0;
    if (a.size() == b.size()) return false;
    // The shorter one is followed by a blank, which is below every character of a rule.
    return a.size() < b.size();
}

std::string_view text_of(const SuffixRule& rule) { return rule.rule; }

const SuffixRule* find_rule(std::string_view key) {
    const std::span rules(suffix_rules, suffix_rule_count);
    const auto at = std::ranges::lower_bound(rules, key, sorts_before, text_of);
    return at != rules.end() && text_of(*at) == key ? &*at : nullptr;
}

/// The last `count` labels of a name.
std::string_view last_labels(std::string_view name, std::size_t count) {
    std::size_t at = name.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t dot = at == 0 ? std::string_view::npos : name.rfind('.', at - 1);
        if (dot == std::string_view::npos) return name;
        at = dot;
    }
    return name.substr(at + 1);
}

struct Suffix {
    std::size_t labels = 1;  ///< the list's default rule is `*`
    bool listed = false, shared = false;
};

/// The prevailing rule (publicsuffix.org, "Algorithm"): an exception, else the rule with most labels.
Suffix find_suffix(std::string_view name, std::size_t labels) {
    for (std::size_t count = std::min(labels, max_suffix_labels); count > 0; --count) {
        const std::string candidate(last_labels(name, count));
        if (const SuffixRule* rule = find_rule("!" + candidate))
            return {count - 1, true, rule->shared};
        if (const SuffixRule* rule = find_rule(candidate)) return {count, true, rule->shared};
        if (count < 2) continue;
        const std::string wild = "*." + std::string(last_labels(name, count - 1));
        if (const SuffixRule* rule = find_rule(wild)) return {count, true, rule->shared};
    }
    return {};
}

}  // namespace

RegisteredDomain registered_domain(std::string_view domain) {
    const std::string unicode = domain_to_unicode(domain);
    const std::size_t labels = 1 + static_cast<std::size_t>(std::ranges::count(unicode, '.'));
    const Suffix suffix = find_suffix(unicode, labels);
    RegisteredDomain out{.text = {}, .listed = suffix.listed, .shared_hosting = suffix.shared};
    if (labels > suffix.labels) out.text = last_labels(domain, suffix.labels + 1);
    return out;
}

}  // namespace konseki::traces
