#include "konseki/detect/movements.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/made_log.h"

namespace konseki::detect {
namespace {

using findings::AccountKind;
using findings::Movement;
using findings::MovementKind;

constexpr std::string_view auditing = "Microsoft-Windows-Security-Auditing";

std::vector<Put> logon(std::string_view type, std::string_view user, std::string_view address,
                       std::string_view workstation) {
    return {{"TargetUserSid", "S-1-5-21-1-2-3-1104"},
            {"TargetUserName", std::string(user)},
            {"TargetDomainName", "EXAMPLE"},
            {"LogonType", std::string(type)},
            {"WorkstationName", std::string(workstation)},
            {"IpAddress", std::string(address)}};
}

/// What one thread gathers of a log; all records are of host 0.
std::vector<Movement> movements_of(MadeLog& log) {
    for (std::size_t i = 0; i < log.batch.records.size(); ++i)
        log.batch.records[i].offset = i * 100;
    MovementCollector collector(7, 3, {});
    collector.take(log.batch, std::vector<std::uint32_t>(log.batch.records.size(), 0));
    const MovementCollector* const all[] = {&collector};
    return sum_up(all, {0}).all;
}

}  // namespace

TEST_CASE("movements: the same network logon is one movement with its count") {
    MadeLog log;
    for (int i = 0; i < 3; ++i)
        log.add("Security", auditing, 4624, logon("3", "sato", "10.0.0.7", "PC07"));
    log.add("Security", auditing, 4624, logon("3", "SATO", "10.0.0.7", "PC07"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::network);
    CHECK(all[0].from == "PC07");
    CHECK(all[0].address == "10.0.0.7");
    CHECK(all[0].account == "EXAMPLE\\sato");
    CHECK(all[0].account_kind == AccountKind::person);
    CHECK(all[0].count == 4);
    CHECK(all[0].is_arrival());
}

TEST_CASE("movements: who logs on at the machine itself does not move") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("2", "sato", "127.0.0.1", "PC07"));
    log.add("Security", auditing, 4624, logon("5", "SYSTEM", "-", "-"));
    log.add("Security", auditing, 4624, logon("3", "sato", "::1", "PC07"));
    log.add("Security", auditing, 4624, logon("7", "sato", "-", "PC07"));
    log.add("Security", auditing, 4624, logon("3", "sato", "-", "-"));

    CHECK(movements_of(log).empty());
}

TEST_CASE("movements: remote desktop from the host itself came through a tunnel and stays") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("10", "sato", "::1", "PC07"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::remote_desktop);
    CHECK(all[0].address == "::1");
}

TEST_CASE("movements: who unlocks a session from elsewhere came back by remote desktop") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("7", "sato", "10.0.0.7", "PC01"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::remote_desktop);
}

TEST_CASE("movements: addresses have one form") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("3", "a", "::ffff:192.0.2.1", "-"));
    log.add("Security", auditing, 4624, logon("3", "b", "FE80::1%12", "-"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 2);
    CHECK(all[0].address == "192.0.2.1");
    CHECK(all[1].address == "fe80::1");
}

TEST_CASE("movements: computers and Windows' own accounts are told apart") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("3", "PC07$", "10.0.0.7", "-"));
    log.add("Security", auditing, 4624, logon("3", "ANONYMOUS LOGON", "10.0.0.8", "-"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 2);
    CHECK(all[0].account_kind == AccountKind::machine);
    CHECK(all[1].account_kind == AccountKind::system);
}

TEST_CASE("movements: a password of somebody else used for another host, and not for this one") {
    MadeLog log;
    const auto use = [&](std::string_view server) {
        log.add("Security", auditing, 4648,
                {{"SubjectUserName", "sato"},
                 {"TargetUserName", "adm01"},
                 {"TargetDomainName", "EXAMPLE"},
                 {"TargetServerName", std::string(server)}});
    };
    use("DC01");
    use("localhost");

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::other_account);
    CHECK(all[0].to == "DC01");
    CHECK(all[0].account == "EXAMPLE\\adm01");
}

TEST_CASE("movements: tickets for computers name where somebody goes, others do not") {
    MadeLog log;
    const auto ticket = [&](std::string_view service) {
        log.add("Security", auditing, 4769,
                {{"TargetUserName", "sato@EXAMPLE.JP"},
                 {"TargetDomainName", "EXAMPLE.JP"},
                 {"ServiceName", std::string(service)},
                 {"IpAddress", "::ffff:10.0.0.7"}});
    };
    ticket("FILE01$");
    ticket("krbtgt");
    ticket("svc_sql");

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::ticket);
    CHECK(all[0].to == "FILE01");
    CHECK(all[0].address == "10.0.0.7");
    CHECK(all[0].account == "EXAMPLE.JP\\sato");
}

TEST_CASE("movements: sessions and clients of remote desktop, shares, passwords checked") {
    MadeLog log;
    log.add("Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", "made", 21,
            {{"User", "EXAMPLE\\sato"}, {"SessionID", "3"}, {"Address", "10.0.0.7"}});
    log.add("Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", "made", 21,
            {{"User", "EXAMPLE\\sato"}, {"SessionID", "1"}, {"Address", "ローカル"}});
    log.add("Microsoft-Windows-TerminalServices-RDPClient/Operational", "made", 1024,
            {{"Name", "Server Name"}, {"Value", "FILE01"}});
    log.add("Microsoft-Windows-SmbClient/Connectivity", "made", 30807,
            {{"ServerName", "\\FILE02"}});
    log.add("Security", auditing, 4776,
            {{"PackageName", "x"}, {"TargetUserName", "sato"}, {"Workstation", "PC07"}});

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 4);
    CHECK(all[0].kind == MovementKind::remote_desktop);
    CHECK(all[0].account == "EXAMPLE\\sato");
    CHECK(all[1].kind == MovementKind::ntlm);
    CHECK(all[1].from == "PC07");
    CHECK(all[2].kind == MovementKind::desktop_client);
    CHECK(all[2].to == "FILE01");
    CHECK(all[3].kind == MovementKind::share_client);
    CHECK(all[3].to == "FILE02");
}

