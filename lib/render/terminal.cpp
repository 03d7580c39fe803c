#include "konseki/render/terminal.h"

#include "konseki/base/text.h"

#include <algorithm>
#include <numeric>

namespace konseki::render {
namespace {

constexpr std::size_t gap = 2;

/// SGR parameters (ECMA-48 8.3.117) that stay readable on dark and light ground.
std::string_view tone_code(Tone tone) {
    switch (tone) {
        case Tone::plain: return "";
        case Tone::strong: return "1";
        case Tone::faint: return "2";
        case Tone::critical: return "1;31";
        case Tone::high: return "31";
        case Tone::medium: return "33";
        case Tone::low: return "36";
        case Tone::good: return "32";
    }
    return "";
}

void append_cell(std::string& line, const Cell& cell, Align align, std::size_t width, Color color) {
    const std::string shown = cut_to_width(cell.text, width);
    const std::size_t used = display_width(shown);
    const std::string blanks(width > used ? width - used : 0, ' ');
    if (align == Align::right) line += blanks;
    line += in_tone(shown, cell.tone, color);
    if (align == Align::left) line += blanks;
}

void trim_end(std::string& line) {
    while (line.ends_with(' ')) line.pop_back();
}

}  // namespace

std::string in_tone(std::string_view text, Tone tone, Color color) {
    const std::string_view code = tone_code(tone);
    if (color == Color::off || code.empty() || text.empty()) return std::string(text);
    return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

TerminalTable::TerminalTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TerminalTable::add_row(std::vector<Cell> cells) {
    cells.resize(columns_.size());
    for (Cell& cell : cells) cell.text = for_terminal(cell.text);
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TerminalTable::widths(std::size_t room) const {
    std::vector<std::size_t> out;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        std::size_t width = display_width(columns_[column].title);
        for (const std::vector<Cell>& row : rows_)
            width = std::max(width, display_width(row[column].text));
        out.push_back(width);
    }
    if (room == 0 || columns_.empty()) return out;
    std::size_t total = std::accumulate(out.begin(), out.end(), (columns_.size() - 1) * gap);
    while (total > room) {
        // The widest column that may still give way is cut by one.
        std::size_t widest = columns_.size();
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const std::size_t least = columns_[column].least_width;
            const bool may_shrink = least != 0 && out[column] > least;
            if (may_shrink && (widest == columns_.size() || out[column] > out[widest]))
                widest = column;
        }
        if (widest == columns_.size()) break;
        --out[widest];
        --total;
    }
    return out;
}

std::string TerminalTable::to_text(const TerminalStyle& style) const {
    const std::vector<std::size_t> width = widths(style.width);
    std::vector<Cell> head;
    head.reserve(columns_.size());
    for (const Column& column : columns_) head.push_back({column.title, Tone::strong});
    const bool has_head =
        std::ranges::any_of(columns_, [](const Column& c) { return !c.title.empty(); });
    std::string out;
    const auto append_row = [&](const std::vector<Cell>& row) {
        std::string line;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            if (column != 0) line.append(gap, ' ');
            append_cell(line, row[column], columns_[column].align, width[column], style.color);
        }
        trim_end(line);
        out += line;
        out += '\n';
    };
    if (has_head) append_row(head);
    for (const std::vector<Cell>& row : rows_) append_row(row);
    return out;
}

}  // namespace konseki::render
