#pragma once

#include <string_view>
#include <vector>

#include "konseki/story/told.h"
#include "svg.h"

namespace konseki::report {

/// Hosts in the picture of movements.
inline constexpr std::size_t most_drawn_hosts = 60;

/// A way between two hosts in the picture.
struct Way {
    story::Places::Id from = 0, to = 0;
    bool is_unusual = false, both_sides = false;
};
/// Ways among at most most_drawn_hosts hosts, the most unusual first; where there are more hosts, only those of
/// unusual movements.
std::vector<Way> ways_of(const story::Told& told);

/// What is written in the picture besides names.
struct WaysWords {
    std::string_view label, sources, targets;
};
/// How wide a picture of ways is.
enum class Width : std::uint8_t { wide, narrow };
/// How large the picture of these ways is.
SvgWriter::Size size_of_ways(const std::vector<Way>& ways, Width width);
/// Sources at the left, targets at the right, a line for each way.
void draw_ways(HtmlWriter& html, const story::Told& told, const std::vector<Way>& ways, Width width,
               const WaysWords& words);

}  // namespace konseki::report
