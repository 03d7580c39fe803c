#include "engine/address.h"

#include "konseki/base/bytes.h"

#include <doctest/doctest.h>

#include <span>
#include <string>

using namespace konseki;
using namespace konseki::detect;

namespace {

std::string shown(std::string_view text) {
    Address address;
    if (!parse_address(text, address)) return "none";
    return to_hex(Bytes(std::as_bytes(std::span(address.bytes))));
}

}  // namespace

TEST_CASE("addresses are read as RFC 4291 and dotted decimal write them, anything else is none") {
    const std::string v4 = "00000000000000000000ffff";
    CHECK(shown("10.0.0.255") == v4 + "0a0000ff");
    CHECK(shown("::ffff:10.0.0.255") == v4 + "0a0000ff");
    CHECK(shown("::1") == std::string(31, '0') + "1");
    CHECK(shown("[::1]") == std::string(31, '0') + "1");
    CHECK(shown("::") == std::string(32, '0'));
    CHECK(shown("fe80::1%12") == "fe80" + std::string(27, '0') + "1");
    CHECK(shown("2001:db8:1:2:3:4:5:6") == "20010db8000100020003000400050006");
    CHECK(shown("2001:DB8::6") == "20010db8" + std::string(22, '0') + "06");
    CHECK(shown("1::") == "0001" + std::string(28, '0'));
    for (const char* const text : {"",
                                   "-",
                                   "1",
                                   "10.0.0",
                                   "10.0.0.256",
                                   "10.0.0.1.2",
                                   "10.0.0.1 ",
                                   ":",
                                   ":::",
                                   "1::2::3",
                                   "1:2:3:4:5:6:7",
                                   "1:2:3:4:5:6:7:8:9",
                                   "12345::",
                                   "g::1",
                                   "1:2:3:4:5:6:7:1.2.3.4",
                                   "LOCAL",
                                   "host-1",
                                   "::1:",
                                   "1:",
                                   "010.0.0.1",
                                   "10.00.0.1",
                                   "::ffff:10.0.0.012"})
        CHECK_MESSAGE(shown(text) == "none", text);
}

TEST_CASE("a network holds the addresses that share its first bits") {
    Address net, in, out;
    REQUIRE(parse_address("192.168.16.0", net));
    REQUIRE(parse_address("192.168.31.255", in));
    REQUIRE(parse_address("192.168.32.0", out));
    CHECK(is_within(in, net.bytes, 96 + 20));
    CHECK_FALSE(is_within(out, net.bytes, 96 + 20));
    CHECK(is_within(out, net.bytes, 0));
    CHECK_FALSE(is_within(in, net.bytes, 128));
    CHECK(is_within(net, net.bytes, 128));
}
