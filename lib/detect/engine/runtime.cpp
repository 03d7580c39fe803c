#include "engine/runtime.h"

#include <algorithm>

#include "engine/pattern.h"

namespace konseki::detect {

ListMatcher::ListMatcher(const Flat& flat, const FlatNode& node, const Rarity& rarity) {
    for (const FlatNode& child : Flat::part(flat.nodes, node.children)) {
        const FlatTest& test = flat.tests[child.test];
        const std::string_view literal = flat.text(test.literal);
        all_beyond_ = all_beyond_ && test.beyond_ascii != 0;
        if (literal.size() < gram_bytes)
            (test.beyond_ascii != 0 ? beyond_rest_ : rest_).push_back(child.test);
        else
            filter_.add(literal, rarity.rarest(literal), child.test);
    }
    filter_.build();
}

/// Asks for every pattern whose literal stands in the text, until one says true.
template <class Matches>
bool ListMatcher::visit(std::string_view folded, bool is_ascii, Matches&& matches) const {
    if (is_ascii && all_beyond_) return false;
    return filter_.scan(folded, matches) || std::any_of(rest_.begin(), rest_.end(), matches) ||
           (!is_ascii && std::any_of(beyond_rest_.begin(), beyond_rest_.end(), matches));
}

bool ListMatcher::match(const Flat& flat, std::string_view folded, bool is_ascii,
                        std::vector<std::uint32_t>& marks, std::uint32_t epoch) const {
    return visit(folded, is_ascii, [&](std::uint32_t test) {
        // A text that repeats a literal must not repeat the whole comparison.
        if (marks[test] == epoch) return false;
        marks[test] = epoch;
        return match_pattern(flat, flat.tests[test], folded);
    });
}

void ListMatcher::match_all(const Flat& flat, std::string_view folded, bool is_ascii,
                            std::vector<std::uint32_t>& marks, std::uint32_t epoch,
                            std::vector<std::uint32_t>& out) const {
    visit(folded, is_ascii, [&](std::uint32_t test) {
        if (marks[test] != epoch && match_pattern(flat, flat.tests[test], folded))
            out.push_back(test);
        marks[test] = epoch;
        return false;
    });
}

Runtime::Runtime(const Flat& flat) : flat_(flat), grams_(flat.tests.size()) {
    for (const FlatTest& test : flat.tests) rarity_.learn(flat.text(test.literal));
    for (std::uint32_t i = 0; i < flat.tests.size(); ++i)
        if (flat.test_kind(i) == sigma::Test::Kind::regex)
            regexes_.emplace(i, Regex(flat.text(flat.tests[i].written), flat.tests[i].flags));
}
Runtime::~Runtime() = default;

std::size_t Runtime::rarest_gram(std::uint32_t test) const {
    std::atomic<std::uint32_t>& known = grams_[test];
    std::uint32_t gram = known.load(std::memory_order_relaxed);
    if (gram == 0) {
        gram =
            1 + static_cast<std::uint32_t>(rarity_.rarest(flat_.text(flat_.tests[test].literal)));
        known.store(gram, std::memory_order_relaxed);
    }
    return gram - 1;
}

const ListMatcher& Runtime::list(std::uint32_t node) const {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<ListMatcher>& slot = lists_[node];
    if (!slot) slot = std::make_unique<ListMatcher>(flat_, flat_.nodes[node], rarity_);
    return *slot;
}

const KeywordScan& Runtime::keywords(std::vector<std::string_view> keywords) const {
    const std::lock_guard lock(mutex_);
    const auto found = keywords_.find(keywords);
    if (found != keywords_.end()) return found->second;
    KeywordScan scan;
    for (const std::string_view keyword : keywords) scan.add(keyword);
    scan.build();
    return keywords_.emplace(std::move(keywords), std::move(scan)).first->second;
}

}  // namespace konseki::detect
