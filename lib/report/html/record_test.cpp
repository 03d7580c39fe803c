// A finding down to its record, and what is marked in it.
#include "html/record.h"

#include <doctest/doctest.h>

#include "html/matched_text.h"
#include "html/read_back.h"
#include "made_examination.h"

using namespace konseki;
using namespace konseki::report;

namespace {

/// The value with `[` and `]` around what matched.
std::string marked(std::string_view value, std::string_view pattern) {
    std::string out;
    std::size_t at = 0;
    for (const Stretch& one : matched_text(value, pattern)) {
        out += std::string(value.substr(at, one.begin - at)) + '[';
        out += std::string(value.substr(one.begin, one.end - one.begin)) + ']';
        at = one.end;
    }
    return out + std::string(value.substr(at));
}

/// What the page shows of a finding of made_examination().
std::string record_html(const findings::Finding& finding, render::Language language) {
    const findings::Examination examination = made_examination();
    const Tally tally(1);
    const story::Story story;
    const story::StepBuilder steps(examination);
    const story::Told told = story::tell_more(examination, story, steps, {});
    Shown shown(examination);
    shown.add(finding);
    HtmlOptions options;
    options.zone = parse_zone("+09:00").value();
    const PageData data{examination, tally, story, told, shown, options};
    std::string out;
    HtmlWriter html(out);
    Page page(html, data, language);
    for (const ShownRecord& record : shown.records.of(0, 0, findings::Label::none))
        write_record(page, record);
    return without_breaks(out);
}

findings::Finding finding_of(const char* fields, const char* matched) {
    findings::Finding finding = made_finding();
    finding.record.fields = fields;
    finding.match.matched = matched;
    return finding;
}

}  // namespace

TEST_CASE("matched text: a literal is marked where it stands, whatever its case") {
    CHECK(marked("C:\\Windows\\CMD.exe", "\\cmd.exe") == "C:\\Windows[\\CMD.exe]");
    CHECK(marked("powershell -enc AAAA", "-ENC ") == "powershell [-enc ]AAAA");
    CHECK(marked("lsass", "lsass") == "[lsass]");
    CHECK(marked("\xc3\x84pfel \xc3\xa4pfel", "\xc3\xa4PFEL") == "\xc3\x84pfel [\xc3\xa4pfel]");
}

TEST_CASE("matched text: of several places the one at the end, then the first") {
    CHECK(marked("C:\\a.exe\\b\\a.exe", "\\a.exe") == "C:\\a.exe\\b[\\a.exe]");
    CHECK(marked("-x -x y", "-x") == "[-x] -x y");
}

TEST_CASE("matched text: wildcards part a pattern into literals, and escapes are resolved") {
    CHECK(marked("svchost.exe -k netsvcs", "svc*netsvcs") == "[svc]host.exe -k [netsvcs]");
    CHECK(marked("a*b", "a\\*b") == "[a*b]");
    CHECK(marked("\\\\host\\IPC$", "*\\\\IPC$") == "\\\\host[\\IPC$]");
    CHECK(marked("abc", "a?c") == "[a]b[c]");
}

TEST_CASE("matched text: a dash may stand as a slash or another dash") {
    CHECK(marked("plink.exe /pw x", " -pw ") == "plink.exe[ /pw ]x");
    CHECK(marked("plink.exe \xe2\x80\x93pw x", " -pw ") == "plink.exe[ \xe2\x80\x93pw ]x");
}

TEST_CASE("matched text: where the pattern is no text of the value, the whole value matched") {
    CHECK(marked("http://192.0.2.1/x", "^https?://[0-9.]+/") == "[http://192.0.2.1/x]");
    CHECK(marked("192.0.2.77", "192.0.2.0/24") == "[192.0.2.77]");
    CHECK(marked("4623", "3") == "[4623]");
    CHECK(marked("anything", "") == "[anything]");
    CHECK(marked("", "x").empty());
}

TEST_CASE("matched text: stretches that touch or overlap are one") {
    const std::vector<Stretch> all = joined({{5, 8}, {0, 3}, {3, 4}, {6, 7}});

    CHECK(all == std::vector<Stretch>{{0, 4}, {5, 8}});
}

TEST_CASE("fields are read back as they were: escapes, lists, numbers and what is empty") {
    std::size_t all = 0;

    const std::vector<ShownField> fields = read_fields(
        R"({"A":"x\"\\\n\u0001\u001b","Data":["1",2,null],"Id":4624,"No":null,"B":true})", 10, all);

    REQUIRE(fields.size() == 7);
    CHECK(all == 7);
    CHECK(fields[0].name == "A");
    CHECK(fields[0].value == "x\"\\\n\x01\x1b");
    CHECK(fields[1].name == "Data[0]");
    CHECK(fields[2].value == "2");
    CHECK(fields[3].value.empty());
    CHECK(fields[4].value == "4624");
    CHECK(fields[5].value.empty());
    CHECK(fields[6].value == "true");
}

