#include "konseki/base/text.h"
#include "konseki/render/terminal.h"

#include <algorithm>

namespace konseki::render {
namespace {

/// Marks that never begin a line in Japanese (JIS X 4051, closing and dividing marks).
constexpr std::u32string_view never_first = U"、。，．）」』】〕！？：；ー・";

bool may_begin_line(char32_t character) {
    return never_first.find(character) == std::u32string_view::npos;
}

/// The next piece that must not be broken: a blank, a word, or one wide character with the closing marks
/// behind it.
std::string_view next_piece(std::string_view text) {
    std::size_t at = 0;
    if (text.front() == ' ') return text.substr(0, 1);
    next_code_point(text, at);
    bool wide = display_width(text.substr(0, at)) > 1;
    while (at < text.size() && text[at] != ' ') {
        std::size_t after = at;
        const char32_t character = next_code_point(text, after);
        const bool next_wide = display_width(text.substr(at, after - at)) > 1;
        if ((wide || next_wide) && may_begin_line(character)) break;
        wide = next_wide;
        at = after;
    }
    return text.substr(0, at);
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
    constexpr std::size_t narrowest = 20;  // below that there is nothing to align
    columns = std::max(columns, indent + narrowest);
    std::string out;
    std::size_t used = indent;
    bool blank = false;
    while (!text.empty()) {
        const std::string_view piece = next_piece(text);
        text.remove_prefix(piece.size());
        if (piece == " ") {
            blank = used > indent;
            continue;
        }
        const std::size_t width = display_width(piece);
        if (used > indent && used + (blank ? 1 : 0) + width > columns) {
            out += '\n';
            out.append(indent, ' ');
            used = indent;
        } else if (blank) {
            out += ' ';
            ++used;
        }
        out += piece;
        used += width;
        blank = false;
    }
    return out;
}

}  // namespace konseki::render
