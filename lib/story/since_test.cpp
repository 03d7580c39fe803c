#include <doctest/doctest.h>

#include <algorithm>

#include "konseki/story/told.h"
#include "made_world.h"

using namespace konseki;
using namespace konseki::story;
using findings::Level;
using findings::MovementKind;

namespace {

const EntryHypothesis& entry_of(const Told& told, Entry entry) {
    const auto found = std::ranges::find(told.entries, entry, &EntryHypothesis::entry);
    REQUIRE(found != told.entries.end());
    return *found;
}

/// Signs on WEB01 by a web shell on day 20, and a medium finding on day 15.
World with_shell() {
    World world;
    const std::uint32_t web = world.host("WEB01");
    world.find(web, world.rule("E037a", Level::medium, "execution"), World::at(15), "CORP\\ann");
    world.find(web, world.rule("E128a", Level::critical, "persistence"), World::at(20),
               "CORP\\ann");
    return world;
}

}  // namespace

TEST_CASE("steps: findings of one rule and account within an hour are one, an hour later another") {
    World world;
    const std::uint32_t host = world.host("A");
    const std::uint32_t rule = world.rule("E001", Level::high, "persistence");
    for (const double hour : {0.0, 0.5, 1.2, 4.0})
        world.find(host, rule, World::at(1, hour), "ann");
    world.find(host, rule, World::at(1, 5), "bob");

    const Told told = world.tell();

    REQUIRE(told.steps.size() == 3);
    CHECK(told.steps[0].count == 3);
    CHECK(told.steps[0].span == findings::Span{World::at(1), World::at(1, 1.2)});
    CHECK(told.steps[2].account == "bob");
}

TEST_CASE("steps: levels below medium are no step, nor are mediums that could not be checked") {
    World world;
    const std::uint32_t host = world.host("A");
    const std::uint32_t low = world.rule("E001", Level::low, "persistence");
    const std::uint32_t medium = world.rule("E002", Level::medium, "persistence");
    StepBuilder steps(world.examination);
    findings::Finding finding;
    finding.host = host;
    finding.time = World::at(1);
    finding.rule = low;
    steps.add(finding);
    finding.rule = medium;
    finding.is_unchecked = true;
    steps.add(finding);
    CHECK(steps.steps().empty());
    finding.is_unchecked = false;
    steps.add(finding);

    CHECK(steps.steps().size() == 1);
}

TEST_CASE("steps: a correlation is of the account in its group") {
    World world;
    const std::uint32_t host = world.host("A");
    const std::uint32_t rule = world.rule("E086", Level::high, "credential-access");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({"TargetUserName":"adm01","IpAddress":"10.9.0.23"})", "adm01"},
        {R"({"TargetUserName":"adm01","TargetDomainName":"CORP"})", "CORP\\adm01"},
        {R"({"SubjectUserName":"ann","SubjectDomainName":"CORP","TargetUserName":"-"})",
         "CORP\\ann"},
        {R"({"User":"CORP\\bob"})", "CORP\\bob"},
        {R"({"IpAddress":"10.9.0.23"})", ""}};
    for (std::size_t i = 0; i < cases.size(); ++i) {
        world.find(host, rule, World::at(1 + static_cast<double>(i)));
        world.found.back().fields = cases[i].first;
    }

    const Told told = world.tell();

    REQUIRE(told.steps.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) CHECK(told.steps[i].account == cases[i].second);
}

TEST_CASE("steps: past the cap findings are counted") {
    World world;
    world.host("A");
    world.rule("E001", Level::high, "persistence");
    StepBuilder steps(world.examination);
    findings::Finding finding;
    for (std::size_t i = 0; i <= StepBuilder::max_steps; ++i) {
        finding.time = World::at(static_cast<double>(i));
        steps.add(finding);
    }

    CHECK(steps.steps().size() == StepBuilder::max_steps);
    CHECK(steps.left_out() == 1);
}

TEST_CASE("accounts: a domain counts where both name one, and Windows' own accounts never") {
    AccountSet accounts;
    for (const char* account :
         {"CORP\\ann", "bob", "NT AUTHORITY\\SYSTEM", "CORP\\PC07$", "S-1-5-18", "-", ""})
        accounts.add(account);

    for (const char* account : {"corp\\ANN", "ann", "ann@corp.example.jp", "OTHER\\bob", "bob"})
        CHECK_MESSAGE(accounts.contains(account), account);
    for (const char* account : {"WEB01\\ann", "system", "CORP\\PC07$", "S-1-5-18", "-", ""})
        CHECK_MESSAGE(!accounts.contains(account), account);
}

