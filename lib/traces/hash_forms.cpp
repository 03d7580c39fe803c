#include <algorithm>

#include "forms.h"

namespace konseki::traces {
namespace {

// Digests of zero bytes (RFC 1321 appendix A.5, FIPS 180-4 examples); they name no file.
constexpr std::string_view empty_md5 = "d41d8cd98f00b204e9800998ecf8427e";
constexpr std::string_view empty_sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
constexpr std::string_view empty_sha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::size_t digits_of(TraceType type) {
    switch (type) {
        case TraceType::md5:
        case TraceType::imphash: return 32;
        case TraceType::sha1: return 40;
        default: return 64;
    }
}

bool is_one_digit_repeated(std::string_view hex) {
    return hex.find_first_not_of(hex.front()) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> hash_form(TraceType type, std::string_view text) {
    text = unquote(text);
    if (starts_with_nocase(text, "0x")) text.remove_prefix(2);
    if (text.size() != digits_of(type) || !std::ranges::all_of(text, is_hex_digit))
        return std::nullopt;
    std::string hex = ascii_lower(text);
    if (is_one_digit_repeated(hex) || hex == empty_md5 || hex == empty_sha1 || hex == empty_sha256)
        return std::nullopt;
    return hex;
}

std::optional<std::string> certificate_form(std::string_view text) {
    std::string hex;
    for (const char c : unquote(text)) {
        if (c == ':' || c == ' ' || c == '-') continue;
        if (!is_hex_digit(c) || hex.size() == 64) return std::nullopt;
        hex += c;
    }
    if ((hex.size() != 40 && hex.size() != 64) || is_one_digit_repeated(hex)) return std::nullopt;
    return ascii_lower(hex);
}

}  // namespace konseki::traces
