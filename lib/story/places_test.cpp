#include "konseki/story/places.h"

#include <doctest/doctest.h>

#include "made_moves.h"

using namespace konseki;
using namespace konseki::story;
using findings::AccountKind;
using findings::MovementKind;

TEST_CASE("addresses: where they lie is told by their number") {
    for (const char* text : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
        CHECK_MESSAGE(nearness_of(text) == Nearness::loopback, text);
    for (const char* text : {"169.254.1.2", "fe80::1", "febf::9"})
        CHECK_MESSAGE(nearness_of(text) == Nearness::link_local, text);
    for (const char* text : {"10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.1", "100.64.0.1",
                             "fd00::1", "fc12::1", "::ffff:10.1.2.3"})
        CHECK_MESSAGE(nearness_of(text) == Nearness::inside, text);
    for (const char* text : {"203.0.113.7", "172.32.0.1", "11.0.0.1", "2001:db8::1", "100.128.0.1"})
        CHECK_MESSAGE(nearness_of(text) == Nearness::outside, text);
    for (const char* text : {"", "PC07", "10.0.0", "10.0.0.256", "10.0.0.1.", "cafe", "a:b"})
        CHECK_MESSAGE(nearness_of(text) == Nearness::none, text);
}

TEST_CASE("places: a machine account names its address, and short and full name are one") {
    World world;
    const std::uint32_t dc = world.host("DC01.corp.example.jp");
    world.machine(dc, "PC07", "10.1.0.7");
    world.arrival(dc, MovementKind::network, "CORP\\ann", "10.1.0.7", World::at(2));
    world.arrival(dc, MovementKind::network, "CORP\\bob", "", World::at(2)).from =
        "pc07.corp.example.jp";

    const Told told = world.tell();

    CHECK(row_of(told, "ann").from == row_of(told, "bob").from);
    CHECK(!told.places.at(row_of(told, "ann").from).is_address());
    CHECK(row_of(told, "ann").to == told.places.of_host(dc));
}

TEST_CASE("places: an address that two machines used stays an address") {
    World world;
    const std::uint32_t dc = world.host("DC01");
    world.machine(dc, "PC07", "10.1.0.7");
    world.machine(dc, "PC08", "10.1.0.7");
    world.arrival(dc, MovementKind::network, "CORP\\ann", "10.1.0.7", World::at(2));

    const Told told = world.tell();

    CHECK(told.places.at(row_of(told, "ann").from).name == "10.1.0.7");
}

TEST_CASE("places: a name that a caller on the Internet gave itself does not hide its address") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    world.arrival(host, MovementKind::network, "CORP\\ann", "203.0.113.7", World::at(2)).from =
        "FILE01";

    const Move row = row_of(world.tell(), "ann");

    CHECK(has(row, Unusual::outside_address));
    CHECK(world.tell().places.at(row.from).name == "203.0.113.7");
}

TEST_CASE(
    "places: a name that a caller inside gave itself hides no address, of its own row neither") {
    World world;
    const std::uint32_t web = world.host("WEB01");
    world.host("FILE01");
    world.arrival(web, MovementKind::network, "CORP\\ann", "10.9.0.23", World::at(2));
    world.arrival(web, MovementKind::failed, "CORP\\nobody", "10.9.0.23", World::at(2)).from =
        "FILE01";

    const Told told = world.tell();

    CHECK(told.places.at(row_of(told, "ann").from).name == "10.9.0.23");
    CHECK(row_of(told, "ann").calls_itself.empty());
    CHECK(told.places.at(row_of(told, "nobody").from).name == "10.9.0.23");
    CHECK(row_of(told, "nobody").calls_itself == "FILE01");
}

TEST_CASE(
    "places: remote desktop names the host that records it, which is no claim of the caller") {
    World world;
    const std::uint32_t web = world.host("WEB01.corp.example.jp");
    for (const auto& [account, address] : {std::pair{"ann", "10.9.0.23"}, std::pair{"bob", "::1"}})
        world.arrival(web, MovementKind::remote_desktop, account, address, World::at(2)).from =
            "WEB01";

    const Told told = world.tell();

    CHECK(row_of(told, "ann").calls_itself.empty());
    CHECK(row_of(told, "bob").calls_itself.empty());
}

