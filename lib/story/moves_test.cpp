#include "konseki/story/moves.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "made_world.h"

using namespace konseki;
using namespace konseki::story;
using findings::AccountKind;
using findings::Level;
using findings::MovementKind;

namespace {

bool has(const Move& move, Unusual reason) {
    return std::ranges::find(move.unusual, reason) != move.unusual.end();
}

/// The reasons of the only row of an account.
const Move& row_of(const Told& told, std::string_view account) {
    const auto found = std::ranges::find_if(
        told.moves.moves, [&](const Move& move) { return bare_account(move.account) == account; });
    REQUIRE(found != told.moves.moves.end());
    return *found;
}

constexpr double noon = 3;  // 12:00 in Japan

}  // namespace

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

TEST_CASE("moves: a public address weighs less than a guessed password") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    world.arrival(host, MovementKind::network, "ann", "203.0.113.7", World::at(1, noon));
    world.arrival(host, MovementKind::failed, "bob", "10.1.0.7", World::at(2, noon)).count = 40;
    world.arrival(host, MovementKind::network, "bob", "10.1.0.7", World::at(2, noon + 1));

    CHECK(world.tell().moves.moves.front().account == "bob");
}

TEST_CASE("moves: a host that is said to be closed was reached from outside") {
    World world;
    const std::uint32_t host = world.host("LAB01.corp.example.jp");
    world.arrival(host, MovementKind::network, "CORP\\ann", "203.0.113.7", World::at(2, noon));
    world.arrival(host, MovementKind::network, "CORP\\bob", "10.1.0.7", World::at(2, noon));
    world.described.push_back({.name = "LAB01", .aliases = {}, .closed = true});

    CHECK(row_of(world.tell(), "ann").unusual.front() == Unusual::closed_host);
    CHECK(!has(row_of(world.tell(), "bob"), Unusual::closed_host));
}

TEST_CASE("moves: the host itself, loopback and link-local addresses are no movement") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    for (const char* address : {"127.0.0.1", "::1", "fe80::1", "169.254.0.9"})
        world.arrival(host, MovementKind::network, "CORP\\ann", address, World::at(2));
    world.arrival(host, MovementKind::network, "CORP\\ann", "", World::at(2)).from =
        "web01.corp.example.jp";

    CHECK(world.tell().moves.moves.empty());
}

TEST_CASE("moves: remote desktop from loopback is a tunnel") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    world.arrival(host, MovementKind::remote_desktop, "CORP\\ann", "::1", World::at(2, noon));

    CHECK(row_of(world.tell(), "ann").unusual == std::vector{Unusual::tunnel});
}

TEST_CASE("moves: many failed tries and then a success were guessed, a slip of the hand was not") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    for (const auto& [account, tries] : {std::pair{"ann", 40}, std::pair{"bob", 2}}) {
        world.arrival(host, MovementKind::failed, account, "10.1.0.7", World::at(2, noon)).count =
            static_cast<std::uint64_t>(tries);
        world.arrival(host, MovementKind::network, account, "10.1.0.7", World::at(2, noon + 1));
    }

    const Told told = world.tell();

    const auto guessed = [&](std::string_view account) {
        return std::ranges::any_of(told.moves.moves, [&](const Move& move) {
            return move.account == account && has(move, Unusual::guessed);
        });
    };
    CHECK(guessed("ann"));
    CHECK(!guessed("bob"));
}

TEST_CASE(
    "moves: one account that reaches ten hosts within an hour is unusual, over a month it is not") {
    World world;
    for (int i = 0; i < 10; ++i) {
        const std::uint32_t host = world.host("PC0" + std::to_string(i));
        world.arrival(host, MovementKind::network, "CORP\\fast", "10.1.0.99",
                      World::at(2, noon + i * 0.1));
        world.arrival(host, MovementKind::network, "CORP\\slow", "10.1.0.99", World::at(2 + i));
    }

    const Told told = world.tell();

    CHECK(has(row_of(told, "fast"), Unusual::many_hosts));
    CHECK(!has(row_of(told, "slow"), Unusual::many_hosts));
}

TEST_CASE("moves: a pair is new only where the log of the target reaches back a week before") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    world.arrival(host, MovementKind::network, "CORP\\early", "10.1.0.1", World::at(6, noon));
    world.arrival(host, MovementKind::network, "CORP\\late", "10.1.0.2", World::at(8, noon));
    world.arrival(host, MovementKind::network, "CORP\\known", "10.1.0.1", World::at(9, noon));

    const Told told = world.tell();

    CHECK(!has(row_of(told, "early"), Unusual::first_seen));
    CHECK(has(row_of(told, "late"), Unusual::first_seen));
    CHECK(!has(row_of(told, "known"), Unusual::first_seen));
}

