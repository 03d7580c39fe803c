#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/regex_shape.h"

namespace konseki::detect {

/// One regular expression of a rule: searched, linear in the text (RE2). Compiled on first use.
/// Thread-safe. The only place that knows RE2.
class Regex {
  public:
    Regex(std::string_view pattern, std::uint8_t flags);
    ~Regex();
    Regex(Regex&&) noexcept;

    const RegexShape& shape() const { return shape_; }
    /// True where the folded text holds what a match needs: cheap, never wrongly false.
    bool could_match(std::string_view folded) const;
    /// Search in valid UTF-8.
    bool search(std::string_view text) const;

  private:
    struct Compiled;
    bool has_run(std::string_view text) const;

    std::string pattern_;
    std::uint8_t flags_ = 0;
    RegexShape shape_;
    std::unique_ptr<Compiled> compiled_;
};

/// Bytes that RE2 may use for one expression: its default of 8 MiB for hundreds of rules would be too
/// much; all of SigmaHQ's expressions compile and run in this.
inline constexpr std::int64_t max_regex_memory = 2 << 20;

}  // namespace konseki::detect