TEST_CASE("places: the machine account of a logon that failed names no address") {
    World world;
    const std::uint32_t web = world.host("WEB01");
    world.host("FILE01");
    world.arrival(web, MovementKind::network, "CORP\\ann", "10.9.0.23", World::at(2));
    for (const MovementKind kind : {MovementKind::failed, MovementKind::ntlm})
        world.arrival(web, kind, "CORP\\FILE01$", "10.9.0.23", World::at(2)).account_kind =
            AccountKind::machine;

    const Told told = world.tell();

    CHECK(told.places.at(row_of(told, "ann").from).name == "10.9.0.23");
}

TEST_CASE("places: names and addresses that the organisation calls aliases are one host") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    findings::ProfileHost& described = world.described.emplace_back();
    described.name = "GATE01";
    described.aliases = {"oldgate.corp.example.jp", "10.9.0.23"};
    world.arrival(host, MovementKind::network, "ann", "10.9.0.23", World::at(2, noon));
    world.arrival(host, MovementKind::network, "bob", "", World::at(2, noon)).from = "OLDGATE";

    const Told told = world.tell();

    CHECK(row_of(told, "ann").from == row_of(told, "bob").from);
    CHECK(told.places.at(row_of(told, "ann").from).name == "GATE01");
}

TEST_CASE("places: two hosts of one short name in two domains are two") {
    World world;
    world.host("web01.a.example.jp");
    world.host("web01.b.example.jp");

    const Told told = world.tell();

    CHECK(told.places.of_host(0) != told.places.of_host(1));
}

TEST_CASE("places: a short name of two domains means the host in the domain of who recorded it") {
    World world;
    const std::uint32_t dc = world.host("dc01.a.example.jp");
    world.host("dc01.b.example.jp");
    const std::uint32_t web = world.host("web01.a.example.jp");
    world.arrival(web, MovementKind::network, "A\\ann", "", World::at(2)).from = "DC01";

    const Told told = world.tell();

    CHECK(row_of(told, "ann").from == told.places.of_host(dc));
}

TEST_CASE("places: an address in a network of the organisation is inside") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    world.arrival(host, MovementKind::network, "CORP\\ann", "203.0.113.7", World::at(2, noon));
    findings::Network network{.written = "203.0.113.0/24"};
    network.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 203, 0, 113, 0};
    network.prefix_bits = 96 + 24;

    CHECK(has(row_of(world.tell(), "ann"), Unusual::outside_address));
    world.networks.push_back(network);
    CHECK(!has(row_of(world.tell(), "ann"), Unusual::outside_address));
}

TEST_CASE("places: where a host of the evidence came from is inside, of IPv6 its network") {
    World world;
    const std::uint32_t dc = world.host("DC01");
    world.host("PC07");
    world.machine(dc, "PC07", "203.0.113.7");
    world.machine(dc, "PC07", "2001:db8:1:2::7");
    const std::vector<std::pair<const char*, const char*>> callers = {
        {"ann", "203.0.113.7"},
        {"bob", "2001:db8:1:2::99"},
        {"cho", "203.0.113.8"},
        {"dan", "2001:db8:1:3::7"},
        {"eve", "::ffff:198.51.100.1"}};
    for (const auto& [account, address] : callers)
        world.arrival(dc, MovementKind::network, account, address, World::at(2, noon));

    const Told told = world.tell();

    CHECK(told.places.at(row_of(told, "ann").from).name == "PC07");
    for (const char* account : {"ann", "bob"})
        CHECK(!has(row_of(told, account), Unusual::outside_address));
    for (const char* account : {"cho", "dan", "eve"})
        CHECK(has(row_of(told, account), Unusual::outside_address));
}

TEST_CASE("places: a machine nobody read has its name on a public address, which stays outside") {
    World world;
    const std::uint32_t dc = world.host("DC01");
    world.machine(dc, "PC08", "203.0.113.8");
    world.arrival(dc, MovementKind::network, "ann", "203.0.113.8", World::at(2, noon));

    const Told told = world.tell();

    CHECK(told.places.at(row_of(told, "ann").from).name == "PC08");
    CHECK(has(row_of(told, "ann"), Unusual::outside_address));
}
