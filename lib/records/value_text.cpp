#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "konseki/base/digits.h"
#include "konseki/base/simd.h"
#include "konseki/base/text.h"
#include "konseki/records/value.h"

// How Windows prints each value type in an event's XML. Sources: [MS-EVEN6] 3.1.4.7.3 for the types;
// libyal/libevtx documentation, "Value type"; forms that neither gives were read off rendered events.

namespace konseki::records {

namespace {

constexpr char upper_digits[] = "0123456789ABCDEF";

template <class T>
char* write_number(const Value& value, char* out) {
    using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    return write_decimal(Wide{load_le<T>(value.data)}, out);
}

/// 16 hex digits in lower case of the lower 8 bytes, each byte's upper half first.
inline __m128i hex_digits(__m128i bytes) {
    const __m128i digits = _mm_setr_epi8('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b',
                                         'c', 'd', 'e', 'f');
    const __m128i halves = _mm_unpacklo_epi8(_mm_srli_epi16(bytes, 4), bytes);
    return _mm_shuffle_epi8(digits, _mm_and_si128(halves, _mm_set1_epi8(15)));
}

char* copy_text(std::string_view text, char* out) {
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

/// Windows prints what its C runtime prints for `%f`-like specials.
template <class T>
char* write_real(const Value& value, char* out) {
    const T number = load_le<T>(value.data);
    if (std::isnan(number)) return copy_text(std::signbit(number) ? "-1.#IND" : "1.#QNAN", out);
    if (std::isinf(number)) return copy_text(number < 0 ? "-1.#INF" : "1.#INF", out);
    return std::to_chars(out, out + 32, number).ptr;
}

char* write_boolean(const Value& value, char* out) {
    const std::int32_t number = load_le<std::int32_t>(value.data);
    if (number == 0 || number == 1) return copy_text(number == 1 ? "true" : "false", out);
    return write_decimal(std::int64_t{number}, out);
}

char* write_binary(Bytes bytes, char* out) {
    for (const std::byte byte : bytes) {
        *out++ = upper_digits[static_cast<unsigned>(byte) >> 4];
        *out++ = upper_digits[static_cast<unsigned>(byte) & 15];
    }
    return out;
}

/// SYSTEMTIME as Windows prints it: what is no date prints as the start of FILETIME.
char* write_systemtime(const Value& value, char* out) {
    const auto part = [&](int n) {
        return static_cast<std::uint32_t>(load_u16(value.data + 2 * n));
    };
    Calendar calendar;
    calendar.year = static_cast<std::int32_t>(part(0));
    calendar.month = part(1);
    calendar.day = part(3);  // part 2 is the day of the week
    calendar.hour = part(4);
    calendar.minute = part(5);
    calendar.second = part(6);
    calendar.ticks = part(7) * 10'000;
    const bool is_sound = part(0) >= 1601 && part(7) < 1000;
    const Result<Time> time = is_sound ? from_calendar(calendar) : Result<Time>(Time{});
    return write_iso(time ? *time : Time{}, out);
}

char* write_string(Value value, char* out) {
    std::uint32_t size = value.size & ~1u;
    while (size >= 2 && load_u16(value.data + size - 2) == 0) size -= 2;
    return write_utf8({value.data, size}, out);
}

char* write_utf8_text(const Value& value, char* out) {
    if (value.size == 0) return out;
    return copy_text(as_text(value.bytes()), out);
}

char* write_scalar(const Value& value, char* out) {
    switch (value.wire()) {
        case WireType::string: return write_string(value, out);
        case WireType::ansi:
        case WireType::utf8: return write_utf8_text(value, out);
        case WireType::int8: return write_number<std::int8_t>(value, out);
        case WireType::uint8: return write_number<std::uint8_t>(value, out);
        case WireType::int16: return write_number<std::int16_t>(value, out);
        case WireType::uint16: return write_number<std::uint16_t>(value, out);
        case WireType::int32: return write_number<std::int32_t>(value, out);
        case WireType::uint32: return write_number<std::uint32_t>(value, out);
        case WireType::int64: return write_number<std::int64_t>(value, out);
        case WireType::uint64: return write_number<std::uint64_t>(value, out);
        case WireType::real32: return write_real<float>(value, out);
        case WireType::real64: return write_real<double>(value, out);
        case WireType::boolean: return write_boolean(value, out);
        case WireType::guid: return write_guid(value.data, out);
        case WireType::size:
            return write_hex(value.size == 4 ? load_u32(value.data) : load_u64(value.data), out);
        case WireType::filetime: return write_filetime(load_u64(value.data), out);
        case WireType::systemtime: return write_systemtime(value, out);
        case WireType::sid: return write_sid(value.bytes(), out);
        case WireType::hex32: return write_hex(load_u32(value.data), out);
        case WireType::hex64: return write_hex(load_u64(value.data), out);
        default: return write_binary(value.bytes(), out);
    }
}

/// Least size of a value whose bytes are read as a whole; a shorter one prints as binary.
std::uint32_t least_size(WireType type) {
    return type == WireType::size ? 4u : std::uint32_t{fixed_size(type)};
}

}  // namespace

char* write_hex(std::uint64_t number, char* out) {
    std::memcpy(out, "0x", 2);
    const __m128i digits =
        hex_digits(_mm_cvtsi64_si128(static_cast<std::int64_t>(__builtin_bswap64(number))));
    // The last digit is printed even where it is zero; loading the pattern further on drops those in front.
    alignas(16) constexpr std::array<std::int8_t, 32> places = {0, 1, 2,  3,  4,  5,  6,  7,
                                                                8, 9, 10, 11, 12, 13, 14, 15};
    const int zeros = std::countl_zero(number | 1) / 4;
    simd::store128(out + 2, _mm_shuffle_epi8(digits, simd::load128(places.data() + zeros)));
    return out + 18 - zeros;
}

char* write_guid(const std::byte* data, char* out) {
    const __m128i order = _mm_setr_epi8(3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m128i bytes = _mm_shuffle_epi8(simd::load128(data), order);
    const __m128i front = hex_digits(bytes), back = hex_digits(_mm_srli_si128(bytes, 8));
    *out = '{';
    simd::store64(out + 1, front);
    out[9] = '-';
    simd::store32(out + 10, _mm_srli_si128(front, 8));
    out[14] = '-';
    simd::store32(out + 15, _mm_srli_si128(front, 12));
    out[19] = '-';
    simd::store32(out + 20, back);
    out[24] = '-';
    simd::store64(out + 25, _mm_srli_si128(back, 4));
    simd::store32(out + 33, _mm_srli_si128(back, 12));
    out[37] = '}';
    return out + 38;
}

char* write_sid(Bytes sid, char* out) {
    if (sid.size() < 8) return write_binary(sid, out);
    std::uint64_t authority = 0;
    for (int at = 2; at < 8; ++at) authority = authority << 8 | load_u8(sid.data() + at);
    out = copy_text("S-", out);
    out = write_decimal(std::uint64_t{load_u8(sid.data())}, out);
    *out++ = '-';
    out = authority >> 32 != 0 ? write_hex(authority, out) : write_decimal(authority, out);
    const std::size_t named = load_u8(sid.data() + 1);
    const std::size_t there = std::min(named, (sid.size() - 8) / 4);
    for (std::size_t n = 0; n < there; ++n) {
        *out++ = '-';
        out = write_decimal(std::uint64_t{load_u32(sid.data() + 8 + 4 * n)}, out);
    }
    return out;
}

char* write_filetime(std::uint64_t filetime, char* out) {
    if (filetime > 0x7fff'ffff'ffff'ffffULL) return copy_text("0000-00-00T00:00:00.0000000Z", out);
    return write_iso(Time{static_cast<std::int64_t>(filetime)}, out);
}

std::size_t max_text_bytes(const Value& value) {
    // Strings: 3 bytes per code unit; binary: 2 per byte; small types: under 64; ", " between items. A SID
    // prints what its bytes hold, whatever it says: 26 bytes for its first 8, 11 for each 4 behind.
    const bool is_array_of_small = value.is_array() && value.wire() != WireType::string;
    const std::size_t per_byte = value.wire() == WireType::sid ? 6 : is_array_of_small ? 48 : 2;
    return std::size_t{value.size} * per_byte + 64;
}

char* write_text(const Value& value, char* out) {
    if (value.is_null()) return out;
    if (!value.is_array()) {
        const std::uint32_t least = least_size(value.wire());
        if (value.size < least ||
            (value.wire() == WireType::size && value.size != 4 && value.size < 8))
            return write_binary(value.bytes(), out);
        return write_scalar(value, out);
    }
    bool is_first = true;
    for_each_item(value, [&](const Value& item) {
        if (!is_first) out = copy_text(", ", out);
        is_first = false;
        out = write_text(item, out);
    });
    return out;
}

void append_text(std::string& out, const Value& value) {
    const std::size_t before = out.size();
    out.resize(before + max_text_bytes(value));
    char* const end = write_text(value, out.data() + before);
    out.resize(static_cast<std::size_t>(end - out.data()));
}

std::string to_text(const Value& value) {
    std::string text;
    append_text(text, value);
    return text;
}

}  // namespace konseki::records
