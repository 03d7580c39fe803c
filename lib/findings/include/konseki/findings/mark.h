#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace konseki::findings {

/// What a person made of a finding.
enum class MarkVerdict : std::uint8_t { useful, false_alarm };
std::string_view name_of(MarkVerdict verdict);
std::optional<MarkVerdict> parse_mark_verdict(std::string_view text);

/// A person's word on a finding. It is shown, and changes no verdict.
struct Mark {
    MarkVerdict verdict = MarkVerdict::useful;
    std::string reason, who;
    bool operator==(const Mark&) const = default;
};

}  // namespace konseki::findings
