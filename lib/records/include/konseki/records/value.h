#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "konseki/base/bytes.h"
#include "konseki/base/time.h"

namespace konseki::records {

/// How a value's bytes are to be read. Numbers are BinXML value types ([MS-EVEN6] 2.2.12; libyal/libevtx
/// documentation, "Value type"), which other formats' readers use as well; 0x60 and up are ours.
enum class WireType : std::uint8_t {
    null = 0x00,
    string = 0x01,  ///< UTF-16LE, a trailing NUL does not count
    ansi =
        0x02,  ///< bytes in a code page; the reader turns them into utf8 before anybody sees them
    int8 = 0x03,
    uint8 = 0x04,
    int16 = 0x05,
    uint16 = 0x06,
    int32 = 0x07,
    uint32 = 0x08,
    int64 = 0x09,
    uint64 = 0x0a,
    real32 = 0x0b,
    real64 = 0x0c,
    boolean = 0x0d,  ///< 4 bytes; 0 false, 1 true, else printed as the number
    binary = 0x0e,
    guid = 0x0f,
    size = 0x10,  ///< 4 or 8 bytes, printed as hex
    filetime = 0x11,
    systemtime = 0x12,
    sid = 0x13,
    hex32 = 0x14,
    hex64 = 0x15,
    binxml = 0x21,  ///< replaced by what is inside it; never in a record's fields
    utf8 = 0x60,    ///< text that a reader already decoded
    missing =
        0x7f,  ///< the record's value table is shorter than its template asks for: read as null
};
inline constexpr std::uint8_t array_flag = 0x80;

/// Bytes of a value of a fixed-size type; 0 for those of any size, pointer-sized ones (4 or 8) among them.
constexpr std::uint8_t fixed_size(WireType type) {
    constexpr std::uint8_t sizes[] = {0, 0, 0, 1, 1,  2, 2, 4,  4, 8, 8,
                                      4, 8, 4, 0, 16, 0, 8, 16, 0, 4, 8};
    const auto index = static_cast<std::size_t>(type);
    return index < sizeof sizes ? sizes[index] : std::uint8_t{0};
}

/// A typed view of a value. The bytes belong to the Batch (or to the Shape, for a literal).
struct Value {
    const std::byte* data = nullptr;
    std::uint32_t size = 0;
    std::uint8_t type = 0;  ///< WireType, with array_flag where it is an array

    bool is_array() const { return (type & array_flag) != 0; }
    WireType wire() const { return static_cast<WireType>(type & 0x7f); }
    /// No value at all: BinXML null, a slot that is missing, or a fixed-size type of size 0.
    bool is_null() const {
        if (type == 0x00 || type == 0x7f) return true;
        return size == 0 && type != 0x01 && type != 0x02 && type != 0x60 && !is_array();
    }
    /// UTF-16LE or UTF-8 text, not an array.
    bool is_text() const { return type == 0x01 || type == 0x60; }
    Bytes bytes() const { return {data, size}; }

    static Value utf8(std::string_view text) {
        return {as_bytes(text).data(), static_cast<std::uint32_t>(text.size()), 0x60};
    }
};

/// Appends the value as Windows prints it in XML, as UTF-8, unescaped: decimal integers, `0x1a4` for hex
/// types, `true`/`false`, `{guid}` in lower case, `S-1-5-18`, `2019-04-17T01:02:03.1234567Z`, upper-case
/// hex for binary. Null gives nothing. An array's items are joined by ", ".
void append_text(std::string& out, const Value& value);
std::string to_text(const Value& value);

/// Bytes that write_text may need for this value at most.
std::size_t max_text_bytes(const Value& value);
/// As append_text into a buffer with room for max_text_bytes; returns the end.
char* write_text(const Value& value, char* out);

/// What write_text does for single types, for callers that know the type. They return the end and may touch
/// 64 bytes (a SID: six for each of its own besides).
char* write_hex(std::uint64_t number, char* out);  ///< `0x1a4`
/// `{d1-d2-d3-d4-d5}` of 16 bytes; the first three parts are little-endian ([MS-DTYP] 2.3.4).
char* write_guid(const std::byte* data, char* out);
/// `S-1-5-21-…` ([MS-DTYP] 2.4.2.1): revision, count, 48-bit big-endian authority, sub-authorities. One
/// that is cut short prints the sub-authorities that are there, less than 8 bytes print as binary.
char* write_sid(Bytes sid, char* out);
/// ISO 8601 with seven digits; those past int64 print as zeros, as Windows prints them.
char* write_filetime(std::uint64_t filetime, char* out);

/// Calls `f(Value)` for each item of an array value, or once for a scalar. Strings in an array are
/// NUL-separated (the last NUL may be missing). An array of size 0 gives no item.
template <class F>
void for_each_item(const Value& value, F&& f);

/// The next item of an array, cut from `rest` (which must be an array); false at the end.
bool next_item(Value& rest, Value& item);

template <class F>
void for_each_item(const Value& value, F&& f) {
    if (!value.is_array()) {
        f(value);
        return;
    }
    Value rest = value, item;
    while (next_item(rest, item)) f(item);
}

/// The integer in an integer, hex, size or boolean value (or in decimal or 0x text). False for others.
bool as_unsigned(const Value& value, std::uint64_t& out);

/// FILETIME or SYSTEMTIME value, or ISO text, as Time; Time{} where it is none.
Time as_time(const Value& value);

}  // namespace konseki::records
