#include "konseki/story/story.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace konseki;
using namespace konseki::story;
using findings::Level;

namespace {

findings::RuleInfo rule(Level level, std::string tactic, bool is_own = true) {
    findings::RuleInfo info;
    info.id = "rule-" + tactic + std::string(findings::name_of(level));
    info.level = level;
    info.tags = {"attack." + tactic};
    if (is_own) {
        info.origin = "konseki";
        info.own.emplace();
    }
    return info;
}

/// Two hosts: A with Security and System, B with System alone.
findings::Examination two_hosts(std::vector<findings::RuleInfo> rules) {
    findings::Examination out;
    for (const char* name : {"A", "B"}) {
        findings::HostInfo& host = out.hosts.emplace_back();
        host.name = host.folded = name;
    }
    const auto log = [&](std::uint32_t host, const char* channel, std::uint64_t id) {
        findings::LogCount& count = out.logs.emplace_back();
        count.host = host;
        count.channel = channel;
        count.event_id = id;
        count.records = 10;
        count.span.add(Time::from_unix_seconds(1'555'462'923));
    };
    log(0, "Security", 4624);
    log(0, "Security", 4688);
    log(0, "System", 7045);
    log(1, "System", 6005);
    out.outcomes.resize(rules.size());
    for (findings::RuleOutcome& outcome : out.outcomes)
        outcome.state = findings::RuleState::possible;
    out.rules = std::move(rules);
    return out;
}

findings::Finding finding(std::uint32_t host, std::uint32_t rule, bool is_unchecked = false) {
    findings::Finding out;
    out.host = host;
    out.rule = rule;
    out.time = Time::from_unix_seconds(1'555'462'923);
    out.is_unchecked = is_unchecked;
    out.match.says_en = "said";
    return out;
}

const VerdictRules defaults;

Story tell(const findings::Examination& examination, const std::vector<findings::Finding>& found) {
    StoryBuilder builder(examination, defaults);
    for (const findings::Finding& one : found) builder.add(one);
    return builder.finish();
}

const HostView& host_of(const Story& story, std::uint32_t host) {
    return *std::ranges::find(story.hosts, host, &HostView::host);
}

}  // namespace

TEST_CASE(
    "without findings a host with Security and System has nothing seen, another cannot be told") {
    const findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    const Story story = tell(examination, {});

    CHECK(host_of(story, 0).verdict == Verdict::nothing_seen);
    CHECK(host_of(story, 1).verdict == Verdict::cannot_tell);
    CHECK(host_of(story, 1).missing == std::vector<std::string>{"Security"});
    CHECK(story.verdict == Verdict::nothing_seen);
}

TEST_CASE("nothing can be told of the whole where nothing can be told of any host") {
    findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    std::erase_if(examination.logs,
                  [](const findings::LogCount& log) { return log.channel == "Security"; });

    CHECK(tell(examination, {}).verdict == Verdict::cannot_tell);
}

TEST_CASE("nothing can be told where no rule could fire") {
    findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    examination.outcomes[0].state = findings::RuleState::idle;

    CHECK(tell(examination, {}).verdict == Verdict::cannot_tell);
    CHECK(tell(two_hosts({}), {}).verdict == Verdict::cannot_tell);
}

TEST_CASE("two rules that fired on one record do not confirm each other") {
    const std::vector<findings::RuleInfo> rules = {rule(Level::high, "lateral-movement"),
                                                   rule(Level::high, "command-and-control")};
    std::vector<Reason> reasons(2);
    for (std::uint32_t i = 0; i < reasons.size(); ++i) {
        reasons[i].rule = i;
        reasons[i].level = Level::high;
        reasons[i].may_make_signs = true;
        reasons[i].item = 3;
        reasons[i].record = 15;
    }

    CHECK(judge(reasons, rules, defaults, true) == Verdict::look);
    reasons[1].record = 16;
    CHECK(judge(reasons, rules, defaults, true) == Verdict::signs);
}

TEST_CASE("one critical finding makes signs, of the host and of the whole") {
    const findings::Examination examination = two_hosts({rule(Level::critical, "execution")});
    const Story story = tell(examination, {finding(1, 0)});

    CHECK(host_of(story, 1).verdict == Verdict::signs);
    CHECK(host_of(story, 0).verdict == Verdict::nothing_seen);
    CHECK(story.verdict == Verdict::signs);
    CHECK(story.hosts.front().host == 1);
}

TEST_CASE("two high findings make signs only with different tactics, by different rules") {
    const findings::Examination examination =
        two_hosts({rule(Level::high, "execution"), rule(Level::high, "persistence"),
                   rule(Level::high, "execution")});

    CHECK(tell(examination, {finding(0, 0), finding(0, 0)}).verdict == Verdict::look);
    CHECK(tell(examination, {finding(0, 0), finding(0, 2)}).verdict == Verdict::look);
    CHECK(tell(examination, {finding(0, 0), finding(0, 1)}).verdict == Verdict::signs);
    CHECK(tell(examination, {finding(0, 0), finding(1, 1)}).verdict == Verdict::look);
}

TEST_CASE("three mediums of different tactics need a look, two do not") {
    const findings::Examination examination =
        two_hosts({rule(Level::medium, "execution"), rule(Level::medium, "persistence"),
                   rule(Level::medium, "discovery")});

    CHECK(tell(examination, {finding(0, 0), finding(0, 1)}).verdict == Verdict::nothing_seen);
    CHECK(tell(examination, {finding(0, 0), finding(0, 1), finding(0, 2)}).verdict ==
          Verdict::look);
}

TEST_CASE("rules of others make at most a look, unless they are trusted") {
    const findings::Examination examination =
        two_hosts({rule(Level::critical, "execution", false)});

    CHECK(tell(examination, {finding(0, 0)}).verdict == Verdict::look);

    VerdictRules rules;
    rules.trusted = {examination.rules[0].id};
    StoryBuilder builder(examination, rules);
    builder.add(finding(0, 0));
    CHECK(builder.finish().verdict == Verdict::signs);
}

TEST_CASE("a rule that only pretends to be of our own is a rule of others") {
    findings::RuleInfo pretender = rule(Level::critical, "execution");
    pretender.origin = "somebody";

    CHECK(tell(two_hosts({pretender}), {finding(0, 0)}).verdict == Verdict::look);
}

TEST_CASE("a finding that could not be checked counts one level lower") {
    const findings::Examination examination = two_hosts({rule(Level::critical, "execution")});
    const Story story = tell(examination, {finding(0, 0, true)});

    CHECK(story.verdict == Verdict::look);
    CHECK(host_of(story, 0).reasons.front().level == Level::high);
    CHECK(tell(examination, {finding(0, 0, true), finding(0, 0)}).verdict == Verdict::signs);
}

TEST_CASE("the same rule on a host is one reason with its count and first example") {
    const findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    const Story story = tell(examination, {finding(0, 0), finding(0, 0), finding(1, 0)});

    REQUIRE(host_of(story, 0).reasons.size() == 1);
    CHECK(host_of(story, 0).reasons[0].count == 2);
    CHECK(host_of(story, 0).reasons[0].says_en == "said");
}

TEST_CASE("a flood of findings before it does not hide that a host needs a look") {
    findings::Examination examination =
        two_hosts({rule(Level::informational, "discovery"), rule(Level::critical, "execution")});
    const auto hosts = static_cast<std::uint32_t>(StoryBuilder::max_reasons);
    examination.hosts.resize(hosts + 1);
    StoryBuilder builder(examination, defaults);
    for (std::uint32_t host = 0; host < hosts; ++host) builder.add(finding(host, 0));
    builder.add(finding(hosts, 1));

    const Story story = builder.finish();

    CHECK(story.reasons_left_out == 1);
    CHECK(host_of(story, hosts).verdict == Verdict::look);
    CHECK(story.verdict == Verdict::look);
}

TEST_CASE("logs and what they show are told per host") {
    const Story story = tell(two_hosts({}), {});
    const HostView& view = host_of(story, 0);

    REQUIRE(view.logs.size() == 2);
    CHECK(view.logs[0].channel == "Security");
    CHECK(view.logs[0].records == 20);
    CHECK(view.sights[static_cast<std::size_t>(Sight::processes)].records == 10);
    CHECK(view.sights[static_cast<std::size_t>(Sight::powershell)].records == 0);
}

TEST_CASE("coverage counts rules by tactic, those of ATT&CK 19 under the name of version 18") {
    findings::Examination examination =
        two_hosts({rule(Level::high, "stealth"), rule(Level::high, "defense-evasion")});
    examination.outcomes[0].state = findings::RuleState::blind;
    const Story story = tell(examination, {finding(0, 1)});

    const auto evasion = std::ranges::find(story.coverage, "defense-evasion", &Coverage::tactic);
    REQUIRE(evasion != story.coverage.end());
    CHECK(evasion->possible == 1);
    CHECK(evasion->blind == 1);
    CHECK(evasion->fired == 1);
}

TEST_CASE("what is set aside is told with its reason and counts for no verdict") {
    const findings::Examination examination = two_hosts({rule(Level::critical, "execution")});
    findings::Finding aside = finding(0, 0);
    aside.label = findings::Label::own_collection;
    aside.label_reason = "reg save";
    findings::Finding allowed = finding(0, 0);
    allowed.label = findings::Label::sanctioned;

    const Story story = tell(examination, {aside, aside, allowed});

    CHECK(story.verdict == Verdict::nothing_seen);
    CHECK(story.set_aside.own_collection == 2);
    CHECK(story.set_aside.sanctioned == 1);
    const HostView& host = host_of(story, 0);
    CHECK(host.reasons.empty());
    REQUIRE(host.set_aside.size() == 2);
    CHECK(host.set_aside[0].count + host.set_aside[1].count == 3);
    CHECK(host.set_aside[0].label_reason == "reg save");

    CHECK(tell(examination, {aside, finding(0, 0)}).verdict == Verdict::signs);
}

TEST_CASE("nothing can be told of a host whose logs begin after the date asked about") {
    const findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    VerdictRules rules;
    rules.asked_since = Time::from_unix_seconds(1'555'462'922);
    const Story late = StoryBuilder(examination, rules).finish();
    CHECK(host_of(late, 0).late == std::vector<std::string>{"Security", "System"});
    CHECK(host_of(late, 0).verdict == Verdict::cannot_tell);
    CHECK(host_of(late, 1).late == std::vector<std::string>{"System"});
    CHECK_FALSE(late.is_late_only);  // B also lacks Security

    rules.asked_since = Time::from_unix_seconds(1'555'462'923);
    const Story reaching = StoryBuilder(examination, rules).finish();
    CHECK(host_of(reaching, 0).late.empty());
    CHECK(host_of(reaching, 0).verdict == Verdict::nothing_seen);

    rules.asked_since = Time::from_unix_seconds(1'555'462'922);
    StoryBuilder found(examination, rules);
    found.add(finding(0, 0));
    CHECK(host_of(found.finish(), 0).verdict == Verdict::look);
}

TEST_CASE("a log that was filtered by time begins where it begins, not where the filter does") {
    findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    examination.logs.pop_back();
    VerdictRules rules;
    rules.asked_since = Time::from_unix_seconds(1'555'462'922);
    for (const char* channel : {"Security", "System"}) {
        findings::LogReach& reach = examination.reaches.emplace_back();
        reach.host = 0;
        reach.channel = channel;
        reach.span.add(Time::from_unix_seconds(1'500'000'000));
    }

    CHECK(host_of(StoryBuilder(examination, rules).finish(), 0).verdict == Verdict::nothing_seen);

    examination.reaches[1].span = {};
    examination.reaches[1].span.add(Time::from_unix_seconds(1'555'462'923));
    const Story story = StoryBuilder(examination, rules).finish();
    CHECK(host_of(story, 0).late == std::vector<std::string>{"System"});
}

TEST_CASE("where only the date asked about stands in the way, that is said of the whole") {
    findings::Examination examination = two_hosts({rule(Level::high, "execution")});
    examination.logs.pop_back();
    examination.hosts.pop_back();
    VerdictRules rules;
    rules.asked_since = Time::from_unix_seconds(1'555'462'922);
    const Story story = StoryBuilder(examination, rules).finish();

    CHECK(story.verdict == Verdict::cannot_tell);
    CHECK(story.is_late_only);
    CHECK(story.asked_since == rules.asked_since);
}