TEST_CASE("since: the first high finding is sure, a medium before it is possible") {
    const Told told = with_shell().tell();

    REQUIRE(told.since.has_value());
    CHECK(told.since->sure == findings::Span{World::at(20), World::at(20)});
    CHECK(told.since->earliest_possible == World::at(15));
    CHECK(told.since->visible_since == World::at(0));
    CHECK(!told.since->may_be_longer);
    CHECK(!told.since->is_recent);
}

TEST_CASE("since: a log that begins days before the first trace may hide the beginning") {
    World world = with_shell();
    for (findings::LogReach& reach : world.examination.reaches) reach.span.first = World::at(17);

    CHECK(world.tell().since->may_be_longer);
}

TEST_CASE(
    "since: where the log of logons begins after the first trace, it may have begun earlier") {
    World world = with_shell();
    for (findings::LogReach& reach : world.examination.reaches)
        if (reach.channel == "Security") reach.span.first = World::at(25);

    CHECK(world.tell().since->visible_since == World::at(25));
    CHECK(world.tell().since->may_be_longer);
}

TEST_CASE("since: what another host needs a look for is possible, and not sure") {
    World world = with_shell();
    const std::uint32_t high = world.rule("E002", Level::high, "execution");
    world.find(world.host("PC01"), high, World::at(3));
    std::ranges::sort(world.found, {}, &World::Found::time);

    const Told told = world.tell();

    CHECK(told.since->sure.first == World::at(20));
    CHECK(told.since->earliest_possible == World::at(3));
}

TEST_CASE("since: findings on hosts without signs tell nothing") {
    World world = with_shell();
    world.find(world.host("PC01"), 0, World::at(1));
    std::ranges::sort(world.found, {}, &World::Found::time);

    CHECK(world.tell().since->earliest_possible == World::at(15));
    world.found.pop_back();
    CHECK(!world.tell().since.has_value());
}

TEST_CASE("entry: a web shell at the beginning supports the web server, and only that") {
    const Told told = with_shell().tell();

    CHECK(told.entries.size() == entry_count);
    CHECK(told.entries.front().entry == Entry::web_server);
    CHECK(told.entries.front().state == EntryState::supported);
    CHECK(told.entries.front().found.size() == 1);
    for (std::size_t i = 1; i < told.entries.size(); ++i)
        CHECK(told.entries[i].state == EntryState::not_determinable);
    for (const EntryHypothesis& one : told.entries) CHECK(!one.not_checked.empty());
}

TEST_CASE("entry: what came days after the first trace, or is of level medium, leaves it open") {
    World world = with_shell();
    world.find(0, world.rule("E050b", Level::high, "execution"), World::at(25));
    world.find(0, world.rule("E099", Level::medium, "lateral-movement"), World::at(20));

    const Told told = world.tell();

    CHECK(entry_of(told, Entry::mail).state == EntryState::open);
    CHECK(entry_of(told, Entry::credentials).state == EntryState::open);
}

TEST_CASE("entry: rules that could have fired and did not speak against") {
    World world = with_shell();
    world.rule("E051", Level::high, "execution");
    world.rule("E052", Level::high, "execution");
    world.examination.outcomes.back().state = findings::RuleState::idle;

    CHECK(entry_of(world.tell(), Entry::mail).silent_rules == 1);
}

TEST_CASE("entry: a logon from the Internet leaves credentials open") {
    World world = with_shell();
    world.arrival(0, MovementKind::remote_desktop, "CORP\\ann", "203.0.113.7", World::at(20));

    const Told told = world.tell();

    CHECK(entry_of(told, Entry::credentials).state == EntryState::open);
    CHECK(entry_of(told, Entry::credentials).moves.size() == 1);
}

TEST_CASE("entry: a guessed password supports stolen credentials only from a public address") {
    for (const auto& [address, state] : {std::pair{"10.9.0.23", EntryState::open},
                                         std::pair{"203.0.113.7", EntryState::supported}}) {
        World world = with_shell();
        world.find(0, world.rule("E086", Level::high, "credential-access"), World::at(19));
        world.found.back().fields = R"({"TargetUserName":"adm01"})";
        world.arrival(0, MovementKind::network, "CORP\\adm01", address, World::at(19));

        CHECK(entry_of(world.tell(), Entry::credentials).state == state);
    }
}

