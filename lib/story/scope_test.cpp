#include "konseki/story/scope.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "made_world.h"

using namespace konseki;
using namespace konseki::story;
using findings::Level;
using findings::MovementKind;

namespace {

std::vector<std::string> names_of(const Told& told) {
    std::vector<std::string> out;
    for (const NextHost& host : told.next.hosts) out.push_back(told.places.at(host.place).name);
    std::ranges::sort(out);
    return out;
}

/// WEB01 of story S4: a web shell by day 10, svc_backup in from the VPN, on to DC01 and FILE01; and staff.
World web_server() {
    World world;
    const std::uint32_t web = world.host("WEB01");
    const std::uint32_t shell = world.rule("E128", Level::critical, "persistence");
    const std::uint32_t desktop = world.rule("E099", Level::medium, "lateral-movement");
    world.find(web, shell, World::at(10, 14), "IIS APPPOOL\\DefaultAppPool");
    world.find(web, desktop, World::at(10, 17), "SOKYU\\svc_backup");
    world
        .arrival(web, MovementKind::remote_desktop, "SOKYU\\svc_backup", "10.9.0.23",
                 World::at(10, 17))
        .from = "WEB01";
    world.move(web, MovementKind::other_account, "SOKYU\\svc_backup", World::at(10, 18)).to =
        "DC01.sokyu.example.jp";
    world.move(web, MovementKind::other_account, "svc_backup", World::at(11, 18)).to = "FILE01";
    for (int staff = 0; staff < 20; ++staff) {
        const std::string number = std::to_string(staff);
        world
            .arrival(web, MovementKind::network, "SOKYU\\staff" + number, "10.1.2." + number,
                     World::at(10, 1))
            .span.last = World::at(12);
    }
    return world;
}

}  // namespace

TEST_CASE("scope: from WEB01 of S4 alone exactly DC01, FILE01 and the VPN address come next") {
    const Told told = web_server().tell();

    CHECK(names_of(told) ==
          std::vector<std::string>{"10.9.0.23", "DC01.sokyu.example.jp", "FILE01"});
}

TEST_CASE("scope: each host says by which movement and account it is named") {
    const Told told = web_server().tell();

    for (const NextHost& host : told.next.hosts) {
        REQUIRE(host.reasons.size() == 1);
        const NextReason& reason = host.reasons[0];
        CHECK(reason.tie == Tie::account);
        CHECK(bare_account(reason.account) == "svc_backup");
        const bool is_address = told.places.at(host.place).is_address();
        CHECK(reason.why == (is_address ? NextWhy::came_from_there : NextWhy::went_there));
    }
}

TEST_CASE(
    "scope: other credentials given on a host with signs tie by time where the account does not") {
    World world = web_server();
    world.move(0, MovementKind::other_account, "SOKYU\\administrator", World::at(10, 20)).to =
        "BKUP01";
    world.move(0, MovementKind::other_account, "SOKYU\\operator", World::at(25)).to = "PRINT01";

    const Told told = world.tell();

    const std::vector<std::string> names = names_of(told);
    CHECK(std::ranges::count(names, "BKUP01") == 1);
    CHECK(std::ranges::count(names, "PRINT01") == 0);
    CHECK(told.next.hosts.back().reasons[0].tie == Tie::time);
}

TEST_CASE("scope: a host whose records were read is not named again, by any of its names") {
    World world = web_server();
    const std::uint32_t dc = world.host("dc01.sokyu.example.jp");
    world.machine(dc, "FILE01", "10.1.0.9");
    world.host("FILE01");
    world.move(0, MovementKind::desktop_client, "SOKYU\\svc_backup", World::at(11)).to = "10.1.0.9";

    CHECK(names_of(world.tell()) == std::vector<std::string>{"10.9.0.23"});
}

TEST_CASE("scope: an account of a finding leads on at hosts without findings of their own") {
    World world = web_server();
    const std::uint32_t dc = world.host("DC01");
    findings::Movement& ticket = world.arrival(
        dc, MovementKind::ticket, "svc_backup@SOKYU.EXAMPLE.JP", "10.1.0.5", World::at(10, 20));
    ticket.to = "BKUP01";
    world
        .arrival(dc, MovementKind::ticket, "staff1@SOKYU.EXAMPLE.JP", "10.1.0.6", World::at(10, 20))
        .to = "MAIL01";

    const std::vector<std::string> names = names_of(world.tell());

    CHECK(std::ranges::count(names, "BKUP01") == 1);
    CHECK(std::ranges::count(names, "MAIL01") == 0);
}

TEST_CASE("scope: the nightly work of a service account does not hide nor join the odd logon") {
    World world = web_server();
    findings::Movement& backup =
        world.arrival(0, MovementKind::network, "SOKYU\\svc_backup", "10.9.1.50", World::at(5, 16));
    backup.count = 20;
    backup.span.last = World::at(25, 16);
    World alone = web_server();
    alone.examination.movements = {backup};

    CHECK(names_of(world.tell()) ==
          std::vector<std::string>{"10.9.0.23", "DC01.sokyu.example.jp", "FILE01"});
    CHECK(names_of(alone.tell()) == std::vector<std::string>{"10.9.1.50"});
}

TEST_CASE("scope: without signs nothing is named, and an address on the Internet never") {
    World quiet = web_server();
    quiet.found.clear();
    World loud = web_server();
    loud.arrival(0, MovementKind::network, "SOKYU\\svc_backup", "203.0.113.7", World::at(10, 19));

    CHECK(quiet.tell().next.hosts.empty());
    CHECK(names_of(loud.tell()).size() == 3);
}
