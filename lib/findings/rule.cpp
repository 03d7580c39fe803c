#include "konseki/findings/rule.h"

#include <array>
#include <cstddef>

namespace konseki::findings {
namespace {

constexpr std::array<std::string_view, 5> level_names = {"informational", "low", "medium", "high",
                                                         "critical"};
constexpr std::array<std::string_view, 5> kind_names = {"sigma", "correlation", "own", "known",
                                                        "yara"};
constexpr std::array<std::string_view, 4> state_names = {"possible", "blind", "idle", "refused"};

}  // namespace

std::string_view name_of(Level level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<Level> parse_level(std::string_view text) {
    for (std::size_t i = 0; i < level_names.size(); ++i)
        if (level_names[i] == text) return static_cast<Level>(i);
    return std::nullopt;
}

std::string_view name_of(RuleKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::string_view name_of(RuleState state) { return state_names[static_cast<std::size_t>(state)]; }

}  // namespace konseki::findings
