#include "sigma/book.h"

#include <doctest/doctest.h>

#include <string>

#include "sigma/test_book.h"
#include "sigma/tree_text.h"

using namespace konseki::detect;
using namespace konseki::detect::sigma;

namespace {

using Lines = std::vector<std::string>;

const std::string head = "title: t\nlogsource: {product: windows, service: security}\n";

/// A whole rule with the given detection.
std::string rule(const std::string& name,
                 const std::string& detection = "{s: {a: x}, condition: s}") {
    return "title: title of " + name + "\nid: id-" + name + "\nname: " + name +
           "\nlogsource: {product: windows, service: security}\ndetection: " + detection + "\n";
}

}  // namespace

TEST_CASE("book: a rule without id, level and author loads, with its file as id") {
    const RuleBook book = read_text(head + "detection: {s: {a: x}, condition: s}\n");

    CHECK(problem_lines(book).empty());
    REQUIRE(book.rules.size() == 1);
    CHECK(book.rules[0].info.id == "file:a.yml");
    CHECK(!book.rules[0].info.level);
    CHECK(book.rules[0].info.logsource == "windows/security");
    CHECK(book.order.size() == 1);
    CHECK(!book.base_only[0]);
}

TEST_CASE("book: what a rule says about itself is kept") {
    const RuleBook book = read_text(
        "title: T\nid: i\nname: n\nstatus: test\nlevel: high\nauthor: A, B\nlicense: "
        "DRL-1.1\ndate: 2024-01-02\n"
        "modified: 2024/02/03\ndescription: D\nreferences: [r1, r2]\ntags: [attack.t1059.001, "
        "attack.execution]\n"
        "falsepositives: rare\nfields: [a]\nsimulation: {x: y}\nlogsource: {product: Windows, "
        "category: PROCESS_CREATION}\n"
        "detection: {s: {a: x}, condition: s}\n");

    REQUIRE(book.rules.size() == 1);
    const konseki::findings::RuleInfo& info = book.rules[0].info;
    CHECK(info.level == konseki::findings::Level::high);
    CHECK(info.author == "A, B");
    CHECK(info.license == "DRL-1.1");
    CHECK(info.date == "2024-01-02");
    CHECK(info.modified == "2024/02/03");
    CHECK(info.references == Lines{"r1", "r2"});
    CHECK(info.false_positives == Lines{"rare"});
    CHECK(info.attack == Lines{"T1059.001"});
    CHECK(info.logsource == "windows/process_creation");
}

TEST_CASE("book: each broken rule is one line with its place and reason, and the others load") {
    const Lines bad = {
        "detection: {s: {a|contain: x}, condition: s}\n",
        "detection:\n  s: {a: x}\n  condition: t\n",
        "detection:\n  s: {a: x}\n",
        "detection: {condition: s}\n",
        "detection: [a]\n",
        "level: x\n",
    };
    const Lines reasons = {
        "a.yml:3: unknown modifier `contain`",
        "a.yml:5: the condition names the unknown identifier `t`",
        "a.yml:4: the detection has no condition",
        "a.yml:3: there is no identifier to search for",
        "a.yml:1: `detection` must be a map",
        "a.yml:1: `detection` must be a map",
    };
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const RuleBook book =
            read_book({{"set", "a.yml", head + bad[i]}, {"set", "b.yml", rule("good")}});
        INFO(bad[i]);
        CHECK(problem_lines(book)[0] == reasons[i]);
        CHECK(book.rules.size() == 1);
    }
}

TEST_CASE("book: documents without title, of Sigma 1 collections and of no map are refused") {
    CHECK(
        problem_lines(read_text("action: global\ntitle: x\n")) ==
        Lines{
            "a.yml:1: `action: global` of Sigma 1 collections is not read: write whole documents"});
    CHECK(problem_lines(read_text("detection: {}\n")) ==
          Lines{"a.yml:1: the document has no title"});
    CHECK(problem_lines(read_text("- a\n")) == Lines{"a.yml:1: the document is no map"});
    CHECK(problem_lines(read_text("title: [\n")).size() == 1);
}

TEST_CASE(
    "book: a log source that is unknown or in no event log refuses its rule with that reason") {
    const std::string rest = "\ndetection: {s: {a: x}, condition: s}\n";

    CHECK(problem_lines(read_text("title: t\nlogsource: {product: windows, service: foo}" +
                                  rest)) == Lines{"a.yml:2: unknown log source `windows/foo`"});
    CHECK(problem_lines(read_text("title: t\nlogsource: {product: linux}" + rest)) ==
          Lines{"a.yml:2: no Windows event log carries `linux`: Linux has other logs"});
    CHECK(read_text("title: t\nlogsource: {product: linux}" + rest).problems.front().kind ==
          konseki::findings::RuleProblem::Kind::other_log);
    CHECK(read_text("title: t\nlogsource: {product: windows, service: foo}" + rest)
              .problems.front()
              .kind == konseki::findings::RuleProblem::Kind::refused);
    CHECK(problem_lines(read_text("title: t\nlogsource: {definition: x}" + rest)) ==
          Lines{"a.yml:2: the logsource gives no product, category or service"});
    CHECK(problem_lines(read_text("title: t" + rest)) ==
          Lines{"a.yml:1: the rule has no logsource"});
}

