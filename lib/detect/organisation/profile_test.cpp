#include <doctest/doctest.h>

#include <string>

#include "konseki/detect/organisation.h"

using namespace konseki;
using namespace konseki::detect;

namespace {

const std::string whole = R"(version: 1
organisation:
  name: 蒼穹システムズ
  domains: [example.jp, corp.example.jp]
  networks: [192.0.2.0/24, '2001:db8::/32']
zone: Asia/Tokyo
asked_since: 2026-01-01
hosts:
  - {name: FILE01.example.jp, aliases: [FILE01, OLD-FILE], role: server}
  - {name: LAB01, role: instrument, closed: true}
accounts:
  - {name: 'EXAMPLE\svc_backup', kind: service}
sanctioned:
  - rule: E007
    host: FILE01
    account: 'EXAMPLE\adm01'
    field: 'ServiceName|contains: AnyDesk'
    reason: 保守業者の遠隔支援
    until: 2026-03-31
  - {rule: E069, field: {Data: ntds.dit}, reason: nightly backup}
calendar:
  hours: ['mon-fri 08:30-17:30', 'sat 22:00-06:00']
  holidays: [2026-01-01, 2026-12-29..2027-01-03]
  closed: [2026-08-15]
)";

LineProblem problem_of(const std::string& yaml) {
    const auto profile = read_profile(yaml, Zone{});
    REQUIRE(!profile);
    return profile.error();
}

/// Of a profile whose second line is this.
std::string reason_of(const std::string& line) {
    const LineProblem problem = problem_of("version: 1\n" + line + "\n");
    CHECK(problem.line == 2);
    return problem.reason;
}

Time at(const char* text) { return *parse_time(text, Zone{}); }

}  // namespace

TEST_CASE("profile: everything that it may say is read") {
    const auto profile = read_profile(whole, Zone{});

    REQUIRE(profile);
    CHECK(profile->organisation == "蒼穹システムズ");
    CHECK(profile->domains.size() == 2);
    REQUIRE(profile->networks.size() == 2);
    CHECK(profile->networks[0].prefix_bits == 96 + 24);
    CHECK(profile->networks[0].address[12] == 192);
    CHECK(profile->networks[1].prefix_bits == 32);
    CHECK(profile->asked_since == at("2025-12-31T15:00:00Z"));
    REQUIRE(profile->hosts.size() == 2);
    CHECK(profile->hosts[0].aliases == std::vector<std::string>{"FILE01", "OLD-FILE"});
    CHECK(profile->hosts[0].role == findings::HostRole::server);
    CHECK(profile->hosts[1].closed);
    CHECK(profile->accounts.at(0).kind == findings::AccountRole::service);
    REQUIRE(profile->sanctioned.size() == 2);
    CHECK(profile->sanctioned[0].field.field == "ServiceName");
    CHECK(profile->sanctioned[0].field.contains);
    CHECK(profile->sanctioned[0].field.value == "AnyDesk");
    CHECK(profile->sanctioned[0].until == at("2026-03-31T15:00:00Z"));
    CHECK(profile->sanctioned[1].field.field == "Data");
    CHECK_FALSE(profile->sanctioned[1].field.contains);
    REQUIRE(profile->calendar.hours.size() == 2);
    CHECK(profile->calendar.hours[0].days == 0b11111);
    CHECK(profile->calendar.hours[0].begin == 8 * 60 + 30);
    CHECK(profile->calendar.hours[1].begin == 22 * 60);
    CHECK(profile->calendar.hours[1].end == 6 * 60);
    REQUIRE(profile->calendar.holidays.size() == 2);
    CHECK(profile->calendar.holidays[1].last - profile->calendar.holidays[1].first == 5);
    CHECK(profile->calendar.closed.size() == 1);
}

TEST_CASE("profile: a network says that it is of VPN, and holidays may be those of Japan") {
    const auto profile = read_profile(
        "version: 1\norganisation: {networks: [192.0.2.0/24, {cidr: 10.9.0.0/24, use: vpn}]}\n"
        "calendar: {holidays: [japan, 2026-08-13]}\n",
        Zone{});

    REQUIRE(profile);
    REQUIRE(profile->organisation.empty());
    REQUIRE(profile->networks.size() == 2);
    CHECK_FALSE(profile->networks[0].is_vpn);
    CHECK(profile->networks[1].is_vpn);
    CHECK(profile->networks[1].written == "10.9.0.0/24");
    CHECK(profile->calendar.japan);
    CHECK(profile->calendar.holidays.size() == 1);
}

