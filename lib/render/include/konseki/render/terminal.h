#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::render {

/// What a text means to the reader; shown as a colour where colour is on.
enum class Tone { plain, strong, faint, critical, high, medium, low, good };
enum class Color { off, on };
enum class Align { left, right };

/// What the terminal is like. `width` 0 = nothing is cut (a file or a pipe).
struct TerminalStyle {
    std::size_t width = 0;
    Color color = Color::off;
};

/// `text` in the colour of its tone. Not escaped: pass text from evidence through for_terminal first.
std::string in_tone(std::string_view text, Tone tone, Color color);

/// How a column is headed, aligned and cut.
struct Column {
    std::string title;
    Align align = Align::left;
    /// Where the table is too wide, columns are cut to no less than this; 0 = never cut.
    std::size_t least_width = 0;
};

/// What stands in one place of a table.
struct Cell {
    std::string text;
    Tone tone = Tone::plain;
};

/// A table of plain columns, two blanks apart, aligned by what a terminal shows (full-width characters
/// count twice). Every cell is made safe by for_terminal. Without any title there is no head line.
class TerminalTable {
  public:
    explicit TerminalTable(std::vector<Column> columns);
    /// Missing cells are empty, further ones are dropped.
    void add_row(std::vector<Cell> cells);
    bool empty() const { return rows_.empty(); }
    /// One line each, with a line feed at its end and no blanks before it.
    std::string to_text(const TerminalStyle& style) const;

  private:
    std::vector<std::size_t> widths(std::size_t room) const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

/// Breaks text into lines of at most `columns`, between words and between Japanese characters, but not
/// before a closing mark; each line after the first is indented by `indent` blanks.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace konseki::render