TEST_CASE(
    "fields: what is cut off or of another form ends the list, and past the limit they are "
    "counted") {
    std::size_t all = 0;

    CHECK(read_fields(R"({"A":"x","B":"y)", 10, all).size() == 1);
    CHECK(read_fields(R"({"A":{"B":1}})", 10, all).empty());
    CHECK(read_fields("", 10, all).empty());
    CHECK(read_fields(R"({"A":1,"B":2,"C":3})", 2, all).size() == 2);
    CHECK(all == 3);
    CHECK(read_matches(R"([{"field":"A","value":"x"},{"fie)").size() == 1);
    CHECK(read_matches("[]").empty());
}

TEST_CASE("record: it says where it stands, and marks what matched in its field") {
    const std::string html = record_html(
        finding_of(
            R"({"EventID":4688,"CommandLine":"C:\\cmd.exe /c whoami","Empty":""})",
            R"([{"field":"CommandLine","value":"C:\\cmd.exe /c whoami","pattern":"whoami"}])"),
        render::Language::en);

    CHECK(html.contains(
        "<bdi>logs/Security.evtx</bdi>, record <bdi>7</bdi>, offset <bdi>5120</bdi>"));
    CHECK(html.contains("<bdi>2019-04-17 10:02:03 +09:00</bdi>"));
    CHECK(html.contains("2019-04-17T01:02:03.0000000Z"));
    CHECK(html.contains("<dt><bdi>EventID</bdi></dt><dd><bdi>4688</bdi></dd>"));
    CHECK(html.contains("<dd><bdi>C:\\cmd.exe /c <mark>whoami</mark></bdi></dd>"));
    CHECK(html.contains("(empty)"));
}

TEST_CASE("record: hostile names and values stay text inside and outside of marks") {
    const std::string html = record_html(
        finding_of(
            R"({"<b>":"</mark><script>x</script> <img src=x>"})",
            R"([{"field":"<b>","value":"</mark><script>x</script> <img src=x>","pattern":"<script>"}])"),
        render::Language::ja);

    CHECK(html.contains("<dt><bdi>&lt;b&gt;</bdi></dt>"));
    CHECK(html.contains("&lt;/mark&gt;<mark>&lt;script&gt;</mark>x&lt;/script&gt; &lt;img"));
    CHECK(!html.contains("<script"));
    CHECK(!html.contains("<img"));
}

TEST_CASE(
    "record: what a rule calls otherwise is marked by its value, and what is made of fields is "
    "shown") {
    const std::string html = record_html(
        finding_of(R"({"Data":["lsass","C:\\x\\ntds.dit"]})",
                   R"([{"field":"DatabasePath","value":"C:\\x\\ntds.dit","pattern":"\\ntds.dit"},)"
                   R"({"field":"TargetObject","value":"HKLM\\Run\\x","pattern":"\\Run\\"}])"),
        render::Language::en);

    CHECK(html.contains(
        "<dt><bdi>Data[1]</bdi></dt><dd><bdi>C:\\x<mark>\\ntds.dit</mark></bdi></dd>"));
    CHECK(html.contains(
        "<dt><bdi>TargetObject</bdi></dt><dd><bdi>HKLM<mark>\\Run\\</mark>x</bdi></dd>"));
}

TEST_CASE("record: of a long value its beginning is shown, and what matched far behind") {
    const std::string long_value = std::string(1'500, 'a') + "NEEDLE" + std::string(400, 'b');
    const std::string fields = R"({"Script":")" + long_value + R"("})";
    const std::string matched = R"([{"field":"Script","value":")" + long_value.substr(0, 150) +
                                "\xe2\x80\xa6" + R"(","pattern":"needle"}])";

    const std::string html =
        record_html(finding_of(fields.c_str(), matched.c_str()), render::Language::en);

    CHECK(html.contains("<mark>NEEDLE</mark>bbb"));
    CHECK(html.contains("<dd><bdi>aaaa"));
    CHECK(html.size() < 1'500);
}

TEST_CASE(
    "records are kept for the first findings of a line, and grave ones have room of their own") {
    const findings::Examination examination = made_examination();
    ShownRecords records(examination);
    findings::Finding finding = made_finding();

    for (int i = 0; i < 10; ++i) {
        finding.id = std::to_string(i);
        records.add(finding);
    }

    REQUIRE(records.of(0, 0, findings::Label::none).size() == ShownRecords::max_per_line);
    CHECK(records.of(0, 0, findings::Label::none)[0].id == "0");
    CHECK(records.of(0, 0, findings::Label::sanctioned).empty());
    CHECK(records.of(1, 0, findings::Label::none).empty());
}

TEST_CASE("records: a flood of one level ends, and takes nothing from the others") {
    findings::Examination examination = made_examination();
    examination.rules.push_back(examination.rules[0]);
    examination.rules[0].level = findings::Level::low;
    examination.rules[1].level = findings::Level::critical;
    ShownRecords records(examination);
    const std::string fields = R"({"A":")" + std::string(60'000, 'x') + R"("})";
    findings::Finding finding = made_finding();
    finding.record.fields = fields;

    std::size_t kept = 0;
    for (std::uint32_t host = 0; host < 1'000; ++host) {
        finding.host = host;
        records.add(finding);
        kept += records.of(host, 0, findings::Label::none).size();
    }
    finding.rule = 1;
    records.add(finding);

    CHECK(kept * fields.size() < ShownRecords::max_level_bytes + 2 * fields.size());
    CHECK(records.of(999, 1, findings::Label::none).size() == 1);
}
