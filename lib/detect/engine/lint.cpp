#include "konseki/detect/lint.h"

#include <algorithm>
#include <chrono>

#include "engine/body.h"
#include "engine/program.h"
#include "engine/typical_text.h"

namespace konseki::detect {
namespace {

/// One text of this size and so many runs: long enough to measure, short for the slowest expression.
constexpr std::size_t text_bytes = 16 * 1024;
constexpr auto longest = std::chrono::milliseconds(5);

std::string ordinary_text() {
    std::string text;
    while (text.size() < text_bytes) text.append(typical_text);
    std::replace(text.begin(), text.end(), '\n', ' ');
    text.resize(text_bytes);
    // A cut character at the end would not be valid text.
    while (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80) text.pop_back();
    return text;
}

std::uint64_t time_on(const Regex& regex, std::string_view text) {
    using Clock = std::chrono::steady_clock;
    std::chrono::nanoseconds best = std::chrono::hours(1);
    const Clock::time_point start = Clock::now();
    // The first run compiles; the best of the others counts.
    (void)regex.search(text);
    for (int run = 0; run < 3 || Clock::now() - start < longest; ++run) {
        const Clock::time_point before = Clock::now();
        (void)regex.search(text);
        best = std::min(
            best, std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - before));
        if (run >= 200 || Clock::now() - start > 4 * longest) break;
    }
    return static_cast<std::uint64_t>(best.count()) * 1024 / std::max<std::size_t>(text.size(), 1);
}

template <class Each>
void each_regex(const Flat& flat, std::uint32_t root, Each each) {
    std::vector<std::uint32_t> open{root};
    while (!open.empty()) {
        const FlatNode& node = flat.nodes[open.back()];
        open.pop_back();
        if (node.kind == NodeKind::test && flat.test_kind(node.test) == sigma::Test::Kind::regex)
            each(node.test);
        for (std::uint32_t i = node.children.count; i > 0; --i)
            open.push_back(node.children.first + i - 1);
    }
}

}  // namespace

std::vector<RegexCost> time_regexes(const Rules& rules) {
    const Flat& flat = rules.body().flat;
    const std::string ordinary = ordinary_text(), alike(text_bytes, 'a');
    std::vector<RegexCost> out;
    for (std::uint32_t rule = 0; rule < flat.rules.size(); ++rule) {
        if (flat.rules[rule].root == no_index) continue;
        each_regex(flat, flat.rules[rule].root, [&](std::uint32_t test) {
            const Regex& regex = rules.body().runtime->regex(test);
            const std::vector<std::string>& required = regex.shape().required;
            const bool runs =
                std::none_of(required.begin(), required.end(),
                             [](const std::string& text) { return text.size() >= gram_bytes; });
            out.push_back({rule, std::string(flat.text(flat.tests[test].written)),
                           std::max(time_on(regex, ordinary), time_on(regex, alike)), runs});
        });
    }
    return out;
}

std::vector<std::uint32_t> rules_without_gate(const Rules& rules) {
    const Flat& flat = rules.body().flat;
    std::vector<std::uint32_t> out;
    for (std::uint32_t rule = 0; rule < flat.rules.size(); ++rule) {
        const FlatRule& entry = flat.rules[rule];
        if (entry.root == no_index || entry.routes.count == 0) continue;
        ClassTraits traits;
        traits.candidates.push_back({rule, flat.refs[entry.routes.first]});
        const BuiltProgram built = build_program(flat, *rules.body().runtime, traits, nullptr);
        if ((built.program->ungated.front() & 1) != 0) out.push_back(rule);
    }
    return out;
}

}  // namespace konseki::detect
