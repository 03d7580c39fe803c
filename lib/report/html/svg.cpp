#include "svg.h"

namespace konseki::report {
namespace {

std::string number(int value) { return std::to_string(value); }

}  // namespace

SvgWriter::SvgWriter(HtmlWriter& html, std::string_view style, Size size, std::string_view label)
    : html_(html) {
    const std::string box = "0 0 " + number(size.width) + ' ' + number(size.height);
    // A picture without words only repeats what stands beside it.
    const HtmlAttribute role =
        label.empty() ? HtmlAttribute{"aria-hidden", "true"} : HtmlAttribute{"role", "img"};
    const HtmlAttribute name =
        label.empty() ? HtmlAttribute{"focusable", "false"} : HtmlAttribute{"aria-label", label};
    html.single(
        "svg",
        {{"xmlns", "http://www.w3.org/2000/svg"}, {"class", style}, {"viewBox", box}, role, name});
}

void SvgWriter::rect(std::string_view style, int x, int y, int width, int height) {
    html_.element("rect",
                  {{"class", style},
                   {"x", number(x)},
                   {"y", number(y)},
                   {"width", number(width)},
                   {"height", number(height)}},
                  "");
}

void SvgWriter::line(std::string_view style, int x1, int y1, int x2, int y2) {
    html_.element("line",
                  {{"class", style},
                   {"x1", number(x1)},
                   {"y1", number(y1)},
                   {"x2", number(x2)},
                   {"y2", number(y2)}},
                  "");
}

void SvgWriter::path(std::string_view style, std::string_view data) {
    html_.element("path", {{"class", style}, {"d", data}}, "");
}

void SvgWriter::text(std::string_view style, int x, int y, std::string_view anchor,
                     std::string_view utf8) {
    html_.element("text",
                  {{"class", style}, {"x", number(x)}, {"y", number(y)}, {"text-anchor", anchor}},
                  utf8);
}

void SvgWriter::shape(std::string_view id, int x, int y, int size) {
    html_.element("use",
                  {{"href", '#' + std::string(id)},
                   {"x", number(x)},
                   {"y", number(y)},
                   {"width", number(size)},
                   {"height", number(size)}},
                  "");
}

void SvgWriter::tip(std::string_view style, int x, int y, int dx, int dy) {
    constexpr int length = 7, half = 4;
    const int base_x = x - dx * length, base_y = y - dy * length;
    const int side_x = dy == 0 ? 0 : half, side_y = dx == 0 ? 0 : half;
    path(style, 'M' + number(x) + ' ' + number(y) + 'L' + number(base_x - side_x) + ' ' +
                    number(base_y - side_y) + 'L' + number(base_x + side_x) + ' ' +
                    number(base_y + side_y) + 'Z');
}

void SvgWriter::hatching(int x, int y, int width, int height) {
    // Cut to the band by the inner picture. The lines stand in the page once: 60 hosts have 180 such bands.
    const auto cut = html_.in(
        "svg",
        {{"x", number(x)}, {"y", number(y)}, {"width", number(width)}, {"height", number(height)}});
    html_.element("use", {{"href", "#hatched-lane"}}, "");
}

}  // namespace konseki::report
