#include <doctest/doctest.h>

#include <algorithm>

#include "konseki/report/logons.h"
#include "konseki/report/terminal.h"
#include "made_scene.h"

using namespace konseki;
using namespace konseki::report;

namespace {

/// A web shell on WEB01, and svc_backup from there to DC01, which was not collected.
Scene one_step() {
    Scene scene({"WEB01"});
    scene.find(0, scene.add_rule("E128a", Level::critical), at(10), "CORP\\svc_backup");
    scene.move(0, MovementKind::other_account, "CORP\\svc_backup", at(10, 2)).to = "DC01";
    return scene;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t found = text.find(part); found != text.npos;
         found = text.find(part, found + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("report.html: the host to collect next is named with its reason, in both languages") {
    const std::string page = one_step().page();

    CHECK(page.contains("<section class=\"k-part k-part-flow\" id=\"en-next\">"));
    CHECK(page.contains(
        "From <bdi>WEB01</bdi>, <bdi>CORP\\svc_backup</bdi> of a finding went there"));
    CHECK(page.contains("次に調べる端末の記録を保全し、集めてください。"));
    CHECK(page.contains("Hosts: <bdi>DC01</bdi>"));
}

TEST_CASE("report.html: since when tells the first trace, its host, and how far back one can see") {
    Scene scene = one_step();
    const std::string whole = scene.page();
    for (findings::LogReach& reach : scene.examination.reaches) reach.span.first = at(8);
    const std::string cut = scene.page();
    for (findings::LogReach& reach : scene.examination.reaches) reach.span.first = at(10);
    const std::string same_day = scene.page();
    for (findings::LogReach& reach : scene.examination.reaches) reach.span.first = at(12);
    const std::string after = scene.page();

    CHECK(same_day.contains("less than a day before the first trace"));
    CHECK(after.contains("after the first trace (cleared or overwritten)"));
    CHECK(
        whole.contains("First sure trace <bdi>2026-09-11 09:00 +09:00</bdi> on <bdi>WEB01</bdi>"));
    CHECK(whole.contains("nothing sure was found. Before"));
    CHECK(
        cut.contains("only <bdi>2</bdi> days before the first trace. It may have begun earlier."));
}

TEST_CASE("report.html: impact and confidence stand on the first sheet where there are signs") {
    Scene scene = one_step();
    CHECK(scene.page().contains("Impact <bdi>1</bdi> of 5 (<bdi>one host reached</bdi>)"));
    CHECK(scene.page().contains("not determinable from event logs alone"));

    scene.examination.rules[0].level = Level::high;
    CHECK(!scene.page().contains("of 5 ("));
}

TEST_CASE("report.html: a log that loses the trace within two weeks is the first decision") {
    Scene scene = one_step();
    for (findings::LogReach& reach : scene.examination.reaches) {
        reach.lowest = 90'000;
        reach.span.first = at(8);
    }

    const std::string page = scene.page();

    // 22 days of reach: the record of 11 September is gone about 3 October.
    const std::size_t decision = page.find("Save the log &quot;Security&quot; of WEB01");
    REQUIRE(decision != page.npos);
    CHECK(page.contains("before 2026-10-03: about then"));
    CHECK(page.find("<tr><td>", page.find(">Decide today<")) + 8 == decision);
}

TEST_CASE("report.html: the picture has a row for each host, marks, and an arrow to the next one") {
    const std::string page = one_step().page();

    CHECK(count_of(page, "class=\"k-time k-wide\"") == 2);
    CHECK(count_of(page, "class=\"k-time k-narrow\"") == 2);
    CHECK(count_of(page, "text-anchor=\"start\">DC01</text>") >= 4);
    CHECK(count_of(page, "<use href=\"#critical\" x=") == 4);
    CHECK(count_of(page, "class=\"k-way k-one-side\" x1=") >= 4);
}

TEST_CASE("report.html: an entry hypothesis says for, against and not checked, and no percentage") {
    Scene scene = one_step();
    scene.add_rule("E051", Level::high);

    const std::string page = scene.page();

    CHECK(page.contains(
        "<th scope=\"row\">Web or other public server</th><td data-label=\"State\">supported"));
    CHECK(page.contains("Rules for it that could fire and did not: <bdi>1</bdi>."));
    CHECK(page.contains("Title of E128a</bdi>"));
    CHECK(!page.contains(" %"));
    CHECK(!page.contains("probability of"));
}

TEST_CASE("report.html: gaps of records are listed, silences only of logs that are never silent") {
    Scene scene({"PC01"});
    findings::LogReach& reach = scene.examination.reaches[0];
    reach.gaps.push_back({311, {at(3), at(4)}});
    reach.silences.push_back({0, {at(5), at(5, 2)}});
    reach.silences.push_back({0, {at(6), at(6, 4)}});
    const std::string quiet = scene.page();
    reach.hours = 720;
    reach.active_hours = 700;
    const std::string busy = scene.page();

    CHECK(quiet.contains("<bdi>311</bdi> records are missing"));
    CHECK(!quiet.contains("nothing was written to a log"));
    // Two hours may be chance, four are not.
    CHECK(count_of(busy, "nothing was written to a log") == 1);
}

TEST_CASE("report.html: days from the first to the last trace are not called continuous") {
    const std::string page = one_step().page();

    CHECK(page.contains("最初から最後までの期間は、足かけ<bdi>"));
    CHECK(!page.contains("日間続いています"));
}

TEST_CASE("report.html: of many gaps the largest are shown, whichever host has them") {
    Scene scene({"PC01", "DC01"});
    std::vector<findings::LogReach>& reaches = scene.examination.reaches;
    for (int i = 0; i < 5; ++i) reaches.front().gaps.push_back({2, {at(3, i), at(3, i + 1)}});
    reaches.back().gaps.push_back({90'311, {at(4), at(5)}});
    reaches.front().hours = 720;
    reaches.front().active_hours = 700;
    reaches.front().silences = {{0, {at(6), at(6, 4)}}, {0, {at(7), at(8, 4)}}};
    scene.options.limits.gaps = 2;

    const std::string page = scene.page();

    CHECK(page.contains("<bdi>90,311</bdi> records are missing"));
    CHECK(page.contains("<bdi>6</bdi> more are in"));
}

TEST_CASE("report.html: four request sheets in each language, each with period and hosts") {
    const std::string page = one_step().page();

    CHECK(count_of(page, "class=\"k-request\"") == 8);
    // 90 days before the first trace.
    CHECK(page.contains("from 2026-06-13 to now"));
    CHECK(page.contains("保守業者への依頼書"));
    CHECK(page.contains("Request to the overseas office"));
}

TEST_CASE("report.html: names and accounts that attack the page stay text, and are cut") {
    std::string name = "</text></svg><script>alert(1)</script>\xe2\x80\xae";
    for (int i = 0; i < 10'000; ++i) name += "\xe7\x97\x95";
    Scene scene({name, "B"});
    scene.find(0, scene.add_rule("E128a", Level::critical), at(10), name);
    scene.move(0, MovementKind::other_account, name, at(10, 1)).to = "</style><img src=x>" + name;
    scene.move(1, MovementKind::remote_desktop, name, at(10, 2)).address = "203.0.113.9";

    const std::string page = scene.page();

    CHECK(count_of(page, "<script") == 1);  // our own
    CHECK(count_of(page, "<img") == 0);
    CHECK(count_of(page, "</style>") == 1);
    CHECK(count_of(page, "\xe2\x80\xae") == 0);
    CHECK(count_of(page, "<svg") == count_of(page, "</svg>"));
    CHECK(page.size() < 400'000);
}

TEST_CASE(
    "report.html: 10,000 findings on 120 hosts stay a page of a few megabytes, with what is left "
    "out") {
    Scene scene({});
    for (int i = 0; i < 120; ++i) scene.add_host("PC" + std::to_string(i));
    const std::uint32_t rule = scene.add_rule("E001", Level::high);
    for (int i = 0; i < 10'000; ++i)
        scene.find(static_cast<std::uint32_t>(i % 120), rule, at(i / 500, i % 500 / 21),
                   "CORP\\ann");
    for (std::uint32_t i = 0; i < 119; ++i)
        scene.move(i, MovementKind::network, "CORP\\ann", at(5)).from =
            "PC" + std::to_string(i + 1);

    const std::string page = scene.page();

    CHECK(page.size() < 5'000'000);
    CHECK(page.contains("<bdi>60</bdi> more are in <bdi>summary.json</bdi>"));
}

TEST_CASE("report.html: a picture of movements has 60 hosts at most") {
    Scene scene({"FILE01"});
    for (int i = 0; i < 200; ++i)
        scene.move(0, MovementKind::network, "ann", at(2, 3)).address =
            "203.0.113." + std::to_string(i);

    const std::string page = scene.page();

    const std::size_t begin = page.find("class=\"k-ways k-wide\"");
    const std::string picture = page.substr(begin, page.find("</svg>", begin) - begin);
    CHECK(count_of(picture, "class=\"k-name\"") == 60);
    CHECK(page.contains("are in <bdi>logons.csv</bdi>") == false);
}

TEST_CASE("report.html: longer tables of movements end, and name the file that has the rest") {
    Scene scene({"FILE01"});
    for (int i = 0; i < 5; ++i)
        scene.move(0, MovementKind::network, "ann", at(2, 3)).address =
            "10.0.0." + std::to_string(i);
    scene.options.limits.moves = 2;

    CHECK(scene.page().contains("<bdi>3</bdi> more are in <bdi>logons.csv</bdi>"));
}

TEST_CASE("logons.csv: a row tells the movement, and no cell is run as a formula") {
    Scene scene({"FILE01"});
    scene.move(0, MovementKind::network, "=cmd|calc", at(2, 3)).address = "203.0.113.9";

    const std::string csv = make_logons_csv(scene.examination, scene.tell().told);

    CHECK(csv ==
          "\xef\xbb\xbf"
          "from,from_address,to,account,how,first,last,count,elevated,longest_session_seconds,"
          "recorded_by,unusual\r\n"
          "203.0.113.9,203.0.113.9,FILE01,'=cmd|calc,network,2026-09-03T03:00:00.0000000Z,"
          "2026-09-03T03:00:00.0000000Z,1,0,,FILE01,outside_address\r\n");
}

TEST_CASE("movements: what the caller calls itself is a note beside its address") {
    Scene scene({"WEB01", "FILE01"});
    scene.move(0, MovementKind::network, "ann", at(2, 3)).address = "10.9.0.23";
    scene.examination.movements.back().from = "FILE<01>";

    CHECK(scene.page().contains("10.9.0.23 (calls itself FILE&lt;01&gt;)"));
    CHECK(scene.summary().contains(
        R"("from":"10.9.0.23","from_address":"10.9.0.23","from_calls_itself":"FILE<01>")"));
}

TEST_CASE("logons: the picture as a file is closed, styled by itself and escapes names") {
    Scene scene({"FILE<01>"});
    scene.move(0, MovementKind::network, "ann", at(2, 3)).address = "203.0.113.9";

    const std::string svg = make_logons_svg(scene.tell().told, render::Language::ja);

    CHECK(svg.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
    CHECK(svg.contains("FILE&lt;01&gt;"));
    CHECK(svg.contains("<style>"));
    CHECK(count_of(svg, "<svg") == 2);
    CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("summary.json: what is told over hosts stands there") {
    Scene scene = one_step();
    scene.examination.reaches[0].gaps.push_back({7, {at(3), at(4)}});

    const std::string json = scene.summary();

    CHECK(json.contains(
        R"("first_sure":{"time":"2026-09-11T00:00:00.0000000Z","host":"WEB01","visible_since":"2026-09-01T00:00:00.0000000Z"})"));
    CHECK(json.contains(R"("next_hosts":[{"name":"DC01",)"));
    CHECK(json.contains(
        R"("why":"went_there","tie":"account","other":"WEB01","how":"other_account","account":"CORP\\svc_backup")"));
    CHECK(json.contains(
        R"("gaps":[{"from":"2026-09-04T00:00:00.0000000Z","to":"2026-09-05T00:00:00.0000000Z","missing":7}])"));
    CHECK(json.contains(R"({"entry":"web_server","state":"supported")"));
    CHECK(json.contains(R"("dwell":{)"));
    CHECK(json.contains(R"("story":[{)"));
    CHECK(json.contains(R"("movements_left_out":0)"));
}

TEST_CASE("summary.json and report.html: a correlation that was cut is named, with its groups") {
    Scene scene = one_step();
    const std::string quiet = scene.summary();
    scene.add_rule("E100x", Level::high);
    scene.examination.outcomes.back().groups_closed = 1'234;
    scene.add_rule("E101x", Level::low);
    scene.examination.outcomes.back().is_forgetful = true;

    CHECK_FALSE(quiet.contains(R"("cut")"));
    CHECK(scene.summary().contains(
        R"("cut":[{"rule":"E100x","title":"Title of E100x","groups":1234},)"
        R"({"rule":"E101x","title":"Title of E101x","forgetful":true}])"));
    const std::string page = scene.page();
    CHECK(page.contains("Memory ran short for <bdi>2</bdi> correlations"));
    CHECK(page.contains("<bdi>1,234</bdi> groups were closed before their time"));
    CHECK(page.contains("<bdi>1,234</bdi>グループを途中で打ち切りました"));
    CHECK(page.contains("not all that was before could be kept"));
}

TEST_CASE("summary.json and report.html: what is past a cap is counted") {
    Scene scene = one_step();
    const std::string quiet = scene.summary();
    scene.examination.other_hosts_records = 5'001;
    scene.examination.reaches_left_out = 5'002;

    CHECK_FALSE(quiet.contains("past_caps"));
    CHECK(scene.summary().contains(R"("past_caps":{"hosts":5001,"reaches":5002})"));
    const std::string page = scene.page();
    CHECK(page.contains("5,001"));
    CHECK(page.contains("5,002"));
}

TEST_CASE(
    "terminal: since when and which hosts to collect next, and nothing where nothing was found") {
    const Scene scene = one_step();
    const Scene quiet({"PC01"});
    SummaryStyle style;
    style.zone = parse_zone("UTC").value();

    CHECK(told_lines(scene.examination, scene.tell().told, style) ==
          std::vector<std::string>{"First sure trace: 2026-09-11 00:00:00 +00:00 on WEB01; last: "
                                   "2026-09-11 00:00:00 +00:00",
                                   "Collect next: DC01"});
    CHECK(told_lines(quiet.examination, quiet.tell().told, style).empty());
}
