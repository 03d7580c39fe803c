// What an organisation says of its accounts, its calendar and its networks, and what rights a logon had.
#include <doctest/doctest.h>

#include <algorithm>

#include "konseki/story/entry.h"
#include "made_moves.h"

using namespace konseki;
using namespace konseki::story;
using findings::AccountRole;
using findings::HostRole;
using findings::Level;
using findings::MovementKind;

namespace {

const Zone tokyo = parse_zone("+09:00").value();

/// Monday to Friday, 09:00 to 18:00.
findings::WorkDays office(std::vector<findings::DayRange> closed = {}) {
    return findings::WorkDays({.hours = {{9 * 60, 18 * 60, 0b11111}}, .closed = std::move(closed)},
                              tokyo);
}

/// 10.9.0.0/24, of VPN.
findings::Network vpn() {
    findings::Network network{.written = "10.9.0.0/24", .is_vpn = true};
    network.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 9, 0, 0};
    network.prefix_bits = 96 + 24;
    return network;
}

void describe(World& world, const std::string& host, HostRole role) {
    findings::ProfileHost& described = world.described.emplace_back();
    described.name = host;
    described.role = role;
}

}  // namespace

TEST_CASE(
    "customs: an account of a service comes by remote desktop, or one for emergencies at all") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    world.arrival(host, MovementKind::remote_desktop, "CORP\\svc_sql", "10.1.0.7",
                  World::at(2, noon));
    world.arrival(host, MovementKind::network, "CORP\\svc_web", "10.1.0.8", World::at(2, noon));
    world.arrival(host, MovementKind::failed, "CORP\\breakglass", "10.1.0.9", World::at(2, noon));
    world.accounts = {{"CORP\\svc_sql", AccountRole::service},
                      {"svc_web", AccountRole::service},
                      {"corp.example.jp\\BreakGlass", AccountRole::emergency}};

    const Told told = world.tell();

    CHECK(has(row_of(told, "svc_sql"), Unusual::service_account));
    CHECK(is_telling(row_of(told, "svc_sql")));
    CHECK_FALSE(has(row_of(told, "svc_web"), Unusual::service_account));
    CHECK(has(row_of(told, "breakglass"), Unusual::emergency_account));
}

TEST_CASE("customs: an account of another domain with the same name is another one") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    world.arrival(host, MovementKind::remote_desktop, "LAB\\svc_sql", "10.1.0.7",
                  World::at(2, noon));
    world.accounts = {{"CORP\\svc_sql", AccountRole::service}};

    CHECK_FALSE(has(row_of(world.tell(), "svc_sql"), Unusual::service_account));
}

TEST_CASE("customs: an administrator's account comes from a client, or from where it should") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    for (const auto& [account, from] : {std::pair{"adm1", "PC07"}, std::pair{"adm2", "ADM-PC"}})
        world.move(host, MovementKind::network, account, World::at(2, noon)).from = from;
    world.accounts = {{"adm1", AccountRole::administrator}, {"adm2", AccountRole::administrator}};
    describe(world, "PC07", HostRole::client);
    describe(world, "ADM-PC", HostRole::administrator);

    const Told told = world.tell();

    CHECK(has(row_of(told, "adm1"), Unusual::administrator_elsewhere));
    CHECK_FALSE(has(row_of(told, "adm2"), Unusual::administrator_elsewhere));
}

TEST_CASE("customs: two hosts said to be clients serve nobody, however few hosts were read") {
    World world;
    const std::uint32_t host = world.host("PC07");
    world.move(host, MovementKind::network, "ann", World::at(2, noon)).from = "PC08";
    describe(world, "PC07", HostRole::client);
    CHECK_FALSE(has(row_of(world.tell(), "ann"), Unusual::between_workstations));

    describe(world, "PC08", HostRole::client);
    CHECK(has(row_of(world.tell(), "ann"), Unusual::between_workstations));
}

TEST_CASE("customs: with a calendar its hours count in place of the night") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    // Day 1 is Wednesday 2026-09-02; 11 UTC is 20:00 in Japan, 14 UTC is 23:00. Day 5 is a Sunday.
    world.arrival(host, MovementKind::network, "evening", "10.1.0.1", World::at(1, 11));
    world.arrival(host, MovementKind::network, "night", "10.1.0.2", World::at(1, 14));
    world.arrival(host, MovementKind::network, "sunday", "10.1.0.3", World::at(5, noon));
    world.arrival(host, MovementKind::network, "daily", "10.1.0.4", World::at(1, noon)).span.last =
        World::at(5, noon);

    CHECK(has(row_of(world.tell(), "night"), Unusual::night));
    world.days = office();
    const Told told = world.tell();
    for (const char* account : {"evening", "night", "sunday"}) {
        CHECK(has(row_of(told, account), Unusual::off_hours));
        CHECK_FALSE(has(row_of(told, account), Unusual::night));
    }
    CHECK(row_of(told, "daily").unusual.empty());
}

