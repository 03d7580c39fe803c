#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "writer.h"

namespace konseki::report {

/// Parts of a picture that is written into the page. Lengths are units of its view box; text is escaped.
class SvgWriter {
  public:
    struct Size {
        int width = 0, height = 0;
    };
    /// An `svg` that is open as long as this lives; `label` is what a screen reader says for it;
    /// without one it passes the picture by.
    SvgWriter(HtmlWriter& html, std::string_view style, Size size, std::string_view label);
    ~SvgWriter() { html_.markup("</svg>\n"); }
    SvgWriter(const SvgWriter&) = delete;
    SvgWriter& operator=(const SvgWriter&) = delete;

    void rect(std::string_view style, int x, int y, int width, int height);
    void line(std::string_view style, int x1, int y1, int x2, int y2);
    void path(std::string_view style, std::string_view data);
    /// Text from `x`; with an anchor of `middle` or `end` around it or up to it. Marks that turn the direction
    /// of writing are made visible, and letters of another direction turn nothing outside of it.
    void text(std::string_view style, int x, int y, std::string_view anchor, std::string_view utf8);
    /// A shape of write_shapes, `size` by `size`.
    void shape(std::string_view id, int x, int y, int size);
    /// The tip of an arrow that comes from the left or right, or from above or below.
    void tip(std::string_view style, int x, int y, int dx, int dy);
    /// Slanting lines of write_shapes: what could not be seen. At most 8 high.
    void hatching(int x, int y, int width, int height);

  private:
    HtmlWriter& html_;
};

}  // namespace konseki::report
