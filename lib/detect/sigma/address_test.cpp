#include "sigma/address.h"

#include <doctest/doctest.h>

#include <string>

using namespace konseki::detect::sigma;

namespace {

bool inside(const char* network, const char* address) {
    const auto net = read_network(network);
    REQUIRE(net);
    const auto host = read_address(address);
    return host && contains(net->cidr, *host);
}

}  // namespace

TEST_CASE("address: addresses lie in the networks that hold them and in no other") {
    CHECK(inside("10.0.0.0/8", "10.255.1.2"));
    CHECK(!inside("10.0.0.0/8", "11.0.0.1"));
    CHECK(inside("172.16.0.0/12", "172.31.255.255"));
    CHECK(!inside("172.16.0.0/12", "172.32.0.0"));
    CHECK(inside("127.0.0.1", "127.0.0.1"));
    CHECK(!inside("127.0.0.1", "127.0.0.2"));
    CHECK(inside("0.0.0.0/0", "8.8.8.8"));
    CHECK(!inside("0.0.0.0/0", "2001:db8::1"));
    CHECK(inside("fe80::/10", "fe80::1%12"));
    CHECK(inside("fc00::/7", "fdff::1"));
    CHECK(inside("::1", "0:0:0:0:0:0:0:1"));
    CHECK(inside("::1/128", "::1"));
}

TEST_CASE("address: IPv4 mapped into IPv6 is the same address, in the rule and in the event") {
    CHECK(inside("192.168.0.0/16", "::ffff:192.168.3.4"));
    CHECK(inside("::ffff:192.168.0.0/112", "192.168.3.4"));
    CHECK(inside("192.168.0.0/16", "::FFFF:C0A8:0304"));
}

TEST_CASE("address: what is no address is none") {
    for (const char* text : {"", "-", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", "host",
                             "1::2::3", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
                             "12345::", "::1.2.3", "fe80:", "1:2:3:4:5:6:7::8:9", "0x1.2.3.4"}) {
        INFO(text);
        CHECK(!read_address(text));
    }
}

TEST_CASE("address: host bits are cleared and told, a bad mask is refused") {
    const auto network = read_network("10.1.2.3/8");
    REQUIRE(network);
    CHECK(network->had_host_bits);
    CHECK(inside("10.1.2.3/8", "10.9.9.9"));
    CHECK(!read_network("10.0.0.0/8")->had_host_bits);
    for (const char* text : {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.*", "10.0.0.0/255.0.0.0"})
        CHECK(!read_network(text));
}