TEST_CASE("customs: a day on which the site is shut weighs more than a Sunday") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    world.arrival(host, MovementKind::network, "sunday", "10.1.0.3", World::at(5, noon));
    world.arrival(host, MovementKind::network, "shut", "10.1.0.4", World::at(7, noon));
    const auto day = static_cast<std::int32_t>(World::at(7, noon).ticks / Time::per_day);
    world.days = office({{day, day}});

    const Told told = world.tell();

    CHECK(has(row_of(told, "shut"), Unusual::closed_day));
    CHECK_FALSE(has(row_of(told, "shut"), Unusual::off_hours));
    CHECK(told.moves.moves.front().account == "shut");
}

TEST_CASE("customs: a step of the story says that it was outside working hours") {
    World world;
    const std::uint32_t host = world.host("FILE01");
    const std::uint32_t rule = world.rule("E001", Level::high, "persistence");
    world.find(host, rule, World::at(1, noon));
    world.find(host, rule, World::at(5, noon));
    world.days = office();

    const Told told = world.tell();

    REQUIRE(told.steps.size() == 2);
    CHECK(told.steps[0].work_time == findings::WorkTime::working);
    CHECK(told.steps[1].work_time == findings::WorkTime::outside);
}

TEST_CASE("customs: an address of VPN stays an address, whichever computer came from it") {
    World world;
    const std::uint32_t dc = world.host("DC01");
    world.machine(dc, "NOTE07", "10.9.0.23");
    world.arrival(dc, MovementKind::network, "ann", "10.9.0.23", World::at(2, noon));
    CHECK(row_of(world.tell(), "ann").address == "10.9.0.23");
    CHECK_FALSE(world.tell().places.at(row_of(world.tell(), "ann").from).is_address());

    world.networks = {vpn()};
    const Told told = world.tell();
    const Place& from = told.places.at(row_of(told, "ann").from);
    CHECK(from.name == "10.9.0.23");
    CHECK(from.is_vpn);
}

TEST_CASE("customs: an account of a finding that came by VPN supports stolen credentials") {
    const auto state_with = [](const std::vector<findings::Network>& networks) {
        World world;
        const std::uint32_t host = world.host("FILE01");
        const std::uint32_t rule = world.rule("E085", Level::high, "credential-access");
        world.find(host, rule, World::at(10, 14), "CORP\\ann");
        world.arrival(host, MovementKind::remote_desktop, "CORP\\ann", "10.9.0.23",
                      World::at(10, 13));
        world.networks = networks;
        const Told told = world.tell();
        const auto entry =
            std::ranges::find(told.entries, Entry::credentials, &EntryHypothesis::entry);
        REQUIRE(entry != told.entries.end());
        return std::pair(entry->state, entry->moves.size());
    };

    CHECK(state_with({}) == std::pair(EntryState::open, std::size_t{0}));
    CHECK(state_with({vpn()}) == std::pair(EntryState::supported, std::size_t{1}));
}

TEST_CASE("customs: rights that an account never had elsewhere are told, those of others are not") {
    World world;
    const std::uint32_t file = world.host("FILE01"), pc = world.host("PC07");
    // FILE01 records rights: an administrator has them there.
    world.arrival(file, MovementKind::network, "adm", "10.1.0.2", World::at(1, noon)).elevated = 1;
    world.arrival(file, MovementKind::network, "ann", "10.1.0.3", World::at(1, noon));
    world.arrival(pc, MovementKind::network, "ann", "10.1.0.4", World::at(20, noon)).elevated = 1;
    world.arrival(pc, MovementKind::network, "adm", "10.1.0.2", World::at(20, noon)).elevated = 1;
    world.arrival(pc, MovementKind::network, "bob", "10.1.0.5", World::at(20, noon)).elevated = 1;

    const Told told = world.tell();

    for (const Move& move : told.moves.moves)
        CHECK(has(move, Unusual::elevated) ==
              (move.account == "ann" && move.to == told.places.of_host(pc)));
}
