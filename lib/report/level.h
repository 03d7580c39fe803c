#pragma once

#include <optional>
#include <string_view>

#include "konseki/findings/rule.h"
#include "konseki/render/terminal.h"

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

}  // namespace konseki::report
