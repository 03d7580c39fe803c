#include "konseki/render/csv.h"

#include "konseki/base/text.h"

#include <array>

namespace konseki::render {
namespace {

std::string repair(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code_point = next_code_point(text, at);
        append_code_point(out, code_point == 0 ? 0xfffd : code_point);
    }
    return out;
}

}  // namespace

bool looks_like_formula(std::string_view text) {
    // Excel's East Asian versions take the full-width forms, too.
    constexpr std::array<std::string_view, 10> starts = {
        "=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
    for (const std::string_view start : starts)
        if (text.starts_with(start)) return true;
    return false;
}

void CsvWriter::separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
}

void CsvWriter::cell(std::string_view text) {
    separate();
    std::string repaired;
    if (text.contains('\0') || !is_valid_utf8(text)) {
        repaired = repair(text);
        text = repaired;
    }
    const bool is_formula = looks_like_formula(text);
    if (text.find_first_of("\",\r\n") == text.npos && !text.starts_with(' ') &&
        !text.ends_with(' ')) {
        if (is_formula) out_ += '\'';
        out_.append(text);
        return;
    }
    out_ += '"';
    if (is_formula) out_ += '\'';
    for (const char c : text) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
}

void CsvWriter::number(std::int64_t value) {
    separate();
    out_ += std::to_string(value);
}

void CsvWriter::end_row() {
    out_ += "\r\n";
    needs_comma_ = false;
}

}  // namespace konseki::render
