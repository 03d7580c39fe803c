#include "konseki/report/html.h"

#include <doctest/doctest.h>

#include "html/writer.h"
#include "konseki/base/hash.h"
#include "made_examination.h"

using namespace konseki;
using namespace konseki::report;
using findings::Level;
using render::Language;

namespace {

/// One host with Security and System, and one rule of our own that gives advice.
findings::Examination hostile_examination(std::string name) {
    findings::Examination examination = made_examination();
    examination.hosts[0].name = std::move(name);
    for (const char* channel : {"Security", "System"}) {
        findings::LogCount& log = examination.logs.emplace_back();
        log.channel = channel;
        log.event_id = 4624;
        log.records = 6;
        log.span = examination.hosts[0].span;
    }
    findings::RuleInfo& rule = examination.rules[0];
    rule.level = Level::critical;
    rule.origin = "konseki";
    rule.own.emplace();
    rule.own->id = "E001";
    rule.own->why = {"理由です", "This is why"};
    rule.own->other = {"ほかの説明です", "Something else"};
    rule.own->next = {"keep_logs", "unwritten_advice"};
    rule.own->do_not = {"no_wipe"};
    examination.outcomes[0].state = findings::RuleState::possible;
    return examination;
}

HtmlOptions made_options() {
    HtmlOptions options;
    options.version = "1.2.3";
    options.zone = parse_zone("+09:00").value();
    options.advice["keep_logs"] = {"ログを残してください", "Keep the logs"};
    options.advice["no_wipe"] = {"消さないでください", "Do not wipe it"};
    return options;
}

const story::VerdictRules defaults;

std::string page_of(const findings::Examination& examination,
                    const std::vector<findings::Finding>& found, const HtmlOptions& options) {
    Tally tally(examination.rules.size());
    story::StoryBuilder builder(examination, defaults);
    story::StepBuilder steps(examination);
    Shown shown(examination);
    for (const findings::Finding& one : found) {
        tally.add(one);
        builder.add(one);
        steps.add(one);
        shown.add(one);
    }
    const story::Story story = builder.finish();
    const story::Told told = story::tell_more(examination, story, steps, {.zone = options.zone});
    return without_breaks(make_report_html(examination, tally, story, told, shown, options));
}

findings::Finding said(const char* ja, const char* en) {
    findings::Finding finding = made_finding();
    finding.match.says_ja = ja;
    finding.match.says_en = en;
    return finding;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("writer: text is never markup, and control characters and bidi marks become visible") {
    std::string out;
    HtmlWriter html(out);

    html.text("</script><b a='\"'>&\x1b[2J\xe2\x80\xae\xff");

    CHECK(out == "&lt;/script&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;\\x1b[2J\\u202e\\xff");
}

TEST_CASE("writer: elements close in the order in which they opened") {
    std::string out;
    HtmlWriter html(out);
    {
        const auto list = html.in("ul", {{"class", "a\"b"}});
        const auto item = html.in("li");
        html.found("\xd7\x90 x");
    }

    CHECK(out == "<ul class=\"a&quot;b\"><li><bdi>\xd7\x90 x</bdi></li></ul>");
}

TEST_CASE("writer: a name of 10,000 characters is cut between code points") {
    std::string out;
    std::string name;
    for (int i = 0; i < 10'000; ++i) name += "\xe7\x97\x95";
    HtmlWriter(out).found(name);

    CHECK(out.size() < HtmlWriter::max_found_bytes + 20);
    CHECK(out.ends_with("\xe2\x80\xa6</bdi>"));
}

TEST_CASE(
    "report.html: hostile names and sentences stay text, nothing runs and nothing is linked") {
    findings::Examination examination =
        hostile_examination("<script>alert(1)</script>\xe2\x80\xae");
    examination.reading.items[0].path = "\"><img src=http://evil.example/x onerror=y>";
    examination.rules[0].own.reset();
    examination.rules[0].references = {"http://evil.example/", "javascript:alert(1)"};

    const std::string page =
        page_of(examination, {said("</style><script>", "<a href=\"http://evil.example\">")},
                made_options());

    CHECK(count_of(page, "<script") == 1);  // our own
    CHECK(count_of(page, "</script") == 1);
    CHECK(count_of(page, "<img") == 0);
    CHECK(count_of(page, "href=\"http") == 0);
    CHECK(count_of(page, "javascript:alert(1)</bdi>") == 2);
    CHECK(count_of(page, "\xe2\x80\xae") == 0);
    CHECK(count_of(page, "</style>") == 1);
    for (std::size_t at = page.find("href=\""); at != page.npos; at = page.find("href=\"", at + 1))
        CHECK(page[at + 6] == '#');
}

TEST_CASE("report.html: both languages are there, and the first is the chosen one") {
    HtmlOptions options = made_options();
    const findings::Examination examination = hostile_examination("PC-01");
    const std::vector<findings::Finding> found = {said("日本語の文", "an English sentence")};

    const std::string ja = page_of(examination, found, options);
    options.first = Language::en;
    const std::string en = page_of(examination, found, options);

    CHECK(ja.find("<section lang=\"ja\"") < ja.find("<section lang=\"en\""));
    CHECK(en.find("<section lang=\"en\"") < en.find("<section lang=\"ja\""));
    CHECK(ja.starts_with("<!doctype html>\n<html lang=\"ja\">"));
    for (const std::string_view text :
         {"日本語の文", "an English sentence", "侵入の兆候あり", "Signs of intrusion",
          "ログを残してください", "Keep the logs", "理由です", "This is why", "unwritten_advice",
          "行わないでいただきたいこと"})
        CHECK_MESSAGE(ja.contains(text), text);
    CHECK(ja.contains("id=\"choose-ja\" class=\"k-choose-ja\" checked"));
    CHECK(en.contains("id=\"choose-en\" class=\"k-choose-en\" checked"));
}

TEST_CASE("report.html: each verdict has its words, and none of them promises anything") {
    findings::Examination examination = hostile_examination("PC-01");

    const std::string nothing = page_of(examination, {}, made_options());
    examination.rules[0].level = Level::high;
    const std::string look = page_of(examination, {said("a", "b")}, made_options());
    examination.logs.pop_back();
    const std::string unknown = page_of(examination, {}, made_options());

    CHECK(nothing.contains("<strong>確認範囲では兆候なし</strong>"));
    CHECK(nothing.contains("<strong>Nothing within what was visible</strong>"));
    CHECK(look.contains("<strong>要確認</strong>"));
    CHECK(look.contains("<strong>Needs a look</strong>"));
    CHECK(unknown.contains("<strong>判定不能</strong>"));
    CHECK(unknown.contains("<strong>Cannot tell</strong>"));
    for (const std::string& page : {nothing, look, unknown})
        for (const std::string_view word : {"安全です", "異常なし", "クリーン", " safe", " clean"})
            CHECK_MESSAGE(!page.contains(word), word);
}

TEST_CASE("report.html: where no rule could fire the first sheet says so") {
    findings::Examination examination = hostile_examination("PC-01");
    const std::string with_rule = page_of(examination, {}, made_options());
    examination.outcomes[0].state = findings::RuleState::idle;

    const std::string without = page_of(examination, {}, made_options());

    CHECK(!with_rule.contains("No rule had anything to look at"));
    CHECK(without.contains("No rule had anything to look at"));
}

TEST_CASE("report.html: nothing recorded is hatched, and the missing log is named") {
    findings::Examination examination = hostile_examination("PC-01");
    examination.logs.pop_back();

    const std::string page = page_of(examination, {}, made_options());

    CHECK(page.contains("class=\"k-hatched\""));
    CHECK(page.contains("(<bdi>System</bdi>) are missing on <bdi>PC-01</bdi>"));
}

TEST_CASE("report.html: long lists end, and say how much is where") {
    findings::Examination examination = hostile_examination("PC-01");
    for (int i = 1; i < 5; ++i) {
        examination.rules.push_back(examination.rules[0]);
        examination.outcomes.push_back(examination.outcomes[0]);
        examination.reading.items.push_back(examination.reading.items[0]);
        examination.reading.damage.add({0, std::uint64_t(i), 10, "torn"});
    }
    std::vector<findings::Finding> found(5, said("a", "b"));
    for (std::uint32_t i = 0; i < 5; ++i) found[i].rule = i;
    HtmlOptions options = made_options();
    options.limits.lines = 2;
    options.limits.files = 3;
    options.limits.places = 1;

    const std::string page = page_of(examination, found, options);

    CHECK(count_of(page, "class=\"k-find\"") == 4);
    CHECK(page.contains("<bdi>2</bdi> of <bdi>5</bdi> lines are shown here"));
    CHECK(page.contains("<bdi>2</bdi> more are in <bdi>findings.jsonl, summary.json</bdi>"));
    CHECK(page.contains("<bdi>3</bdi> more are in <bdi>summary.json</bdi>"));
}

TEST_CASE("report.html: an examination without any record is a page that says so") {
    const std::string page = page_of(findings::Examination(), {}, made_options());

    CHECK(page.contains("No record of an event log could be read"));
    for (std::size_t at = page.find("href=\"#en-"); at != page.npos;
         at = page.find("href=\"#en-", at + 1)) {
        const std::string name = page.substr(at + 7, page.find('"', at + 6) - at - 7);
        CHECK_MESSAGE(page.contains("id=\"" + name + '"'), name);
    }
    CHECK(page.ends_with("</html>\n"));
}

TEST_CASE(
    "report.html: the policy allows the script and the style sheet of the page, by their hashes "
    "alone") {
    const std::string page =
        page_of(hostile_examination("PC-01"), {said("a", "b")}, made_options());
    const auto inside = [&page](std::string_view tag) {
        const std::string start = '<' + std::string(tag) + '>', end = "</" + start.substr(1);
        const std::size_t from = page.find(start) + start.size();
        return page.substr(from, page.find(end, from) - from);
    };
    const std::size_t from = page.find("content=\"") + 9;
    const std::string policy = page.substr(from, page.find('"', from) - from);

    REQUIRE(inside("script").contains("use strict"));
    CHECK(policy == "default-src 'none'; script-src 'sha256-" +
                        to_base64(sha256(as_bytes(inside("script")))) + "'; style-src 'sha256-" +
                        to_base64(sha256(as_bytes(inside("style")))) +
                        "'; base-uri 'none'; form-action 'none'");
}

TEST_CASE("report.html: a line opens down to its records, and says how many more there are") {
    findings::Finding finding = said("a", "b");
    finding.is_new = true;
    const std::vector<findings::Finding> found(5, finding);

    const std::string page = page_of(hostile_examination("PC-01"), found, made_options());

    CHECK(count_of(page, "<div class=\"k-record k-seek\">") == 2 * ShownRecords::max_per_line);
    CHECK(page.contains("Records of the first <bdi>3</bdi> of <bdi>5</bdi> findings"));
    CHECK(page.contains("<dd><bdi><mark>=cmd</mark></bdi></dd>"));
    CHECK(page.contains("data-level=\"4\""));
    CHECK(page.contains("data-count=\"5\" data-new=\"1\""));
    CHECK(count_of(page, ">New</span>") == 1);
}

TEST_CASE(
    "report.html: records have their limit, the gravest lines come first, the others say what "
    "matched") {
    findings::Examination examination = hostile_examination("PC-01");
    examination.rules.push_back(examination.rules[0]);
    examination.outcomes.push_back(examination.outcomes[0]);
    examination.rules[0].level = Level::low;
    std::vector<findings::Finding> found(2, said("a", "b"));
    found[1].rule = 1;
    HtmlOptions options = made_options();
    options.limits.list_bytes = 2'000;

    const std::string page = page_of(examination, found, options);

    CHECK(count_of(page, "<div class=\"k-record k-seek\">") == 2);
    CHECK(page.find("k-record") < page.find("data-level=\"1\""));
    CHECK(page.contains(
        "What matched (the first one)</dt><dd class=\"k-seek\"><bdi>CommandLine</bdi>: "
        "<bdi><mark>=cmd</mark></bdi>"));
}

TEST_CASE(
    "report.html: the controls of the filter are hidden until the script runs, and offer what is "
    "there") {
    const std::string page =
        page_of(hostile_examination("PC-01"), {said("a", "b")}, made_options());
    const std::string none = page_of(hostile_examination("PC-01"), {}, made_options());

    CHECK(count_of(page, "class=\"k-filter\"") == 2);
    const std::size_t bar = page.find("class=\"k-filter\"");
    CHECK(page.substr(bar, page.find('>', bar) - bar).ends_with("hidden=\"\""));
    CHECK(count_of(page, "name=\"level\"") == 2);
    CHECK(count_of(page, "name=\"label\"") == 0);
    CHECK(count_of(page, "name=\"fresh\"") == 0);
    CHECK(count_of(none, "class=\"k-filter\"") == 0);
}

TEST_CASE(
    "report.html: accounts of findings are added up without regard to case, what is set aside is "
    "left out") {
    std::vector<findings::Finding> found(3, said("a", "b"));
    found[1].record.account = "corp\\ANN";
    found[2].record.account = "CORP\\collector";
    found[2].label = findings::Label::own_collection;

    const std::string page = page_of(hostile_examination("PC-01"), found, made_options());

    const std::size_t table = page.find("Accounts that findings name");
    const std::string_view rows =
        std::string_view(page).substr(table, page.find("</table>", table) - table);
    CHECK(rows.contains("<bdi>CORP\\ann</bdi>"));
    CHECK(rows.contains("data-label=\"Findings\">2</td>"));
    CHECK(count_of(rows, "<tr>") == 2);  // the head and one account
    CHECK(page.contains("<bdi>critical 2</bdi>"));
}

TEST_CASE(
    "report.html: traces of findings are listed, defanged, without those that name the victim") {
    findings::Examination examination = hostile_examination("PC-01");
    Shown shown(examination);
    traces::TraceLine line;
    line.type = traces::TraceType::url;
    line.value = "http://c2.example.test/<x>";
    line.level = 5;
    line.count = 3;
    line.hosts = {"PC-01"};
    shown.traces.add(line);
    line.type = traces::TraceType::account;
    line.value = "corp\\victim";
    line.victim = true;
    shown.traces.add(line);
    line = {};
    line.type = traces::TraceType::file_name;
    line.value = "untouched.exe";
    shown.traces.add(line);
    shown.traces.finish();
    const Tally tally(examination.rules.size());
    const story::Story story = story::StoryBuilder(examination, defaults).finish();
    const story::StepBuilder steps(examination);
    const story::Told told = story::tell_more(examination, story, steps, {});

    const std::string page =
        without_breaks(make_report_html(examination, tally, story, told, shown, made_options()));

    CHECK(page.contains("hxxp://c2.example[.]test/&lt;x&gt;"));
    CHECK(!page.contains("victim"));
    CHECK(!page.contains("untouched.exe"));
    CHECK(shown.traces.count() == 1);
}

TEST_CASE("traces of the page: past the limit the gravest stay, in whatever order they come") {
    ShownTraces traces;
    traces::TraceLine line;
    line.type = traces::TraceType::file_name;
    for (std::size_t i = 0; i < 3 * ShownTraces::max_kept; ++i) {
        line.value = std::to_string(i);
        line.level = static_cast<std::uint8_t>(i % 500 == 7 ? 5 : 1);
        traces.add(line);
    }

    traces.finish();

    CHECK(traces.count() == 3 * ShownTraces::max_kept);
    REQUIRE(traces.kept().size() == ShownTraces::max_kept);
    CHECK(traces.kept()[0].value == "1007");
    CHECK(traces.kept()[1].value == "507");
    CHECK(traces.kept()[2].value == "7");
    CHECK(traces.kept()[3].level == 1);
}
