#include "variants.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <vector>

#include "konseki/base/text.h"
#include "konseki/base/time.h"

namespace konseki::slow_sigma {

using records::WireType;

namespace {

std::string utf8_of(const std::u32string& points) {
    std::string out;
    for (const char32_t c : points) append_code_point(out, c);
    return out;
}

char32_t other_case(char32_t c, Chance& chance) {
    static constexpr std::array<int, 14> steps{-32, 32,  -1, 1,   -48, 48,  -80,
                                               80,  -40, 40, -16, 16,  -26, 26};
    if (c == 'k' && chance.in(10)) return 0x212a;  // Kelvin sign
    if (c == 's' && chance.in(10)) return 0x17f;   // long s
    const auto other =
        static_cast<char32_t>(static_cast<int>(c) + steps[chance.below(steps.size())]);
    for (const char32_t candidate : std::array<char32_t, 5>{other, c - 32, c + 32, c + 1, c - 1})
        if (candidate < 0x110000 && fold_code_point(candidate) == fold_code_point(c))
            return candidate;
    return c;
}

bool is_decimal(std::string_view text) {
    return !text.empty() && text.size() < 19 && (text.size() == 1 || text[0] != '0') &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string filler(Chance& chance) {
    static const std::vector<std::string> texts{"",
                                                "",
                                                "x",
                                                " ",
                                                "-",
                                                "/",
                                                "\\",
                                                "\n",
                                                "\r\n",
                                                "C:\\Windows\\System32\\",
                                                "cmd.exe /c whoami",
                                                "a*b?c",
                                                "Ünïcödé",
                                                "日本語",
                                                "😀",
                                                "0x17",
                                                "4",
                                                "..",
                                                "\t",
                                                "k",
                                                "ſ",
                                                "K",
                                                "ß",
                                                "İ",
                                                "Σς",
                                                " -enc ",
                                                "a\nb\nc"};
    std::string out = chance.pick(texts);
    while (chance.in(25)) out += chance.pick(texts);
    return out;
}

std::string other_case(std::string_view utf8, Chance& chance) {
    std::u32string points = code_points(utf8);
    const std::size_t often = chance.pick(std::vector<std::size_t>{0, 0, 20, 50, 100});
    for (char32_t& c : points)
        if (often > 0 && chance.in(often)) c = other_case(c, chance);
    return utf8_of(points);
}

std::string nearly(std::string_view utf8, Chance& chance) {
    std::u32string points = code_points(utf8);
    const std::size_t at = chance.below(points.size() + 1);
    const auto here = points.begin() + static_cast<std::ptrdiff_t>(at);
    switch (chance.below(8)) {
        case 0:
            points.insert(here, chance.pick(std::vector<char32_t>{' ', 'x', '-', '\\', '\n', 0x2015,
                                                                  0x1f600}));
            break;
        case 1:
            if (at < points.size()) points.erase(here);
            break;
        case 2:
            if (at < points.size())
                points[at] = chance.pick(std::vector<char32_t>{'x', '*', '?', '/', '-', 0xe9});
            break;
        case 3:
            points.push_back(chance.pick(std::vector<char32_t>{' ', 'z', '\\', '\0' + 1, '"'}));
            break;
        case 4:
            points.insert(points.begin(), chance.pick(std::vector<char32_t>{' ', 'a', '\\', '"'}));
            break;
        case 5:
            if (at < points.size()) points.resize(at);
            break;
        case 6:
            for (char32_t& c : points)
                if ((c == '-' || c == '/') && chance.in(50))
                    c = chance.pick(std::vector<char32_t>{'-', '/', 0x2013});
            break;
        default:
            if (at < points.size()) points.erase(points.begin(), here);
            break;
    }
    return utf8_of(points);
}

std::string sample_glob(const Glob& glob, std::size_t begin, std::size_t end, Chance& chance) {
    std::string out, plain;
    const auto flush = [&] {
        out += other_case(plain, chance);
        plain.clear();
    };
    static const std::vector<std::string> ones{"x", "?", "*", "é", "😀", "\n", " ", "-", "", "ab"};
    for (std::size_t at = begin; at < end; ++at) {
        const GlobStep& step = glob[at];
        if (step.kind == GlobStep::Kind::character) {
            append_code_point(plain, step.character);
            continue;
        }
        flush();
        if (step.kind == GlobStep::Kind::any_run) out += filler(chance);
        if (step.kind == GlobStep::Kind::any_one) out += chance.pick(ones);
        if (step.kind == GlobStep::Kind::any_dash)
            append_code_point(out, chance.pick(std::vector<char32_t>{'-', '/', 0x2013, 0x2014,
                                                                     0x2015, '_', 0x2212}));
    }
    flush();
    return out;
}

std::string sample_cidr(std::string_view network, Chance& chance) {
    const std::size_t slash = network.find('/');
    const std::string base(network.substr(0, slash));
    std::array<unsigned char, 16> bytes{};
    const bool is_v4 = base.find(':') == std::string::npos;
    const int family = is_v4 ? AF_INET : AF_INET6;
    if (inet_pton(family, base.c_str(), bytes.data()) != 1) return filler(chance);
    int prefix = is_v4 ? 32 : 128;
    if (slash != std::string_view::npos)
        prefix = std::atoi(std::string(network.substr(slash + 1)).c_str());
    const int width = is_v4 ? 32 : 128, kind = static_cast<int>(chance.below(6));
    const auto flip = [&](int bit) {
        bytes[static_cast<std::size_t>(bit / 8)] ^= static_cast<unsigned char>(0x80 >> bit % 8);
    };
    if (kind >= 2)
        for (int bit = prefix; bit < width; ++bit)
            if (kind == 2 || chance.in(50)) flip(bit);
    if (kind >= 4 && prefix > 0)
        flip(prefix - 1 -
             static_cast<int>(chance.below(kind == 4 ? 1 : static_cast<std::size_t>(prefix))));
    char text[INET6_ADDRSTRLEN] = {};
    inet_ntop(family, bytes.data(), text, sizeof text);
    static const std::vector<std::string> tails{"", "", "", "", "%eth0", "%12", " ", "/32", ":80"};
    static const std::vector<std::string> heads{"", "", "", "::ffff:", "::FFFF:", " ", "0"};
    return (is_v4 ? chance.pick(heads) : std::string()) + text + chance.pick(tails);
}

std::string sample_time(std::string_view part, long long number, Chance& chance) {
    Calendar when{2024,
                  1 + static_cast<std::uint32_t>(chance.below(12)),
                  1 + static_cast<std::uint32_t>(chance.below(28)),
                  static_cast<std::uint32_t>(chance.below(24)),
                  static_cast<std::uint32_t>(chance.below(60)),
                  0,
                  0};
    const long long near = number + static_cast<long long>(chance.below(3)) - 1;
    if (part == "minute") when.minute = static_cast<std::uint32_t>(near);
    if (part == "hour") when.hour = static_cast<std::uint32_t>(near);
    if (part == "day") when.day = static_cast<std::uint32_t>(near);
    if (part == "month") when.month = static_cast<std::uint32_t>(near);
    if (part == "year") when.year = static_cast<std::int32_t>(near);
    if (part == "week")
        when.year = 2018 + static_cast<std::int32_t>(chance.below(9)),
        when.month = chance.in(50) ? 1 : 12, when.day = chance.in(50) ? 1 : 30;
    char text[64];
    const bool sysmon = chance.in(40);
    std::snprintf(
        text, sizeof text,
        sysmon ? "%04d-%02u-%02u %02u:%02u:%02u.123" : "%04d-%02u-%02uT%02u:%02u:%02u.1234567Z",
        when.year, when.month, when.day, when.hour, when.minute, when.second);
    return text;
}

namespace {

/// Values as logs have them that are no plain text or number.
MadeValue odd_value(const std::string& text, Chance& chance) {
    std::string bytes;
    for (int at = 0; at < 16; ++at) bytes += static_cast<char>(chance.below(256));
    MadeValue wide = made_text(text, true);
    switch (chance.below(14)) {
        case 0: return {WireType::guid, false, bytes};
        case 1: return {WireType::binary, false, bytes.substr(0, chance.below(9))};
        case 2: return {WireType::sid, false, std::string("\x01\x01\0\0\0\0\0\x05\x12\0\0\0", 12)};
        case 3: return {WireType::real64, false, std::string("\0\0\0\0\0\0\xf8\x3f", 8)};
        case 4: return {WireType::real32, false, std::string("\0\0\x80\x7f", 4)};
        case 5: return made_number(WireType::boolean, 7, 4);
        case 6: return {WireType::string, true, {}};
        case 7: return {WireType::uint32, true, bytes};
        case 8:
            return {WireType::string, false,
                    std::string("\x3d\xd8", 2) + wide.bytes};  // half a pair
        case 9: return {WireType::string, false, wide.bytes + std::string(2, '\0')};
        case 10: return {WireType::string, false, wide.bytes + std::string(2, '\0') + wide.bytes};
        case 11: return {WireType::string, false, wide.bytes + "x"};  // half a unit
        case 12: return made_text(text + std::string(70'000, 'a') + text, chance.in(50));
        default: return made_number(WireType::int32, ~chance.below(50), 4);
    }
}

}  // namespace

MadeValue typed(const std::string& text, Chance& chance) {
    if (chance.in(4)) return odd_value(text, chance);
    if (is_decimal(text) && chance.in(60)) {
        std::uint64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        static const std::vector<std::pair<WireType, std::size_t>> types{
            {WireType::uint8, 1},  {WireType::int16, 2},  {WireType::uint16, 2},
            {WireType::int32, 4},  {WireType::uint32, 4}, {WireType::int64, 8},
            {WireType::uint64, 8}, {WireType::hex32, 4}};
        const auto& [type, size] = chance.pick(types);
        if (size == 8 || number >> (8 * size - 1) == 0) return made_number(type, number, size);
    }
    if (text.starts_with("0x") && text.size() <= 10 && chance.in(60)) {
        std::uint64_t number = 0;
        const auto [end, error] =
            std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
        if (error == std::errc() && end == text.data() + text.size())
            return chance.in(50) ? made_number(WireType::hex32, number, 4)
                                 : made_number(WireType::hex64, number, 8);
    }
    if ((fold(text) == "true" || fold(text) == "false") && chance.in(50))
        return made_number(WireType::boolean, fold(text) == "true" ? 1 : 0, 4);
    if (chance.in(4)) return made_array({filler(chance), text, filler(chance)});
    return made_text(text, chance.in(60));
}

}  // namespace konseki::slow_sigma
