#include "konseki/records/value.h"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "konseki/base/text.h"

using namespace konseki;
using namespace konseki::records;

namespace {

/// A value of raw bytes, written as hex.
struct Raw {
    std::vector<std::byte> bytes;
    Value value;
    Raw(std::uint8_t type, std::string_view hex) {
        const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
        for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
            bytes.push_back(static_cast<std::byte>(digit(hex[at]) * 16 + digit(hex[at + 1])));
        value = {bytes.data(), static_cast<std::uint32_t>(bytes.size()), type};
    }
};
std::string text(std::uint8_t type, std::string_view hex) { return to_text(Raw(type, hex).value); }

}  // namespace

TEST_CASE("value: integers print as decimal numbers of their width and sign") {
    CHECK(text(0x03, "ff") == "-1");
    CHECK(text(0x04, "ff") == "255");
    CHECK(text(0x05, "0080") == "-32768");
    CHECK(text(0x06, "ffff") == "65535");
    CHECK(text(0x07, "00000080") == "-2147483648");
    CHECK(text(0x08, "ffffffff") == "4294967295");
    CHECK(text(0x09, "0000000000000080") == "-9223372036854775808");
    CHECK(text(0x0a, "ffffffffffffffff") == "18446744073709551615");
}

TEST_CASE("value: hex types print without leading zeros, in lower case") {
    CHECK(text(0x14, "a4010000") == "0x1a4");
    CHECK(text(0x14, "00000000") == "0x0");
    CHECK(text(0x15, "efcdab8967452301") == "0x123456789abcdef");
    CHECK(text(0x15, "0000000000000080") == "0x8000000000000000");
    CHECK(text(0x10, "00100000") == "0x1000");
    CHECK(text(0x10, "0010000001000000") == "0x100001000");
}

TEST_CASE("value: a boolean other than 0 and 1 prints as its number") {
    CHECK(text(0x0d, "00000000") == "false");
    CHECK(text(0x0d, "01000000") == "true");
    CHECK(text(0x0d, "02000000") == "2");
    CHECK(text(0x0d, "ffffffff") == "-1");
}

TEST_CASE("value: a GUID prints in braces and lower case, its first parts little-endian") {
    // {54849625-5478-4994-A5BA-3E3B0328C30D}, the Security auditing provider
    CHECK(text(0x0f,
               "25968454785494"
               "49a5ba3e3b0328c30d") == "{54849625-5478-4994-a5ba-3e3b0328c30d}");
}

TEST_CASE("value: SIDs print their authority and sub-authorities") {
    CHECK(text(0x13, "010100000000000512000000") == "S-1-5-18");
    CHECK(text(0x13, "01020000000000052000000020020000") == "S-1-5-32-544");
    // Named five sub-authorities, two are there: a value that was cut.
    CHECK(text(0x13, "01050000000000051500000001000000") == "S-1-5-21-1");
    CHECK(text(0x13, "0101") == "0101");
}

TEST_CASE("value: times print with seven digits, and what is no time as Windows prints it") {
    // 2019-04-17T01:02:03.1234567Z
    CHECK(text(0x11, "074e2f2bb9f4d401") == "2019-04-17T01:02:03.1234567Z");
    CHECK(text(0x11, "0000000000000000") == "1601-01-01T00:00:00.0000000Z");
    CHECK(text(0x11, "ffffffffffffffff") == "0000-00-00T00:00:00.0000000Z");
    // SYSTEMTIME: year, month, day of week, day, hour, minute, second, milliseconds
    CHECK(text(0x12,
               "e307040003001100010002000300"
               "7b00") == "2019-04-17T01:02:03.1230000Z");
    CHECK(text(0x12,
               "e3070d0003001100010002000300"
               "7b00") == "1601-01-01T00:00:00.0000000Z");
}

TEST_CASE("value: binary prints as upper-case hex") { CHECK(text(0x0e, "00ab10") == "00AB10"); }

TEST_CASE("value: a string loses trailing NULs only") {
    CHECK(text(0x01, "41004200") == "AB");
    CHECK(text(0x01, "410000000000") == "A");
    CHECK(text(0x01, "41000000420000") == std::string("A\0B", 3));
    CHECK(text(0x01, "") == "");
}

TEST_CASE("value: a lone surrogate becomes U+FFFD") {
    CHECK(text(0x01, "00d84100") ==
          "\xef\xbf\xbd"
          "A");
}

TEST_CASE("value: null, missing and sized values of size 0 are null; an empty string is not") {
    CHECK(Value{nullptr, 0, 0x00}.is_null());
    CHECK(Value{nullptr, 0, 0x7f}.is_null());
    CHECK(Value{nullptr, 0, 0x08}.is_null());
    CHECK_FALSE(Value{nullptr, 0, 0x01}.is_null());
    CHECK_FALSE(Value{nullptr, 0, 0x81}.is_null());
}

TEST_CASE("value: an array of strings is cut at NULs, the last may be missing") {
    const Raw value(0x81, "410000004200430000004400");
    std::vector<std::string> items;
    for_each_item(value.value, [&](const Value& item) { items.push_back(to_text(item)); });
    CHECK(items == std::vector<std::string>{"A", "BC", "D"});
    CHECK(to_text(value.value) == "A, BC, D");
}

TEST_CASE("value: an array of numbers is cut by width, and a rest is kept as it is") {
    const Raw value(0x88, "0100000002000000ff");
    std::vector<std::string> items;
    for_each_item(value.value, [&](const Value& item) { items.push_back(to_text(item)); });
    CHECK(items == std::vector<std::string>{"1", "2", "FF"});
}

TEST_CASE("value: an array of size 0 has no item") {
    int count = 0;
    for_each_item(Value{nullptr, 0, 0x81}, [&](const Value&) { ++count; });
    CHECK(count == 0);
}

TEST_CASE("value: numbers are read from integers, hex values and text") {
    std::uint64_t number = 0;
    CHECK(as_unsigned(Raw(0x06, "1012").value, number));
    CHECK(number == 4624);
    CHECK(as_unsigned(Raw(0x01,
                          "340036003200"
                          "3400")
                          .value,
                      number));
    CHECK(number == 4624);
    CHECK(as_unsigned(Value::utf8("0x1210"), number));
    CHECK(number == 4624);
    CHECK_FALSE(as_unsigned(Value::utf8("4624x"), number));
    CHECK_FALSE(as_unsigned(Value{}, number));
}

TEST_CASE("value: a float's specials print as Windows prints them") {
    const auto real64 = [](double number) {
        std::string bytes(8, '\0');
        std::memcpy(bytes.data(), &number, 8);
        return to_text({as_bytes(bytes).data(), 8, 0x0c});
    };
    CHECK(real64(1.5) == "1.5");
    CHECK(real64(std::numeric_limits<double>::infinity()) == "1.#INF");
    CHECK(real64(-std::numeric_limits<double>::infinity()) == "-1.#INF");
}