TEST_CASE("profile: times without a zone of their own are in that of the command line") {
    const auto profile =
        read_profile("version: 1\nasked_since: 2026-01-01\n", *parse_zone("Asia/Tokyo"));
    REQUIRE(profile);
    CHECK(profile->asked_since == at("2025-12-31T15:00:00Z"));
}

TEST_CASE("profile: an unknown key is refused with its line, in every part") {
    CHECK(reason_of("organization: {}") == "unknown key `organization` in `profile`");
    CHECK(reason_of("organisation: {nmae: A}") == "unknown key `nmae` in `organisation`");
    CHECK(reason_of("hosts: [{name: A, roles: x}]") == "unknown key `roles` in `hosts`");
    CHECK(reason_of("accounts: [{name: A, role: x}]") == "unknown key `role` in `accounts`");
    CHECK(reason_of("sanctioned: [{rule: A, why: x}]") == "unknown key `why` in `sanctioned`");
    CHECK(reason_of("calendar: {open: []}") == "unknown key `open` in `calendar`");
    CHECK(problem_of("version: 1\nhosts:\n  - name: A\n    rolle: x\n").line == 4);
}

TEST_CASE("profile: what is missing or makes no sense has its reason") {
    CHECK(problem_of("zone: UTC\n").reason == "`version` must be 1");
    CHECK(problem_of("version: 2\n").reason == "`version` must be 1");
    CHECK(problem_of("").reason == "the profile is empty");
    CHECK(problem_of("version: 1\n---\nversion: 1\n").reason == "a profile is one document");
    CHECK(reason_of("zone: Mars") == "`zone` must be UTC, Asia/Tokyo or like +09:00");
    CHECK(reason_of("asked_since: soon") == "`asked_since` must be a date like 2026-01-31");
    CHECK(reason_of("organisation: {networks: [192.0.2.1/24]}") ==
          "`192.0.2.1/24` is no network like 192.0.2.0/24");
    CHECK(reason_of("organisation: {networks: [{cidr: 10.9.0.0/24, use: lan}]}") ==
          "`use` of a network must be vpn");
    CHECK(reason_of("organisation: {networks: [{use: vpn}]}") == "`cidr` is needed");
    CHECK(reason_of("calendar: {closed: [japan]}") ==
          "`closed` takes 2026-01-01 or 2026-12-29..2027-01-03");
    CHECK(reason_of("organisation: text") == "`organisation` must hold keys and values");
    CHECK(reason_of("hosts: A") == "`hosts` must be a list");
    CHECK(reason_of("hosts: [{aliases: [A]}]") == "`name` is needed");
    CHECK(reason_of("hosts: [{name: A, closed: maybe}]") == "`closed` must be true or false");
    CHECK(reason_of("hosts: [{name: A}, {name: b, aliases: [a]}]") == "`a` names two hosts");
    CHECK(reason_of("hosts: [{name: [A]}]") == "`name` must be one text");
    CHECK(reason_of("hosts: [{name: A, aliases: [[]]}]") == "`aliases` must be a list of texts");
    CHECK(reason_of("accounts: [{name: A}]") == "`kind` is needed");
    CHECK(reason_of("sanctioned: [{rule: E007}]") == "`reason` is needed");
    CHECK(reason_of("sanctioned: [{rule: E1, reason: x, until: 2026-01-01 10:00}]") ==
          "`until` must be a date like 2026-01-31");
    CHECK(reason_of("sanctioned: [{rule: E1, reason: x, field: AnyDesk}]") ==
          "`field` must be like ServiceName: AnyDesk");
    CHECK(reason_of("sanctioned: [{rule: E1, reason: x, field: 'A|re: b'}]") ==
          "`field` knows no modifier but contains");
    CHECK(reason_of("calendar: {hours: [mon-fri]}") == "`hours` takes mon-fri 08:30-17:30");
    CHECK(reason_of("calendar: {hours: ['mon 25:00-26:00']}") ==
          "`hours` takes mon-fri 08:30-17:30");
    CHECK(reason_of("calendar: {closed: [2026-02-30]}") ==
          "`closed` takes 2026-01-01 or 2026-12-29..2027-01-03");
    CHECK(reason_of("zone: " + std::string(2'000, 'x')) == "`zone` is too long for a profile");
}

TEST_CASE("profile: a list without an end is refused") {
    std::string yaml = "version: 1\nhosts:\n";
    for (std::size_t i = 0; i <= 20'000; ++i) yaml += "  - {name: H" + std::to_string(i) + "}\n";
    CHECK(problem_of(yaml).reason == "`hosts` has too many entries");
}