TEST_CASE("moves: night is 22:00 to 05:00 of the zone, and only where nothing was by day") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    world.arrival(host, MovementKind::network, "night", "10.1.0.1", World::at(2, 17));  // 02:00
    world.arrival(host, MovementKind::network, "dawn", "10.1.0.1", World::at(2, 20.5));
    findings::Movement& nights =
        world.arrival(host, MovementKind::network, "nights", "10.1.0.1", World::at(2, 17));
    nights.count = 30;
    nights.span.last = World::at(20, 17);

    const Told told = world.tell();

    CHECK(has(row_of(told, "night"), Unusual::night));
    CHECK(!has(row_of(told, "dawn"), Unusual::night));
    CHECK(!has(row_of(told, "nights"), Unusual::night));
}

TEST_CASE("moves: two hosts that serve nobody are workstations, where enough hosts were read") {
    World world;
    for (const char* name : {"PC01", "PC02", "FILE01", "PC03", "PC04", "PC05"}) world.host(name);
    for (const char* from : {"PC01", "PC03", "PC04"})
        world.arrival(2, MovementKind::network, std::string("user-") + from, "", World::at(2, noon))
            .from = from;
    world.arrival(1, MovementKind::network, "sideways", "", World::at(2, noon)).from = "PC01";

    const Told told = world.tell();

    CHECK(has(row_of(told, "sideways"), Unusual::between_workstations));
    CHECK(!has(row_of(told, "user-pc01"), Unusual::between_workstations));
}

TEST_CASE("moves: accounts of findings and hosts with signs count around the findings alone") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    const std::uint32_t rule = world.rule("E128", Level::critical, "persistence");
    world.find(host, rule, World::at(10), "CORP\\svc");
    const auto arrive = [&](const char* account, double day) {
        world.arrival(host, MovementKind::network, account, "10.1.0.1", World::at(day, noon));
    };
    arrive("svc", 10);
    arrive("near", 10);
    arrive("far", 20);

    const Told told = world.tell();

    CHECK(has(row_of(told, "svc"), Unusual::finding_account));
    CHECK(has(row_of(told, "svc"), Unusual::finding_host));
    CHECK(has(row_of(told, "near"), Unusual::finding_host));
    CHECK(!has(row_of(told, "far"), Unusual::finding_host));
    CHECK(told.moves.moves.front().account == "svc");
}

TEST_CASE("moves: where the account goes whose password was guessed counts") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    const std::uint32_t rule = world.rule("E086", Level::high, "credential-access");
    world.find(host, rule, World::at(10));
    world.found.back().fields = R"({"TargetUserName":"adm01","IpAddress":"10.9.0.23"})";
    const std::uint32_t other = world.host("FILE01");
    world.arrival(other, MovementKind::network, "CORP\\adm01", "10.1.0.1", World::at(10, noon));

    CHECK(has(row_of(world.tell(), "adm01"), Unusual::finding_account));
}

TEST_CASE(
    "moves: what an account of a finding does every day is a habit, its remote desktop is not") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    world.find(host, world.rule("E128", Level::critical, "persistence"), World::at(10),
               "CORP\\svc");
    world.arrival(host, MovementKind::network, "CORP\\svc", "10.1.0.1", World::at(2, noon))
        .span.last = World::at(28, noon);
    world.arrival(host, MovementKind::remote_desktop, "CORP\\svc", "10.1.0.2", World::at(2, noon))
        .span.last = World::at(28, noon);

    for (const Move& move : world.tell().moves.moves)
        CHECK(has(move, Unusual::finding_account) == (move.kind == MovementKind::remote_desktop));
}

TEST_CASE("moves: one row for a tunnel, however its address is written") {
    World world;
    const std::uint32_t host = world.host("WEB01");
    for (const char* address : {"::1", "::", "127.0.0.1"})
        world.arrival(host, MovementKind::remote_desktop, "CORP\\ann", address, World::at(2, noon));

    const Told told = world.tell();

    REQUIRE(told.moves.moves.size() == 1);
    CHECK(told.moves.moves[0].count == 3);
}

TEST_CASE("moves: machine accounts are left out unless something is odd, and counted") {
    World world;
    const std::uint32_t host = world.host("DC01");
    world.machine(host, "PC07", "10.1.0.7");
    world.machine(host, "PC08", "203.0.113.8");

    const Told told = world.tell();

    REQUIRE(told.moves.moves.size() == 1);
    CHECK(told.moves.moves[0].unusual == std::vector{Unusual::outside_address});
    CHECK(told.moves.ordinary_left_out == 1);
}

TEST_CASE("moves: both hosts agree where each tells of the way at about the same time") {
    World world;
    const std::uint32_t web = world.host("WEB01"), dc = world.host("DC01");
    world.machine(dc, "WEB01", "10.1.0.5");
    world.move(web, MovementKind::other_account, "CORP\\svc", World::at(2, noon)).to = "DC01";
    world.arrival(dc, MovementKind::network, "CORP\\svc", "10.1.0.5", World::at(2, noon + 0.01));
    world.arrival(dc, MovementKind::network, "CORP\\lone", "10.1.0.5", World::at(5, noon));

    const Told told = world.tell();

    for (const Move& move : told.moves.moves) {
        if (move.kind == MovementKind::network)
            CHECK(move.both_sides == (bare_account(move.account) == "svc"));
    }
}
