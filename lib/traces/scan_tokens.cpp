#include <algorithm>

#include "forms.h"
#include "scan.h"

// What a candidate character is part of. All functions look at `buffer_`, which ends in NULs.
namespace konseki::traces {
namespace {

bool is_alpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_word(char c) { return is_alpha(c) || is_digit(c) || c == '_'; }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// RFC 3986 characters without `'`, which ends strings of scripts.
bool is_url_character(char c) {
    if (is_word(c)) return true;
    constexpr std::string_view others = "-._~:/?#[]@!$&()*+,;=%";
    return others.contains(c);
}
bool is_host_character(char c) { return is_word(c) || c == '-' || c == '.' || is_wide(c); }
bool is_local_part(char c) { return is_word(c) || c == '.' || c == '%' || c == '+' || c == '-'; }

constexpr std::string_view schemes[] = {"http", "https", "ftp",  "ftps",
                                        "ws",   "wss",   "ldap", "ldaps"};
constexpr std::size_t max_scheme_characters = 5;
constexpr std::size_t max_local_characters = 64;    // RFC 5321 4.5.3.1.1
constexpr std::size_t max_domain_characters = 253;  // RFC 1035 2.3.4
constexpr std::size_t max_address_characters = 45;  // RFC 4291 text with an IPv4 tail

/// Closing marks that belong to the sentence around a URL, not to it.
std::size_t without_closing(std::string_view text, std::size_t begin, std::size_t end) {
    const std::string_view url = text.substr(begin, end - begin);
    const bool opens = url.contains('('), brackets = url.find('[') != std::string_view::npos;
    while (end > begin) {
        const char last = text[end - 1];
        const bool closing = std::string_view(".,;:!?").contains(last) || (last == ')' && !opens) ||
                             (last == ']' && !brackets);
        if (!closing) break;
        --end;
    }
    return end;
}

/// End of a host that begins at `begin`: text in other scripts counts only where a top-level domain
/// follows it, since Japanese sentences go on behind a URL without a blank.
std::size_t host_end(std::string_view text, std::size_t begin) {
    std::size_t end = begin, last_dot = begin, first_wide = std::string_view::npos;
    while (end < text.size() && is_host_character(text[end])) {
        if (text[end] == '.') last_dot = end;
        if (is_wide(text[end]) && first_wide == std::string_view::npos) first_wide = end;
        ++end;
    }
    if (first_wide == std::string_view::npos) return end;
    const bool wide_top = std::any_of(text.begin() + static_cast<std::ptrdiff_t>(last_dot),
                                      text.begin() + static_cast<std::ptrdiff_t>(end), is_wide);
    const bool goes_on = end < text.size() && (text[end] == '/' || text[end] == ':');
    const bool dot_before = text.substr(begin, first_wide - begin).contains('.');
    return wide_top && dot_before && !goes_on ? first_wide : end;
}

}  // namespace

bool TextScanner::take_url(std::size_t colon) {
    const std::string_view text = narrow();
    if (text.substr(colon, 3) != "://") return false;
    std::size_t begin = colon;
    while (begin > done_ && colon - begin <= max_scheme_characters && is_alpha(text[begin - 1]))
        --begin;
    const std::string_view scheme = text.substr(begin, colon - begin);
    const bool known =
        std::ranges::any_of(schemes, [&](std::string_view s) { return equals_nocase(scheme, s); });
    if (!known || (begin > 0 && is_digit(text[begin - 1]))) return false;
    std::size_t end = host_end(text, colon + 3);
    if (end == text.size() || !is_wide(text[end]))
        while (end < text.size() && is_url_character(text[end])) ++end;
    end = without_closing(text, begin, end);
    if (end <= colon + 3) return false;
    add(TraceType::url, begin, end);
    return true;
}

bool TextScanner::take_ipv6(std::size_t colon) {
    const std::string_view text = narrow();
    if (colon + 1 >= text.size() || (!is_hex_digit(text[colon + 1]) && text[colon + 1] != ':'))
        return false;
    const auto is_part = [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; };
    std::size_t begin = colon, end = colon + 1;
    while (begin > done_ && colon - begin < 4 && is_hex_digit(text[begin - 1])) --begin;
    while (end < text.size() && end - begin <= max_address_characters && is_part(text[end])) ++end;
    const std::size_t part_end = end;
    if (text[end - 1] == '.') --end;  // the end of a sentence
    if ((begin > 0 && (is_word(text[begin - 1]) || is_part(text[begin - 1]))) ||
        (part_end < text.size() && is_word(text[part_end])))
        return false;
    const std::optional<Ipv6> address = parse_ipv6(text.substr(begin, end - begin));
    // In free text `::` and short forms are parts of programs; only assigned kinds of addresses count.
    if (!address) return false;
    const std::uint16_t first = (*address)[0];
    const bool plausible =
        (first & 0xe000) == 0x2000 || (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80;
    if (!plausible && !mapped_ipv4(*address)) return false;
    add(TraceType::ipv4, begin, end);
    return true;
}

bool TextScanner::take_ipv4(std::size_t dot) {
    const std::string_view text = narrow();
    std::size_t begin = dot;
    while (begin > done_ && dot - begin < 4 && is_digit(text[begin - 1])) --begin;
    if (begin == dot || dot - begin > 3) return false;
    std::size_t end = dot;
    while (end < text.size() && end - begin < 16 && (is_digit(text[end]) || text[end] == '.'))
        ++end;
    if (end > begin && text[end - 1] == '.') --end;
    const bool goes_on = end < text.size() &&
                         (is_word(text[end]) ||
                          (text[end] == '.' && end + 1 < text.size() && is_word(text[end + 1])));
    if (goes_on || (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '.')))
        return false;
    const std::optional<Ipv4> address = parse_ipv4(text.substr(begin, end - begin));
    if (!address || ((*address)[1] == 0 && (*address)[2] == 0 && (*address)[3] == 0)) return false;
    // `Version=4.0.30.1` of assembly names.
    const std::string_view before =
        text.substr(begin < 9 ? 0 : begin - 9, std::min<std::size_t>(begin, 9));
    if (before.contains("ersion")) return false;
    add(TraceType::ipv4, begin, end);
    return true;
}

bool TextScanner::take_email(std::size_t at) {
    const std::string_view text = narrow();
    std::size_t begin = at, end = at + 1;
    while (begin > done_ && at - begin <= max_local_characters && is_local_part(text[begin - 1]))
        --begin;
    while (end < text.size() && end - at <= max_domain_characters &&
           (is_host_character(text[end])) && !is_wide(text[end]))
        ++end;
    while (begin < at && (text[begin] == '.' || text[begin] == '-')) ++begin;
    while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    const std::size_t last = domain.rfind('.');
    if (begin == at || last == std::string_view::npos || last == 0 || domain.size() - last < 3 ||
        !is_alpha(domain[last + 1]))
        return false;
    add(TraceType::email, begin, end);
    return true;
}

bool TextScanner::take_hash(std::size_t at) {
    const std::string_view text = narrow();
    std::size_t begin = at, end = at;
    while (begin > done_ && at - begin <= 64 && is_hex_digit(text[begin - 1])) --begin;
    bool digit = false, letter = false;
    for (; end < text.size() && is_hex_digit(text[end]); ++end) {
        digit = digit || is_digit(text[end]);
        letter = letter || !is_digit(text[end]);
    }
    const std::size_t from = begin;
    for (; begin < at; ++begin) {
        digit = digit || is_digit(text[begin]);
        letter = letter || !is_digit(text[begin]);
    }
    if (end - from > 64) done_ = end;  // a long run is looked at once
    const bool inside_word = (from > 0 && is_word(text[from - 1])) ||
                             (end < text.size() && (is_word(text[end]) || text[end] == '@'));
    if (inside_word || !digit || !letter) return false;
    const bool imphash = from >= 8 && equals_nocase(text.substr(from - 8, 8), "imphash=");
    switch (end - from) {
        case 32: add(imphash ? TraceType::imphash : TraceType::md5, from, end); return true;
        case 40: add(TraceType::sha1, from, end); return true;
        case 64: add(TraceType::sha256, from, end); return true;
        default: return false;
    }
}

}  // namespace konseki::traces
