#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/detect/organisation.h"
#include "sigma/yaml.h"

namespace konseki::detect {

/// What was read of a profile, or what is wrong with it. Works with TRY.
template <class T>
class [[nodiscard]] Read : public std::expected<T, LineProblem> {
  public:
    using std::expected<T, LineProblem>::expected;
};

inline std::unexpected<LineProblem> wrong(std::uint32_t line, std::string reason) {
    return std::unexpected<LineProblem>(LineProblem{line, std::move(reason)});
}

/// Entries of one list of a profile: more than the largest organisation writes down by hand.
inline constexpr std::size_t max_profile_entries = 20'000;
/// Longer is no name or reason any more.
inline constexpr std::size_t max_profile_text = 1'000;

std::string quoted(std::string_view key);

/// Fails on a key that is none of these, with its line, and where the node is no map.
Read<bool> check_keys(const sigma::YamlNode& node, std::string_view where,
                      std::span<const std::string_view> known);

/// The text of a key; empty where it is missing or null.
Read<std::string> read_text(const sigma::YamlNode& node, std::string_view key);
/// The same; fails where it is empty.
Read<std::string> read_needed_text(const sigma::YamlNode& node, std::string_view key);
/// A list of texts; one text is a list of one.
Read<std::vector<std::string>> read_texts(const sigma::YamlNode& node, std::string_view key);
Read<bool> read_flag(const sigma::YamlNode& node, std::string_view key);
/// The items of a list; none where the key is missing.
Read<std::span<const sigma::YamlNode>> read_list(const sigma::YamlNode& node, std::string_view key);
Read<std::optional<Time>> read_time(const sigma::YamlNode& node, std::string_view key,
                                    const Zone& zone);
/// Line of a key, or of the node where it is missing.
std::uint32_t line_of(const sigma::YamlNode& node, std::string_view key);

/// The part `calendar` of a profile.
Read<findings::WorkCalendar> read_calendar(const sigma::YamlNode& profile);

}  // namespace konseki::detect
