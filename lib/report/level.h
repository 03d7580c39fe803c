#pragma once

#include <array>
#include <string_view>

#include "konseki/findings/rule.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/terminal.h"
#include "konseki/story/story.h"

namespace konseki::report {

/// The level's name for tables; a rule without one counts as medium.
inline std::string_view shown_level(const findings::RuleInfo& rule) {
    return findings::name_of(findings::sort_level(rule.level));
}

inline render::Tone tone_of(findings::Level level) {
    switch (level) {
        case findings::Level::critical: return render::Tone::critical;
        case findings::Level::high: return render::Tone::high;
        case findings::Level::medium: return render::Tone::medium;
        case findings::Level::low: return render::Tone::low;
        case findings::Level::informational: return render::Tone::faint;
    }
    return render::Tone::plain;
}

// Keys of the catalogue.
inline std::string_view level_key(findings::Level level) {
    constexpr std::array<std::string_view, 5> keys = {"report.level.informational",
                                                      "report.level.low", "report.level.medium",
                                                      "report.level.high", "report.level.critical"};
    return keys[static_cast<std::size_t>(level)];
}
inline std::string_view verdict_key(story::Verdict verdict) {
    constexpr std::array<std::string_view, 4> keys = {
        "report.verdict.nothing_seen", "report.verdict.cannot_tell", "report.verdict.look",
        "report.verdict.signs"};
    return keys[static_cast<std::size_t>(verdict)];
}

/// A rule's title for readers of a language.
inline std::string_view title_in(const findings::RuleInfo& rule, render::Language language) {
    const bool has_own = rule.own && !rule.own->title_ja.empty();
    return language == render::Language::ja && has_own ? rule.own->title_ja : rule.title;
}

}  // namespace konseki::report
