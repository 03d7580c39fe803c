#include "konseki/story/moves.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "made_moves.h"

using namespace konseki;
using namespace konseki::story;
using findings::Level;
using findings::MovementKind;

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