TEST_CASE("book: an unused identifier, an unknown level and a doubled id are warned of") {
    const RuleBook book =
        read_book({{"set", "a.yml",
                    head + "id: i\nlevel: severe\ndetection: {s: {a: x}, t: {a: y}, _u: {a: z}, "
                           "condition: s}\n"},
                   {"set", "b.yml", head + "id: i\ndetection: {s: {a: x}, condition: s}\n"}});

    CHECK(problem_lines(book) == Lines{"a.yml:4: warning: unknown level `severe`",
                                       "a.yml:5: warning: no condition uses the identifier `t`",
                                       "b.yml:1: warning: the id stands in `a.yml` too"});
    CHECK(book.rules.size() == 2);
}

TEST_CASE("book: files come in the order of origin, path and document, whatever the order given") {
    const RuleBook book = read_book({{"b", "1.yml", rule("z")},
                                     {"a", "2.yml", rule("y") + "---\n" + rule("x")},
                                     {"a", "1.yml", rule("w")}});

    Lines ids;
    for (const Rule& one : book.rules) ids.push_back(one.info.id);
    CHECK(ids == Lines{"id-w", "id-y", "id-x", "id-z"});
    CHECK(book.rules[2].info.line == 7);
}

TEST_CASE("book: a list of conditions is or") {
    const RuleBook book = read_text(rule("r", "{s: {a: x}, t: {a: y}, condition: [s, not t]}"));

    REQUIRE(book.rules.size() == 1);
    CHECK(to_text(book.rules[0].condition) == "(or a:x (not a:y))");
}

TEST_CASE(
    "filters: the condition is added as written to the rules it names within its log source") {
    const std::string filter =
        "title: f\nlogsource: {product: windows}\nfilter:\n  rules: [id-r, s]\n  selection: "
        "{User|startswith: adm_}\n  condition: not selection\n";
    const RuleBook book = read_book({{"set", "r.yml", rule("r")},
                                     {"set", "s.yml", rule("s")},
                                     {"set", "t.yml", rule("t")},
                                     {"set", "z.yml", filter}});

    REQUIRE(book.rules.size() == 3);
    CHECK(to_text(book.rules[0].condition) == "(and a:x (not User:adm_*))");
    CHECK(to_text(book.rules[1].condition) == "(and a:x (not User:adm_*))");
    CHECK(to_text(book.rules[2].condition) == "a:x");
    CHECK(problem_lines(book).empty());
}

TEST_CASE(
    "filters: any takes all rules, another log source takes none, a missing not is warned of") {
    const std::string begin = "title: f\nlogsource: {product: windows, service: ";
    const std::string end = "}\nfilter:\n  rules: any\n  s: {b: y}\n  condition: s\n";

    const RuleBook all =
        read_book({{"set", "r.yml", rule("r")}, {"set", "z.yml", begin + "security" + end}});
    CHECK(to_text(all.rules[0].condition) == "(and a:x b:y)");
    CHECK(problem_lines(all) == Lines{"z.yml:6: warning: the filter's condition has no `not`: it "
                                      "keeps only the events that it selects"});

    const RuleBook none =
        read_book({{"set", "r.yml", rule("r")}, {"set", "z.yml", begin + "system" + end}});
    CHECK(to_text(none.rules[0].condition) == "a:x");
    CHECK(problem_lines(none)[0] == "z.yml:1: warning: the filter applies to no rule");
}

TEST_CASE("sigma 1: count becomes a correlation under the rule's id, with its events beside it") {
    const RuleBook book = read_text(rule(
        "r",
        "{s: {a: x}, timeframe: 5m, condition: 's | count(User) by Computer, IpAddress >= 10'}"));

    REQUIRE(book.correlations.size() == 1);
    const Correlation& count = book.correlations[0];
    CHECK(count.info.id == "id-r");
    CHECK(count.type == CorrelationType::value_count);
    CHECK(count.value_fields == Lines{"User"});
    CHECK(count.group_by == Lines{"Computer", "IpAddress"});
    CHECK(count.timespan_ticks == std::int64_t{300} * 10'000'000);
    CHECK(count.condition.size() == 1);
    CHECK(count.condition[0].op == Threshold::Op::gte);
    CHECK(count.condition[0].value == 10);
    CHECK(count.rules == std::vector<std::uint32_t>{0});
    CHECK(book.rules[0].info.id == "id-r#events");
    CHECK(to_text(book.rules[0].condition) == "a:x");
    CHECK(book.base_only == std::vector<bool>{true, false});
}

TEST_CASE("sigma 1: the other aggregations are refused, a missing timeframe is warned of") {
    const auto problem = [](const std::string& condition) {
        return problem_lines(read_text(rule("r", "{s: {a: x}, condition: '" + condition + "'}")))
            .at(0);
    };

    CHECK(problem("s | near t") ==
          "a.yml:5: `near` of Sigma 1 is not read: write a temporal correlation");
    CHECK(problem("s | sum(b) by c > 3") ==
          "a.yml:5: `sum` of Sigma 1 is not read: write a correlation (value_sum, value_avg, ..)");
    CHECK(problem("s | head 3") == "a.yml:5: `| head` in a condition is not read");
    CHECK(problem("s | count() by a") ==
          "a.yml:5: `count` must read `count(field) by field > number`");
    CHECK(problem("s | count() > 5") ==
          "a.yml:5: warning: `count` without a timeframe counts over all events");
}