TEST_CASE("movements: a computer is one with the realm of its ticket, too") {
    MadeLog log;
    log.add("Security", auditing, 4769,
            {{"TargetUserName", "PC07$@EXAMPLE.JP"},
             {"TargetDomainName", "EXAMPLE.JP"},
             {"ServiceName", "FILE01$"},
             {"IpAddress", "::ffff:10.0.0.7"}});

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].account_kind == AccountKind::machine);
}

TEST_CASE(
    "movements: a ticket that was refused is none, a password that was wrong is a failed try") {
    MadeLog log;
    log.add("Security", auditing, 4768,
            {{"TargetUserName", "FILE01$"},
             {"TargetDomainName", "EXAMPLE"},
             {"IpAddress", "::ffff:10.0.0.7"},
             {"Status", "0x12"}});
    log.add("Security", auditing, 4776,
            {{"TargetUserName", "sato"}, {"Workstation", "PC07"}, {"Status", "0xc000006a"}});

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == MovementKind::failed);
    CHECK(all[0].from == "PC07");
}

TEST_CASE("movements: another log with the same number tells nothing") {
    MadeLog log;
    log.add("Application", "made", 4624, logon("3", "sato", "10.0.0.7", "PC07"));

    CHECK(movements_of(log).empty());
}

TEST_CASE(
    "movements: past the cap the same ones stay whatever the order, and the rest is counted") {
    const auto gather = [](std::uint64_t seed, bool backwards) {
        MovementCollector collector(
            seed, 3, {.of_a_kind_on_a_host = 16, .of_persons = 100, .of_others = 100});
        for (std::uint32_t i = 0; i < 500; ++i) {
            const std::uint32_t number = backwards ? 499 - i : i;
            MadeLog log;
            log.add("Security", auditing, 4625,
                    logon("3", "user" + std::to_string(number), "203.0.113.9", "-"));
            collector.take(log.batch, std::vector<std::uint32_t>{0});
        }
        const MovementCollector* const all[] = {&collector};
        return sum_up(all, {0});
    };

    const Movements one = gather(1, false), other = gather(99, true);

    REQUIRE(one.all.size() == 16);
    REQUIRE(other.all.size() == 16);
    CHECK(one.left_out == 484);
    CHECK(other.left_out == 484);
    for (std::size_t i = 0; i < 16; ++i) CHECK(one.all[i].account == other.all[i].account);
}

TEST_CASE("movements: a flood on one host leaves what happened on others") {
    MovementCollector collector(1, 3,
                                {.of_a_kind_on_a_host = 16, .of_persons = 64, .of_others = 8});
    for (std::uint32_t i = 0; i < 500; ++i) {
        MadeLog log;
        log.add("Security", auditing, 4624,
                logon("3", "user" + std::to_string(i), "203.0.113.9", "-"), "OPEN");
        log.add("Security", auditing, 4624,
                logon("3", "PC" + std::to_string(i) + "$", "10.0.0.9", "-"), "DC01");
        if (i % 100 == 0)
            log.add("Security", auditing, 4624, logon("3", "sato", "10.0.0.7", "-"), "FILE01");
        std::vector<std::uint32_t> hosts{0, 1};
        if (i % 100 == 0) hosts.push_back(2);
        collector.take(log.batch, hosts);
    }
    const MovementCollector* const all[] = {&collector};

    const Movements movements = sum_up(all, {0, 1, 2});

    const auto of_host = [&](std::uint32_t host) {
        return std::ranges::count(movements.all, host, &Movement::host);
    };
    CHECK(of_host(0) == 16);
    CHECK(of_host(1) == 8);
    REQUIRE(of_host(2) == 1);
    CHECK(movements.all.back().count == 5);
    CHECK(movements.left_out == 500 - 16 + 500 - 8);
}

TEST_CASE("movements: who works by remote desktop is a person, whatever the account calls itself") {
    MadeLog log;
    log.add("Security", auditing, 4624, logon("10", "support$", "10.0.0.7", "-"));
    log.add("Security", auditing, 4625, logon("10", "sato", "127.0.0.1", "-"));

    const std::vector<Movement> all = movements_of(log);

    REQUIRE(all.size() == 2);
    CHECK(all[0].kind == MovementKind::remote_desktop);
    CHECK(all[0].account_kind == AccountKind::person);
    CHECK(all[1].kind == MovementKind::failed);
    CHECK(all[1].address == "127.0.0.1");
}

TEST_CASE("movements: process starts are counted with and without their command lines") {
    MadeLog log;
    log.add("Security", auditing, 4688, {{"NewProcessName", "C:\\a.exe"}, {"CommandLine", "a /x"}});
    log.add("Security", auditing, 4688, {{"NewProcessName", "C:\\a.exe"}, {"CommandLine", ""}});
    log.add("Security", auditing, 4688, {{"NewProcessName", "C:\\a.exe"}});
    MovementCollector collector(7, 3, {});

    collector.take(log.batch, std::vector<std::uint32_t>(3, 0));

    REQUIRE(collector.process_starts().size() == 1);
    CHECK(collector.process_starts()[0].all == 3);
    CHECK(collector.process_starts()[0].with_command_line == 1);
}

}  // namespace konseki::detect
