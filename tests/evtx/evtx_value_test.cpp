// Traps of values (numbers: docs/formats/evtx-traps.md). Texts are what Windows prints
// ([MS-EVEN6] 2.2.12.3 and 3.1.4.7.3; libyal/libevtx documentation, "Floating point").

#include <doctest/doctest.h>

#include <limits>

#include "konseki/records/value.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;
namespace value = made::value;
using made::Type;
using Texts = std::vector<std::string>;

namespace {
/// `Data` of one record with this value in a slot that the template declares with `declared`.
std::unique_ptr<ReadFile> read_value(const made::Value& data, Type declared,
                                     const ReadOptions& options = {}) {
    made::Template one;
    one.guid[0] = 1;
    one.nodes = {
        made::element("Event", {made::element("EventData", {made::data_slot("V", 0, declared)})})};
    auto file = read_file(made::make_log({made::record(1, 1, {&one, {data}})}), options);
    REQUIRE(file->records.size() == 1);
    return file;
}
std::string text_of(const made::Value& data, const ReadOptions& options = {}) {
    return read_value(data, data.type, options)->records[0].get("V").value_or("(absent)");
}
Texts items_of(const made::Value& data) { return read_value(data, data.type)->records[0].all("V"); }
}  // namespace

TEST_CASE("each value type reads as Windows prints it") {
    CHECK(text_of(value::string("文字列")) == "文字列");
    CHECK(text_of(value::ansi("ansi text")) == "ansi text");
    CHECK(text_of(value::int8(-128)) == "-128");
    CHECK(text_of(value::uint8(255)) == "255");
    CHECK(text_of(value::int16(-32'768)) == "-32768");
    CHECK(text_of(value::uint16(65'535)) == "65535");
    CHECK(text_of(value::int32(std::numeric_limits<std::int32_t>::min())) == "-2147483648");
    CHECK(text_of(value::uint32(4'294'967'295)) == "4294967295");
    CHECK(text_of(value::int64(std::numeric_limits<std::int64_t>::min())) ==
          "-9223372036854775808");
    CHECK(text_of(value::uint64(std::numeric_limits<std::uint64_t>::max())) ==
          "18446744073709551615");
    CHECK(text_of(value::binary(std::string_view("\x00\x01\xfe\xff", 4))) == "0001FEFF");
    CHECK(text_of(value::guid("{2D4D81D2-94BD-4667-A2AF-2343F9D83462}")) ==
          "{2d4d81d2-94bd-4667-a2af-2343f9d83462}");
    CHECK(text_of(value::sid("S-1-5-21-1004336348-1177238915-682003330-1105")) ==
          "S-1-5-21-1004336348-1177238915-682003330-1105");
    CHECK(text_of(value::hex32(0x1a4)) == "0x1a4");
    CHECK(text_of(value::hex64(0x8020000000000000)) == "0x8020000000000000");
}

TEST_CASE("trap 19: each array type spreads into its items") {
    CHECK(items_of(value::strings({"一", "", "三"})) == Texts{"一", "", "三"});
    CHECK(items_of(value::strings({"one", "two"}, false)) == Texts{"one", "two"});
    CHECK(items_of(value::ansi_strings({"one", "two"})) == Texts{"one", "two"});
    CHECK(items_of(value::ansi_strings({"one", "two"}, false)) == Texts{"one", "two"});
    CHECK(items_of(value::array({value::int8(-1), value::int8(2)})) == Texts{"-1", "2"});
    CHECK(items_of(value::array({value::uint8(97), value::uint8(99)})) == Texts{"97", "99"});
    CHECK(items_of(value::array({value::int16(-1), value::int16(2)})) == Texts{"-1", "2"});
    CHECK(items_of(value::array({value::uint16(1), value::uint16(65'535)})) == Texts{"1", "65535"});
    CHECK(items_of(value::array({value::int32(-1), value::int32(2)})) == Texts{"-1", "2"});
    CHECK(items_of(value::array({value::uint32(1), value::uint32(2)})) == Texts{"1", "2"});
    CHECK(items_of(value::array({value::int64(-1), value::int64(2)})) == Texts{"-1", "2"});
    CHECK(items_of(value::array({value::uint64(1), value::uint64(2)})) == Texts{"1", "2"});
    CHECK(items_of(value::array({value::sid("S-1-5-18"), value::sid("S-1-5-32-544")})) ==
          Texts{"S-1-5-18", "S-1-5-32-544"});
    CHECK(items_of(value::array({value::hex32(1), value::hex32(0x1a4)})) == Texts{"0x1", "0x1a4"});
    CHECK(items_of(value::array({value::hex64(1), value::hex64(2)})) == Texts{"0x1", "0x2"});
    CHECK(items_of(value::array({value::filetime(131'999'365'231'234'567), value::filetime(0)})) ==
          Texts{"2019-04-17T01:02:03.1234567Z", "1601-01-01T00:00:00.0000000Z"});
    CHECK(items_of(value::array({value::guid("{2d4d81d2-94bd-4667-a2af-2343f9d83462}")})) ==
          Texts{"{2d4d81d2-94bd-4667-a2af-2343f9d83462}"});
}

TEST_CASE("trap 19: an array of size 0 is one empty element, not an absent one") {
    for (const Type type : {Type::string, Type::ansi, Type::uint32, Type::guid, Type::sid}) {
        const auto file = read_value(value::empty(made::array_of(type)), made::array_of(type));

        CHECK(file->records[0].get("V") == "");
        CHECK(file->records[0].markup() ==
              "<Event><EventData><Data Name=\"V\"></Data></EventData></Event>");
    }
}

TEST_CASE("trap 20: an array used in one element and in a text of another is whole in both") {
    made::Template one;
    one.guid[0] = 1;
    one.nodes = {made::element(
        "Event",
        {made::element("EventData",
                       {made::element("Spread", {made::slot(0, made::array_of(Type::uint8))}),
                        made::element("Inside", {made::text("x"),
                                                 made::slot(0, made::array_of(Type::uint8))})})})};

    const auto file = read_file(made::make_log(
        {made::record(1, 1, {&one, {value::array({value::uint8(97), value::uint8(99)})}})}));

    REQUIRE(file->records.size() == 1);
    CHECK(file->records[0].all("Spread") == Texts{"97", "99"});
    const std::string inside = file->records[0].get("Inside").value_or("");
    CHECK(inside.starts_with("x97"));
    CHECK(inside.ends_with("99"));
}

TEST_CASE(
    "trap 21: a slot declared as size takes 32 and 64 bit, as size or as hex, alone or in an "
    "array") {
    const auto declared = [](const made::Value& data, Type type) {
        return read_value(data, type)->records[0].all("V");
    };

    CHECK(declared(value::hex32(0x1a4), Type::size) == Texts{"0x1a4"});
    CHECK(declared(value::hex64(0x1a4), Type::size) == Texts{"0x1a4"});
    CHECK(declared(value::size32(18), Type::size) == Texts{"0x12"});
    CHECK(declared(value::size64(0x100000000), Type::size) == Texts{"0x100000000"});
    CHECK(declared(value::array({value::hex32(1), value::hex32(2)}), made::array_of(Type::size)) ==
          Texts{"0x1", "0x2"});
    CHECK(declared(value::array({value::hex64(1), value::hex64(2)}), made::array_of(Type::size)) ==
          Texts{"0x1", "0x2"});
}

TEST_CASE("trap 22: the type that the record names wins over the template's") {
    const auto as = [](const made::Value& data, Type type) {
        return *read_value(data, type)->records[0].get("V");
    };

    CHECK(as(value::string("text"), Type::uint32) == "text");
    CHECK(as(value::uint32(7), Type::string) == "7");
    CHECK(as(value::ansi("bytes"), Type::string) == "bytes");
    CHECK(as(value::null(), Type::uint32) == "");
    CHECK(as(value::null(), made::array_of(Type::string)) == "");
}

TEST_CASE("trap 23: a boolean other than 0 and 1 is printed as the number") {
    CHECK(text_of(value::boolean(0)) == "false");
    CHECK(text_of(value::boolean(1)) == "true");
    CHECK(text_of(value::boolean(2)) == "2");
    CHECK(text_of(value::boolean(0x10000)) == "65536");
    CHECK(items_of(value::array({value::boolean(0), value::boolean(1), value::boolean(6)})) ==
          Texts{"false", "true", "6"});
}

TEST_CASE("trap 24: times that no calendar has never fail the record") {
    CHECK(text_of(value::filetime(0)) == "1601-01-01T00:00:00.0000000Z");
    // 10000-01-01 is 3,067,671 days after 1601-01-01; years keep their last four digits.
    CHECK(text_of(value::filetime(3'067'671ull * 864'000'000'000)) ==
          "0000-01-01T00:00:00.0000000Z");
    CHECK(text_of(value::filetime(0x8000000000000000)) == "0000-00-00T00:00:00.0000000Z");
    CHECK(text_of(value::filetime(0xffffffffffffffff)) == "0000-00-00T00:00:00.0000000Z");
    CHECK(text_of(value::systemtime({2019, 4, 3, 17, 1, 2, 3, 456})) ==
          "2019-04-17T01:02:03.4560000Z");
    CHECK(text_of(value::systemtime({0, 0, 0, 0, 0, 0, 0, 0})) == "1601-01-01T00:00:00.0000000Z");
    CHECK(text_of(value::systemtime({2019, 13, 3, 17, 1, 2, 3, 456})) ==
          "1601-01-01T00:00:00.0000000Z");
    CHECK(text_of(value::systemtime({2019, 2, 3, 30, 1, 2, 3, 456})) ==
          "1601-01-01T00:00:00.0000000Z");
    CHECK(text_of(value::systemtime({65'535, 65'535, 65'535, 65'535, 65'535, 65'535, 65'535,
                                     65'535})) == "1601-01-01T00:00:00.0000000Z");
}

TEST_CASE("trap 25: a FILETIME keeps all seven digits") {
    CHECK(text_of(value::filetime(131'999'365'231'234'567)) == "2019-04-17T01:02:03.1234567Z");
    CHECK(text_of(value::filetime(131'999'365'230'000'001)) == "2019-04-17T01:02:03.0000001Z");
}

TEST_CASE("trap 26: infinities and not-a-number have the forms of the C runtime") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();

    CHECK(text_of(value::real64(infinity)) == "1.#INF");
    CHECK(text_of(value::real64(-infinity)) == "-1.#INF");
    CHECK(text_of(value::real64(-nan)) == "-1.#IND");
    CHECK(text_of(value::real32(std::numeric_limits<float>::infinity())) == "1.#INF");
    CHECK(text_of(value::real64(0)) == "0");
    CHECK(text_of(value::real64(-0.0)) == "-0");
    CHECK(text_of(value::real64(3)) == "3");
}

TEST_CASE("trap 27: ANSI bytes follow the code page that was asked for") {
    const std::string sjis = "\x8c\x6f\x97\x9d\x95\x94";  // 経理部 in CP932

    CHECK(text_of(value::ansi(sjis), {.recover = false, .code_page = 932}) == "経理部");
    CHECK(text_of(value::ansi("\xe4\xf6\xfc"), {.recover = false, .code_page = 1252}) == "äöü");
}

TEST_CASE(
    "trap 27: without a code page valid double-byte CP932 is taken as such, else 1252, and noted") {
    const auto japanese = read_value(value::ansi("\x8c\x6f\x97\x9d\x95\x94"), Type::ansi);
    const auto western = read_value(value::ansi("M\xfcller"), Type::ansi);
    constexpr auto guessed = static_cast<std::uint8_t>(records::Note::code_page_guessed);

    CHECK(japanese->records[0].get("V") == "経理部");
    CHECK((japanese->records[0].record->notes & guessed) != 0);
    CHECK(western->records[0].get("V") == "Müller");
    CHECK((western->records[0].record->notes & guessed) != 0);
}

TEST_CASE("trap 27: ANSI arrays are decoded item by item") {
    const auto file = read_value(value::ansi_strings({"\x8c\x6f\x97\x9d\x95\x94", "two"}),
                                 made::array_of(Type::ansi), {.recover = false, .code_page = 932});

    CHECK(file->records[0].all("V") == Texts{"経理部", "two"});
}

TEST_CASE("trap 28: lone surrogates, controls and trailing NULs never make invalid text") {
    CHECK(text_of(value::string("a\xed\xa0\x80z")) == "a\xef\xbf\xbdz");  // U+D800 alone
    CHECK(text_of(value::string("a\xed\xb0\x80")) == "a\xef\xbf\xbd");    // U+DC00 alone
    CHECK(text_of(value::string(std::string_view("fixed\0", 6))) == "fixed");
    CHECK(text_of(value::raw(Type::string, std::string("a\0b", 3))) ==
          "a");  // an odd last byte is no character
    CHECK(text_of(value::string("\x01\x1b[31m")) == "\x01\x1b[31m");
    CHECK(text_of(value::string("\xef\xbf\xbe")) == "\xef\xbf\xbe");  // U+FFFE
    CHECK(text_of(value::string("😀")) == "😀");
}

TEST_CASE("fixed-size values of any other size never fail the record") {
    for (const Type type : {Type::int8, Type::uint16, Type::int32, Type::uint64, Type::real32,
                            Type::real64, Type::boolean, Type::guid, Type::size, Type::filetime,
                            Type::systemtime, Type::sid, Type::hex32, Type::hex64})
        for (const std::size_t size : {0u, 1u, 3u, 7u, 9u, 15u, 17u, 40u}) {
            const auto file = read_value(value::raw(type, std::string(size, '\x01')), type);
            CHECK(file->records[0].get("V").has_value());
            const auto array = read_value(
                value::raw(made::array_of(type), std::string(size, '\x01')), made::array_of(type));
            CHECK(array->records[0].get("V").has_value());
        }
}

TEST_CASE("unknown value types never fail the record") {
    for (const int type : {0x16, 0x1f, 0x20, 0x22, 0x23, 0x7f, 0x60, 0x8e, 0xa1, 0xff}) {
        const auto file = read_value(value::raw(static_cast<Type>(type), "bytes"), Type::string);
        CHECK(file->records[0].get("V").has_value());
    }
}
