#include "konseki/report/tally.h"

#include <doctest/doctest.h>

#include "konseki/base/text.h"

#include "konseki/report/summary.h"
#include "konseki/report/terminal.h"
#include "made_examination.h"

namespace konseki::report {
namespace {

findings::RuleInfo rule(const char* title, findings::Level level) {
    findings::RuleInfo info;
    info.title = title;
    info.level = level;
    return info;
}

findings::Finding finding(std::uint32_t of_rule, std::int64_t time, bool is_unchecked) {
    findings::Finding made;
    made.rule = of_rule;
    made.time = Time{time};
    made.count = 1;
    made.is_unchecked = is_unchecked;
    return made;
}

TEST_CASE("look first: level, then checked before unchecked, then fewer findings, then time") {
    using findings::Level;
    const std::vector<findings::RuleInfo> rules{
        rule("low", Level::low), rule("unchecked", Level::high), rule("frequent", Level::high),
        rule("later", Level::high), rule("earlier", Level::high)};
    Tally tally(rules.size());
    tally.add(finding(0, 1, false));
    tally.add(finding(1, 2, true));
    tally.add(finding(2, 3, false));
    tally.add(finding(2, 4, false));
    tally.add(finding(4, 5, false));
    tally.add(finding(3, 6, false));

    std::vector<std::string> order;
    for (const FirstLook& look : tally.look_first(rules, 10))
        order.push_back(rules[look.rule].title);

    CHECK(order == std::vector<std::string>{"earlier", "later", "frequent", "unchecked", "low"});
    CHECK(tally.look_first(rules, 2).size() == 2);
}

TEST_CASE("look first: a rule is shown by a checked finding where it has one") {
    const std::vector<findings::RuleInfo> rules{rule("a", findings::Level::high)};
    Tally tally(1);
    tally.add(finding(0, 1, true));
    tally.add(finding(0, 2, false));
    tally.add(finding(0, 3, false));

    const std::vector<FirstLook> looks = tally.look_first(rules, 10);

    REQUIRE(looks.size() == 1);
    CHECK(looks[0].time == Time{2});
    CHECK(tally.of_rule(0).unchecked == 1);
}

TEST_CASE("terminal: no escape sequence of the evidence reaches the terminal") {
    findings::Examination examination = made_examination();
    examination.hosts[0].name = "PC\x1b[2J\xe2\x80\xae";
    Tally tally(1);
    findings::Finding made = made_finding();
    made.record.account = "\x1b]0;x\x07";
    tally.add(made);

    const std::string text =
        terminal_summary(examination, tally, story::Story{}, story::Told(examination, {}), {});

    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("PC\\x1b[2J\\u202e") != std::string::npos);
}

TEST_CASE("terminal: what memory and caps took away is said") {
    findings::Examination examination = made_examination();
    examination.outcomes[0].groups_closed = 1'234;
    examination.other_hosts_records = 5'001;
    examination.logs_not_counted = 5'002;
    examination.reaches_left_out = 5'003;
    SummaryStyle style;
    style.language = render::Language::en;

    const std::string text = terminal_summary(examination, Tally(1), story::Story{},
                                              story::Told(examination, {}), style);

    for (const std::string_view part : {"1,234", "5,001", "5,002", "5,003"})
        CHECK_MESSAGE(text.contains(part), part);
}

TEST_CASE("terminal: every line fits the terminal, full-width characters counted twice") {
    findings::Examination examination = made_examination();
    examination.hosts[0].name =
        "\xe7\xb5\x8c\xe7\x90\x86\xe9\x83\xa8\xe3\x81\xae\xe7\xab\xaf\xe6\x9c\xab" +
        std::string(60, 'x');
    examination.rules[0].title = std::string(200, 't');
    Tally tally(1);
    tally.add(made_finding());
    for (const render::Language language : {render::Language::ja, render::Language::en}) {
        SummaryStyle style;
        style.language = language;
        style.terminal.width = 80;

        const std::string text = terminal_summary(examination, tally, story::Story{},
                                                  story::Told(examination, {}), style);

        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            CHECK(display_width(text.substr(at, end - at)) <= 80);
            at = end + 1;
        }
    }
}

}  // namespace

TEST_CASE("rule sets: rules for other logs are told apart from refused ones, in both languages") {
    using Kind = findings::RuleProblem::Kind;
    std::vector<findings::RuleInfo> rules(1);
    rules[0].origin = "ours";
    std::vector<findings::RuleProblem> problems(4);
    for (findings::RuleProblem& problem : problems) problem.origin = "ours";
    problems[0].kind = Kind::refused;
    problems[1].kind = problems[2].kind = Kind::other_log;
    problems[3].kind = Kind::warning;

    const std::vector<RuleSet> sets = rule_sets(rules, problems);

    CHECK(rule_sets_line(sets, render::Language::en) ==
          "Rules: ours 1 (1 refused, 2 more for other logs)");
    CHECK(rule_sets_line(sets, render::Language::ja).contains("使用不可 1 件"));
    CHECK(rule_sets_line({{"ours", 1, 0, 2}}, render::Language::en) ==
          "Rules: ours 1 (2 more for other logs)");
}

TEST_CASE("navigator: a technique has the best score that any of its rules gives it") {
    findings::Examination examination = made_examination();
    examination.rules[0].attack = {"T1059.001"};
    examination.rules.push_back(examination.rules[0]);
    examination.rules[1].attack = {"T1685.001"};  // ATT&CK 19 for T1562.002
    examination.outcomes = {{findings::RuleState::possible, {}}, {findings::RuleState::blind, {}}};
    Tally tally(examination.rules.size());
    tally.add(made_finding());

    const std::string json = make_navigator_json(examination, tally);

    CHECK(json.find(R"("techniqueID":"T1059.001","score":3,)") != std::string::npos);
    CHECK(json.find(R"("techniqueID":"T1562.002","score":1,)") != std::string::npos);
    CHECK(json.find(R"("versions":{"attack":"18","navigator":"5.2.0","layer":"4.5"})") !=
          std::string::npos);
}

}  // namespace konseki::report
