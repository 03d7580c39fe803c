#include "konseki/render/csv.h"

#include "konseki/base/text.h"

#include <array>

namespace konseki::render {
namespace {

/// What a byte asks for: quoting, a look at the UTF-8 around it.
constexpr std::uint8_t needs_quotes = 1;
constexpr std::uint8_t needs_check = 2;
constexpr std::array<std::uint8_t, 256> byte_classes = [] {
    std::array<std::uint8_t, 256> classes{};
    for (const unsigned char c : {'"', ',', '\r', '\n'}) classes[c] = needs_quotes;
    classes[0] = needs_check;
    for (std::size_t c = 0x80; c < classes.size(); ++c) classes[c] = needs_check;
    return classes;
}();

/// All that the bytes of a text ask for.
std::uint8_t needs_of(std::string_view text) {
    std::uint8_t needs = 0;
    for (const char c : text) needs |= byte_classes[static_cast<unsigned char>(c)];
    return needs;
}

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
    const std::uint8_t needs = needs_of(text);
    if ((needs & needs_check) != 0 && (text.contains('\0') || !is_valid_utf8(text))) {
        repaired = repair(text);
        text = repaired;
    }
    const bool is_formula = looks_like_formula(text);
    if ((needs & needs_quotes) == 0 && !text.starts_with(' ') && !text.ends_with(' ')) {
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
