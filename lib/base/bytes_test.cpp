#include "konseki/base/bytes.h"

#include <doctest/doctest.h>

#include <cerrno>

using namespace konseki;
using namespace std::string_view_literals;

TEST_CASE("a cursor reads little-endian fields one after the other") {
    Cursor in(as_bytes("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"sv));
    CHECK(in.u8("a") == 0x01);
    CHECK(in.u16("b") == 0x0302);
    CHECK(in.u32("c") == 0x07060504);
    CHECK(in.u64("d") == 0x0f0e0d0c0b0a0908);
    CHECK(in.left() == 0);
    CHECK_FALSE(in.failed());
}

TEST_CASE("a cursor keeps its first failure and moves no further") {
    Cursor in(as_bytes("abc"), 1000);
    CHECK(in.u16("first") == 0x6261);
    CHECK(in.u32("record size") == 0);
    CHECK(in.u8("later") == 0);
    CHECK(in.take(1, "later").empty());
    CHECK(in.offset() == 2);
    REQUIRE(in.failed());
    CHECK(in.error().kind == ErrorKind::truncated);
    CHECK(in.error().offset == 1002);
    CHECK(in.error().need == 4);
    CHECK(in.error().have == 1);
    CHECK(in.error().message == "record size at offset 1002 needs 4 bytes, 1 are there");
}

TEST_CASE("a cursor seeks to every place up to the end and not past it") {
    Cursor in(as_bytes("abcd"), 16);
    in.seek(4, "end");
    CHECK_FALSE(in.failed());
    in.seek(1, "second");
    CHECK(in.u8("b") == 'b');
    in.seek(5, "next chunk");
    REQUIRE(in.failed());
    CHECK(in.error().message == "next chunk points to offset 21, past the end at 20");
    in.seek(0, "start");
    CHECK(in.offset() == 2);
}

TEST_CASE("a take of more than there is gives nothing, whatever the size") {
    Cursor in(as_bytes("abcd"));
    in.skip(1, "a");
    CHECK(in.take(~std::size_t{0}, "all").empty());
    CHECK(in.failed());
}

TEST_CASE("hex is lower case with two digits a byte") {
    CHECK(to_hex(as_bytes("\x00\x0f\xa9\xff"sv)) == "000fa9ff");
    CHECK(to_hex({}).empty());
}

TEST_CASE("an error from the system names the act and the reason") {
    const Error missing = Error::io("open /x/y", ENOENT);
    CHECK(missing.kind == ErrorKind::not_found);
    CHECK(missing.message == "open /x/y: No such file or directory");
    CHECK(Error::io("read /x", EACCES).kind == ErrorKind::io);
}

namespace {
Result<int> half(int value) {
    if (value % 2 != 0) return fail(Error::bad_value("odd", 7));
    return value / 2;
}
Result<int> quarter(int value) {
    const int first = TRY(half(value));
    return half(first);
}
}  // namespace

TEST_CASE("TRY passes a value on and returns an error") {
    CHECK(*quarter(12) == 3);
    const Result<int> bad = quarter(6);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().offset == 7);
}

TEST_CASE("base64 equals the vectors of RFC 4648 section 10") {
    CHECK(to_base64({}).empty());
    CHECK(to_base64(as_bytes("f")) == "Zg==");
    CHECK(to_base64(as_bytes("fo")) == "Zm8=");
    CHECK(to_base64(as_bytes("foo")) == "Zm9v");
    CHECK(to_base64(as_bytes("foobar")) == "Zm9vYmFy");
}
