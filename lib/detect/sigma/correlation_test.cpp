#include "sigma/correlation.h"

#include <doctest/doctest.h>

#include <string>

#include "sigma/aggregation.h"
#include "sigma/test_book.h"

using namespace konseki::detect;
using namespace konseki::detect::sigma;

namespace {

using Lines = std::vector<std::string>;

constexpr std::int64_t second = 10'000'000;

/// Three rules a, b, c in files of their own, and one document more.
RuleBook with_rules(const std::string& document) {
    std::vector<RuleFile> files;
    for (const std::string name : {"a", "b", "c"})
        files.push_back({"set", "r" + name + ".yml",
                         "title: title " + name + "\nid: id-" + name + "\nname: " + name +
                             "\nlogsource: {product: windows, service: security}\ndetection: {s: "
                             "{f: x}, condition: s}\n"});
    files.push_back({"set", "z.yml", document});
    return read_book(files);
}

RuleBook correlate(const std::string& body) {
    return with_rules("title: k\nid: id-k\ncorrelation: " + body + "\n");
}

std::string problem(const std::string& body) {
    const auto lines = problem_lines(correlate(body));
    return lines.empty() ? "none" : lines[0];
}

}  // namespace

TEST_CASE("correlation: rules are named by id, name or title, and give no findings of their own") {
    const RuleBook book = correlate(
        "{type: event_count, rules: [id-a, b, title c], group-by: [Computer], timespan: 1h, "
        "condition: {gte: 100}}");

    CHECK(problem_lines(book).empty());
    REQUIRE(book.correlations.size() == 1);
    const Correlation& k = book.correlations[0];
    CHECK(k.info.kind == konseki::findings::RuleKind::correlation);
    CHECK(k.rules == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(k.group_by == Lines{"Computer"});
    CHECK(k.timespan_ticks == 3600 * second);
    CHECK(book.base_only == std::vector<bool>{true, true, true, false});
    CHECK(book.order[3].is_correlation);
}

TEST_CASE("correlation: generate leaves the rules their own findings, in either place") {
    const std::string body = "correlation: {type: temporal, rules: [a, b], timespan: 5m";

    const RuleBook beside = with_rules("title: k\n" + body + "}\ngenerate: true\n");
    CHECK(beside.base_only == std::vector<bool>{false, false, false, false});
    const RuleBook inside = with_rules("title: k\n" + body + ", generate: true}\n");
    CHECK(inside.base_only == std::vector<bool>{false, false, false, false});
}

TEST_CASE("correlation: every type is read with its condition") {
    const auto read = [](const std::string& body) {
        const RuleBook book = correlate("{rules: [a, b], timespan: 1d, " + body + "}");
        INFO(body);
        REQUIRE(book.correlations.size() == 1);
        return book.correlations[0];
    };

    CHECK(read("type: event_count, condition: {gt: 100, lte: 200}").condition.size() == 2);
    CHECK(read("type: value_count, condition: {field: [u, v], gte: 2}").value_fields ==
          Lines{"u", "v"});
    CHECK(read("type: temporal").condition.empty());
    CHECK(read("type: temporal_ordered, condition: {gte: 2}").condition[0].value == 2);
    CHECK(read("type: value_sum, condition: {field: n, gt: 1.5}").condition[0].value == 1.5);
    CHECK(read("type: value_avg, condition: {field: n, neq: 3}").condition[0].op ==
          Threshold::Op::neq);
    CHECK(read("type: value_percentile, condition: {field: n, percentile: 95, gt: 1}").percentile ==
          95);
    CHECK(read("type: value_median, condition: {field: n, lt: 1}").percentile == 50);
}

TEST_CASE("correlation: an extended temporal condition is a tree over the positions of the rules") {
    const RuleBook book = correlate(
        "{type: temporal, rules: [a, b, c], timespan: 5m, condition: a and (b or not c)}");

    REQUIRE(book.correlations.size() == 1);
    REQUIRE(book.correlations[0].expression);
    const Node& tree = *book.correlations[0].expression;
    CHECK(tree.kind == Node::Kind::all_of);
    CHECK(tree.children[0].test.integer == 0);
    CHECK(tree.children[1].children[0].test.integer == 1);
    CHECK(tree.children[1].children[1].children[0].test.integer == 2);
}

TEST_CASE("correlation: an expression names the rules where none are listed") {
    const RuleBook book = correlate("{type: temporal, timespan: 5m, condition: b and not a}");

    REQUIRE(book.correlations.size() == 1);
    CHECK(book.correlations[0].rules == std::vector<std::uint32_t>{1, 0});
}

TEST_CASE("correlation: aliases give each listed rule its field, or nothing") {
    const RuleBook book = correlate(
        "{type: temporal, rules: [id-a, b], group-by: [ip], timespan: 10s, aliases: {ip: {a: "
        "SourceIp, b: DestIp}, who: {b: User}}}");

    REQUIRE(book.correlations.size() == 1);
    const auto& aliases = book.correlations[0].aliases;
    REQUIRE(aliases.size() == 2);
    CHECK(aliases[0].first == "ip");
    CHECK(aliases[0].second == Lines{"SourceIp", "DestIp"});
    CHECK(aliases[1].second == Lines{"", "User"});
}

TEST_CASE("correlation: correlations of correlations resolve in any order, circles are refused") {
    const std::string outer =
        "title: outer\nname: outer\ncorrelation: {type: temporal, rules: [inner, c], timespan: "
        "5m}\n";
    const std::string inner =
        "title: inner\nname: inner\ncorrelation: {type: event_count, rules: [a], timespan: 5m, "
        "condition: {gte: 3}}\n";

    const RuleBook book = with_rules(outer + "---\n" + inner);
    CHECK(problem_lines(book).empty());
    REQUIRE(book.correlations.size() == 2);
    CHECK(book.correlations[0].rules == std::vector<std::uint32_t>{4, 2});
    CHECK(book.base_only == std::vector<bool>{true, false, true, false, true});

    const RuleBook circle = with_rules(
        "title: x\nname: x\ncorrelation: {type: temporal, rules: [y], timespan: 5m}\n---\n"
        "title: y\nname: y\ncorrelation: {type: temporal, rules: [x], timespan: 5m}\n");
    CHECK(circle.correlations.empty());
    CHECK(problem_lines(circle).size() == 2);
}

TEST_CASE("correlation: what cannot be used is refused with its line and reason") {
    CHECK(problem("{type: temporal, rules: [nobody], timespan: 5m}") ==
          "z.yml:3: refers to the unknown rule `nobody`");
    CHECK(problem("{type: sometimes, rules: [a], timespan: 5m}") ==
          "z.yml:3: unknown correlation type `sometimes`");
    CHECK(problem("{type: temporal, rules: [a]}") == "z.yml:3: the correlation has no timespan");
    CHECK(problem("{type: temporal, rules: [], timespan: 5m}") ==
          "z.yml:3: the correlation lists no rules");
    CHECK(problem("{type: event_count, rules: [a], timespan: 5m}") ==
          "z.yml:3: the condition compares with nothing");
    CHECK(problem("{type: value_count, rules: [a], timespan: 5m, condition: {gte: 1}}") ==
          "z.yml:3: the condition has no field");
    CHECK(
        problem(
            "{type: value_percentile, rules: [a], timespan: 5m, condition: {field: n, gte: 1}}") ==
        "z.yml:3: value_percentile needs `percentile` in its condition");
    CHECK(problem("{type: event_count, rules: [a], timespan: 5m, condition: {more: 1}}") ==
          "z.yml:3: unknown key `more` in the condition");
    CHECK(problem("{type: event_count, rules: [a], timespan: 5m, condition: {gte: many}}") ==
          "z.yml:3: `gte` needs a number");
    CHECK(problem("{type: event_count, rules: [a], timespan: 5m, condition: a and b}") ==
          "z.yml:3: only a temporal correlation can have an expression as its condition");
    CHECK(problem("{type: temporal, rules: [a], timespan: 5m, group_by: [x]}") ==
          "z.yml:3: `group_by` must be written `group-by`");
    CHECK(problem("{type: temporal, rules: [a], timespan: 5m, condition: a and d}") ==
          "z.yml:3: the condition names the unknown identifier `d`");
    CHECK(problem("{type: temporal, rules: [a], timespan: 5m, window: 1}") ==
          "z.yml:3: warning: unknown key `window` in the correlation");
}

TEST_CASE("correlation: a reference to a rule that cannot be used refuses the correlation too") {
    const RuleBook book = with_rules(
        "title: bad\nname: bad\nlogsource: {product: windows, service: security}\ndetection: {s: "
        "{f|x: y}, condition: s}\n---\n"
        "title: k\ncorrelation: {type: temporal, rules: [bad], timespan: 5m}\n");

    CHECK(problem_lines(book)[1] == "z.yml:7: refers to `bad`, which cannot be used");
}

TEST_CASE("timespan: units are told apart by case, and nonsense is refused") {
    CHECK(read_timespan("30s", 1).value_or(0) == 30 * second);
    CHECK(read_timespan("90m", 1).value_or(0) == 5400 * second);
    CHECK(read_timespan("2h", 1).value_or(0) == 7200 * second);
    CHECK(read_timespan("7d", 1).value_or(0) == 604'800 * second);
    CHECK(read_timespan("1w", 1).value_or(0) == 604'800 * second);
    CHECK(read_timespan("1M", 1).value_or(0) == 2'629'746 * second);
    CHECK(read_timespan("1y", 1).value_or(0) == 31'556'952 * second);
    for (const char* text : {"", "5", "m", "-5m", "0m", "5x", "5 m", "1.5h", "5mm", "99999999999y"})
        CHECK(!read_timespan(text, 1));
}

TEST_CASE("correlation: the stem of a path can be asked for by rules of our own form only") {
    const std::string body =
        "title: k\nid: id-k\ncorrelation: {type: temporal, rules: [a, b], group-by: [f], timespan: "
        "1h, aliases: {f: {a: 'Path|stem', b: 'Path|stem'}}}\n";
    const auto others = problem_lines(with_rules(body));
    REQUIRE(!others.empty());
    CHECK(others[0].contains("only rules of konseki's own form know `|stem`"));
    CHECK(problem_lines(with_rules(body + "konseki: {id: E1, needs: c, says: {ja: x, en: x}, why: "
                                          "{ja: x, en: x}, other: {ja: x, en: x}}\n"))
              .empty());
}

TEST_CASE("correlation: what was before can be asked by rules of our own form only") {
    const std::string before =
        "{type: new_terms, rules: [a], group-by: [h], timespan: 7d, condition: {field: [u]}}";
    CHECK(problem(before).contains("unknown correlation type `new_terms`"));

    const std::string own =
        "konseki: {id: E1, needs: c, says: {ja: x, en: x}, why: {ja: x, en: x}, other: {ja: x, en: "
        "x}}\n";
    const auto own_problem = [&](const std::string& body) {
        const auto lines =
            problem_lines(with_rules("title: k\nid: id-k\ncorrelation: " + body + "\n" + own));
        return lines.empty() ? std::string("none") : lines[0];
    };
    CHECK(own_problem(before) == "none");
    CHECK(own_problem("{type: new_terms, rules: [a], group-by: [h], timespan: 7d}")
              .contains("the condition has no field"));
    CHECK(own_problem("{type: not_preceded, rules: [a, b], group-by: [h], timespan: 10h}") ==
          "none");
    CHECK(own_problem("{type: not_preceded, rules: [a], group-by: [h], timespan: 10h}")
              .contains("needs two rules"));
    CHECK(
        own_problem("{type: not_preceded, rules: [a, b], group-by: [h], timespan: 10h, condition: "
                    "{gte: 2}}")
            .contains("compares with no number"));
}