TEST_CASE("entry: a rule of others supports only where it may make signs") {
    World world = with_shell();
    const std::uint32_t rule = world.rule("E050", Level::high, "execution");
    world.examination.rules[rule].own.reset();
    world.examination.rules[rule].attack = {"T1566.001"};
    world.find(0, rule, World::at(19));

    CHECK(entry_of(world.tell(), Entry::mail).state == EntryState::open);
}

TEST_CASE("entry: rules of others speak by their techniques, sub-techniques too") {
    World world = with_shell();
    findings::RuleInfo& rule = world.examination.rules[1];
    rule.own.reset();
    rule.attack = {"T1566.001"};

    const Told told = world.tell();

    CHECK(entry_of(told, Entry::mail).found.size() == 1);
    CHECK(entry_of(told, Entry::web_server).found.empty());
}

TEST_CASE("entry: without signs there is nothing to explain") {
    World world = with_shell();
    world.found.clear();

    CHECK(world.tell().entries.empty());
}

TEST_CASE("impact: one host, several, or the domain where a domain controller has signs") {
    World world = with_shell();
    CHECK(world.tell().impact->reached == Reached::one_host);
    CHECK(world.tell().impact->urgency == Urgency::quiet);
    CHECK(world.tell().impact->confidence == Confidence::medium);

    world.find(world.host("FILE01"), 1, World::at(28), "CORP\\ann");
    CHECK(world.tell().impact->reached == Reached::several_hosts);
    CHECK(world.tell().impact->urgency == Urgency::in_progress);

    world.examination.logs.back().channel = "Security";
    world.examination.logs.back().event_id = 4769;
    CHECK(world.tell().impact->reached == Reached::domain);
}

TEST_CASE("impact: what only needs a look has none") {
    World world;
    world.find(world.host("A"), world.rule("E001", Level::high, "persistence"), World::at(3));

    CHECK(world.story().verdict == Verdict::look);
    CHECK(!world.tell().impact.has_value());
}

TEST_CASE("sight: command lines, script blocks, Sysmon and the audit policy show in the records") {
    World world;
    const std::uint32_t host = world.host("A");
    world.examination.hosts[host].processes = 10;
    world.examination.hosts[host].command_lines = 4;
    findings::LogCount& log = world.examination.logs.emplace_back();
    log = {.host = host,
           .channel = "Microsoft-Windows-PowerShell/Operational",
           .provider = "",
           .event_id = 4104,
           .records = 3,
           .span = {}};

    const HostSight sight = world.tell().sight[host];

    CHECK(sight.command_lines == CommandLines::partly);
    CHECK(sight.script_blocks);
    CHECK(!sight.sysmon);
    CHECK(sight.audit[static_cast<std::size_t>(Audit::logon)] == 500);
    CHECK(sight.audit[static_cast<std::size_t>(Audit::process_creation)] == 0);
    CHECK(sight.reaches.size() == 2);
}

TEST_CASE(
    "vanishing: a log that overwrites loses a trace when as much time has passed as it reaches") {
    World world = with_shell();
    for (findings::LogReach& reach : world.examination.reaches) {
        reach.lowest = 4'000;
        reach.span.first = World::at(reach.channel == "Security" ? 18 : 0);
    }

    const Told told = world.tell();

    REQUIRE(told.vanishing.size() == 1);
    CHECK(told.vanishing[0].channel == "Security");
    CHECK(told.vanishing[0].gone_at == World::at(32));
    CHECK(told.vanishing[0].is_soon());
}

TEST_CASE("vanishing: a log that was cleared or has few records does not overwrite yet") {
    const auto overwriting = [](World& world) {
        for (findings::LogReach& reach : world.examination.reaches) reach.lowest = 4'000;
    };
    World full = with_shell(), cleared = with_shell(), few = with_shell();
    for (World* world : {&full, &cleared, &few}) overwriting(*world);
    findings::LogCount& log = cleared.examination.logs.emplace_back();
    log.channel = "Security";
    log.event_id = 1102;
    log.records = 1;
    log.span = {World::at(0), World::at(0)};
    for (findings::LogReach& reach : few.examination.reaches) reach.records = 20;

    CHECK(full.tell().vanishing.size() == 1);
    CHECK(cleared.tell().vanishing.empty());
    CHECK(few.tell().vanishing.empty());
}

TEST_CASE("vanishing: a log without findings has nothing to lose") {
    World world = with_shell();
    for (findings::LogReach& reach : world.examination.reaches)
        reach.lowest = reach.channel == "System" ? 4'000 : 1;

    CHECK(world.tell().vanishing.empty());
}

TEST_CASE("vanishing: a log that is whole loses nothing yet") {
    CHECK(with_shell().tell().vanishing.empty());
}
