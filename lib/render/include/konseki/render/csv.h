#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace konseki::render {

/// Spreadsheets take a CSV file for UTF-8 only where it begins with this.
inline constexpr std::string_view csv_byte_order_mark = "\xef\xbb\xbf";

/// Appends rows of CSV (RFC 4180: CRLF, quoted where needed) to a text. A cell that a spreadsheet would
/// run as a formula gets a `'` before it; invalid UTF-8 and NUL become U+FFFD.
class CsvWriter {
  public:
    explicit CsvWriter(std::string& out) : out_(out) {}

    void cell(std::string_view text);
    void number(std::int64_t value);
    void empty() { separate(); }
    void end_row();

  private:
    void separate();

    std::string& out_;
    bool needs_comma_ = false;
};

/// True for a text that begins with = + - @ (their full-width forms too), a tab or a carriage return.
bool looks_like_formula(std::string_view text);

}  // namespace konseki::render
