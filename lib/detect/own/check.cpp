#include "konseki/detect/check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/field_text.h"
#include "konseki/base/text.h"
#include "konseki/base/time.h"
#include "konseki/findings/span.h"

namespace konseki::detect {
namespace {

using findings::OwnCheck;

/// Longer is no name of a service, and edits cost the product of both lengths.
constexpr std::size_t max_word_bytes = 256;

/// A name that is one of the words is no imitation, and short ones are near to anything.
bool is_near(std::string_view text, const std::vector<std::string>& words, std::size_t edits) {
    const std::string folded = fold(text);
    if (folded.size() > max_word_bytes || folded.size() <= 2 * edits) return false;
    bool found = false;
    for (const std::string& word : words) {
        if (word == folded) return false;
        const std::size_t longer = std::max(word.size(), folded.size());
        const std::size_t shorter = std::min(word.size(), folded.size());
        if (shorter <= 2 * edits || longer - shorter > edits) continue;
        found = found || edits_between(word, folded) <= edits;
    }
    return found;
}

bool is_apart(std::string_view a, std::string_view b, std::uint32_t minutes) {
    const Result<Time> one = parse_time(a, Zone{}), other = parse_time(b, Zone{});
    if (!one || !other) return false;
    const Time earlier = std::min(*one, *other), later = std::max(*one, *other);
    return later.ticks - earlier.ticks > std::int64_t{minutes} * 60 * Time::per_second;
}

}  // namespace

struct HitCheck::State {
    struct Prepared {
        OwnCheck check;
        std::vector<std::uint32_t> names;
    };
    State(const Engine& engine, const findings::WorkDays& calendar)
        : fields(engine), days(calendar), rules(engine.rules().info().size()) {
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            const auto& own = engine.rules().info()[rule].own;
            if (!own || !own->check) continue;
            rules[rule] = Prepared{*own->check, {}};
            for (std::string& word : rules[rule]->check.words) word = fold(word);
            for (const std::string& field : own->check->fields)
                rules[rule]->names.push_back(fields.find(field));
        }
    }

    /// The text of a field as the rule sees it; it outlives asking for another.
    std::string text(const Hit& hit, std::uint32_t name) {
        return std::string(fields.text(hit, name).value_or(""));
    }

    bool passes(const Hit& hit, const Prepared& asked) {
        if (asked.check.kind == OwnCheck::Kind::off_hours) {
            const Time time = batch->records[hit.record].time;
            return findings::is_sound(time) && days.at(time) != findings::WorkTime::working;
        }
        if (asked.names.empty()) return true;
        const std::string first = text(hit, asked.names.front());
        if (asked.check.kind == OwnCheck::Kind::near)
            return is_near(first, asked.check.words, asked.check.limit);
        return is_apart(first, text(hit, asked.names.back()), asked.check.limit);
    }

    FieldReader fields;
    const findings::WorkDays& days;
    const records::Batch* batch = nullptr;
    std::vector<std::optional<Prepared>> rules;
};

bool needs_calendar(const findings::RuleInfo& rule) {
    return rule.own && rule.own->check && rule.own->check->kind == OwnCheck::Kind::off_hours;
}

HitCheck::HitCheck(const Engine& engine, const findings::WorkDays& days)
    : state_(std::make_unique<State>(engine, days)) {}
HitCheck::~HitCheck() = default;
void HitCheck::begin(const records::Batch& batch) {
    state_->fields.begin(batch);
    state_->batch = &batch;
}

bool HitCheck::passes(const Hit& hit) {
    const auto& asked = state_->rules[hit.rule];
    return !asked || state_->passes(hit, *asked);
}

}  // namespace konseki::detect
