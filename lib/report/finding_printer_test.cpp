#include "konseki/report/finding_printer.h"

#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <string>
#include <utility>

namespace konseki::report {
namespace {

using namespace std::string_view_literals;
using records::Section;
using records::Value;

/// A record whose fields are given one by one; every value is its own slot.
class MadeRecord {
  public:
    MadeRecord() {
        batch.records.emplace_back();
        batch.records[0].shape = &shape;
    }
    MadeRecord& add(std::string_view name, Section section, Value value) {
        records::Field field;
        field.name = name;
        field.section = section;
        field.slot = static_cast<std::uint16_t>(shape.fields.size());
        shape.fields.push_back(field);
        shape.value_count = static_cast<std::uint16_t>(shape.fields.size());
        batch.values.push_back(value);
        return *this;
    }
    MadeRecord& text(std::string_view name, std::string_view value) {
        return add(name, Section::event_data, Value::utf8(texts_.emplace_back(value)));
    }
    /// Little-endian bytes of an integer type.
    MadeRecord& integer(std::string_view name, std::uint8_t type, std::string_view bytes) {
        const std::string& kept = texts_.emplace_back(bytes);
        return add(name, Section::event_data,
                   {as_bytes(kept).data(), static_cast<std::uint32_t>(kept.size()), type});
    }

    records::Shape shape;
    records::Batch batch;

  private:
    std::deque<std::string> texts_;
};

struct Printed {
    std::string account, log, fields, traces;
};

Printed print(const MadeRecord& made, std::span<const traces::RecordTrace> traces = {}) {
    const auto printer = make_finding_printer();
    const findings::RecordText text = printer->record(made.batch, made.batch.records[0], traces);
    return {std::string(text.account), std::string(text.log), std::string(text.fields),
            std::string(text.traces)};
}

std::string kana(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "\xe3\x81\x82";
    return text;
}

TEST_CASE("finding: a field that stands twice is a list, integers past 2^53 are text, null stays") {
    MadeRecord made;
    made.text("CommandLine", "=cmd \x1b[31m\"x\"")
        .text("Data", "a")
        .integer("Small", 0x07, std::string_view("\xff\xff\xff\xff", 4))
        .integer("Keywords", 0x0a, std::string_view("\0\0\0\0\0\0\x20\x80", 8))
        .add("Data", Section::event_data, Value::utf8(""))
        .add("Gone", Section::event_data, {nullptr, 0, 0x08});

    CHECK(print(made).fields ==
          R"({"CommandLine":"=cmd \u001b[31m\"x\"","Data":["a",""],"Small":-1,)"
          R"("Keywords":"9232379236109516800","Gone":null})");
}

TEST_CASE("finding: of the System section it shows the log, the provider and the event id alone") {
    MadeRecord made;
    made.add("Channel", Section::system, Value::utf8("Security"))
        .add("Task", Section::system, Value::utf8("12544"))
        .text("LogonType", "3");
    made.shape.system.channel = 0;

    const Printed printed = print(made);

    CHECK(printed.fields == R"({"Channel":"Security","LogonType":"3"})");
    CHECK(printed.log == R"("channel":"Security")");
}

TEST_CASE("finding: the EventRecordID goes along, 0 where the log writes none") {
    MadeRecord with, without;
    with.add("EventRecordID", Section::system,
             {as_bytes("\x39\x30\0\0\0\0\0\0"sv).data(), 8, 0x0a});
    with.shape.system.record_id = 0;
    without.text("A", "1");
    const auto printer = make_finding_printer();

    CHECK(printer->record(with.batch, with.batch.records[0], {}).event_record_id == 12'345);
    CHECK(printer->record(without.batch, without.batch.records[0], {}).event_record_id == 0);
}

TEST_CASE("finding: the account is the target, else the subject, and `-` is nobody") {
    MadeRecord both, subject;
    both.text("SubjectUserName", "SYSTEM")
        .text("TargetUserName", "ann")
        .text("TargetDomainName", "CORP");
    subject.text("TargetUserName", "-")
        .text("SubjectUserName", "bob")
        .text("SubjectDomainName", "-");

    CHECK(print(both).account == "CORP\\ann");
    CHECK(print(subject).account == "bob");
    CHECK(print(MadeRecord().text("Image", "a.exe")).account.empty());
}

TEST_CASE("finding: a long value is cut between code points and says so") {
    const std::string printed = print(MadeRecord().text("ScriptBlockText", kana(1'000))).fields;

    // {"ScriptBlockText":"…"}: 682 kana are 2,046 bytes; with the mark of 3 bytes 681 fit into 2,048.
    CHECK(printed == R"({"ScriptBlockText":")" + kana(681) + "\xe2\x80\xa6\"}");
    CHECK(print(MadeRecord().text("A", kana(682))).fields == R"({"A":")" + kana(682) + "\"}");
}

TEST_CASE("finding: an event with a thousand fields shows its first ones") {
    MadeRecord made;
    std::deque<std::string> names;
    for (int i = 0; i < 1'000; ++i) made.text(names.emplace_back("F" + std::to_string(i)), "x");

    const std::string printed = print(made).fields;

    CHECK(printed.find("\"F255\":") != std::string::npos);
    CHECK(printed.find("\"F256\":") == std::string::npos);
}

TEST_CASE("finding: what matched is printed for the list and for the message") {
    const auto printer = make_finding_printer();
    const std::array<std::string_view, 2> fields{"ParentImage", "User"};
    const std::array<findings::MatchedValue, 2> matched{
        {{"Image", "C:\\a.exe", "*\\a.exe"}, {"User", "a\"b", "a"}}};
    const std::array<findings::UncheckedFilter, 1> unchecked{{{"filter_main", fields}}};

    const findings::MatchText text = printer->match(matched, unchecked);

    CHECK(text.matched == R"([{"field":"Image","value":"C:\\a.exe","pattern":"*\\a.exe"},)"
                          R"({"field":"User","value":"a\"b","pattern":"a"}])");
    CHECK(text.unchecked == R"([{"selection":"filter_main","fields":["ParentImage","User"]}])");
    CHECK(text.message == R"(Image=C:\\a.exe, User=a\"b)");
}

TEST_CASE("finding: a rule's own sentence is filled from what matched, else from the record") {
    findings::OwnTexts own;
    own.says = {"「{Image}」{User}、{Absent}", "{Image} by {User}, {Absent}"};
    MadeRecord made;
    made.text("Image", "C:\\from-record.exe").text("User", "ann");
    const std::array<findings::MatchedValue, 1> matched{{{"Image", "C:\\matched.exe", "*.exe"}}};
    const auto printer = make_finding_printer();
    findings::MatchText text;

    printer->say(own, matched, made.batch, made.batch.records[0], text);

    CHECK(text.says_en == "C:\\matched.exe by ann, (not recorded)");
    CHECK(text.says_ja == "「C:\\matched.exe」ann、（記録なし）");
}

/// What a rule that says `{A}` says of a record of this provider.
std::pair<std::string, std::string> said_of(std::string_view provider, std::string_view value) {
    MadeRecord made;
    made.add("Provider_Name", Section::system, Value::utf8(provider)).text("A", value);
    made.shape.system.provider = 0;
    findings::OwnTexts own;
    own.says = {"{A}", "{A}"};
    findings::MatchText text;
    const auto printer = make_finding_printer();

    printer->say(own, {}, made.batch, made.batch.records[0], text);

    return {std::string(text.says_ja), std::string(text.says_en)};
}

TEST_CASE("finding: in a sentence a number of the Security log has its word, in that language") {
    constexpr std::string_view auditing = "Microsoft-Windows-Security-Auditing";
    std::string numbers;
    while (numbers.size() < 1'000'000) numbers += "%%1833";

    const auto [ja, en] = said_of(auditing, "%%12544: %%8448");
    const std::string long_one = said_of(auditing, numbers).second;

    CHECK(ja == "ログオン (%%12544): Success removed (%%8448)");
    CHECK(en == "Logon (%%12544): Success removed (%%8448)");
    CHECK(said_of(auditing, "%%1").second == "%%1");
    CHECK(said_of("Service Control Manager", "%%1842").second == "%%1842");
    CHECK(long_one.starts_with("Impersonation (%%1833)Impersonation (%%1833)"));
    CHECK(long_one.size() <= 300);
    CHECK(long_one.ends_with("…"));
}

TEST_CASE("finding: a long value in a sentence is cut") {
    findings::OwnTexts own;
    own.says = {"{A}", "{A}"};
    const std::vector<std::pair<std::string, std::string>> fields{{"A", std::string(5'000, 'x')}};
    const auto printer = make_finding_printer();
    findings::MatchText text;

    printer->say(own, fields, text);

    CHECK(text.says_en.size() <= 300);
    CHECK(text.says_en.ends_with("\xe2\x80\xa6"));
}

TEST_CASE("finding: a sentence that names a field again and again has an end") {
    findings::OwnTexts own;
    for (int i = 0; i < 600; ++i) own.says.en += "{A}";
    own.says.ja = own.says.en;
    const std::vector<std::pair<std::string, std::string>> fields{{"A", std::string(500, 'x')}};
    const auto printer = make_finding_printer();
    findings::MatchText text;

    printer->say(own, fields, text);

    CHECK(text.says_en.size() <= 2'000);
    CHECK(text.says_ja.size() <= 2'000);
}

TEST_CASE("finding: a correlation shows the names and values of its group") {
    const auto printer = make_finding_printer();
    const std::vector<std::pair<std::string, std::string>> fields{
        {"Computer", "PC-\"01"}, {"EventID", "4625"}, {"Channel", kana(1'000)}};

    const findings::RecordText text = printer->group(fields);

    const std::string cut = kana(681) + "\xe2\x80\xa6";
    CHECK(text.fields == R"({"Computer":"PC-\"01","EventID":"4625","Channel":")" + cut + "\"}");
    CHECK(text.log == R"("channel":")" + cut + R"(","event_identifier":"4625")");
    CHECK(text.traces == "[]");
    CHECK(printer->group({}).fields == "{}");
}

TEST_CASE(
    "finding: a value that is longer as text than as bytes is cut where its text is too long") {
    const std::string bytes(1'100, '\x5a');
    const std::string printed = print(MadeRecord().integer("Binary", 0x0e, bytes)).fields;

    std::string hex;
    while (hex.size() < max_value_bytes - 3) hex += "5A";
    hex.resize(max_value_bytes - 3);
    CHECK(printed == R"({"Binary":")" + hex + "\xe2\x80\xa6\"}");
}

TEST_CASE("finding: traces stand with type and value, no more than the cap") {
    const std::vector<traces::RecordTrace> traces(max_shown_traces + 1,
                                                  {0, traces::TraceType::ipv4, "192.0.2.1"});

    const std::string printed = print(MadeRecord(), traces).traces;

    CHECK(printed.starts_with(R"([{"type":"ipv4","value":"192.0.2.1"},{"type")"));
    std::size_t count = 0;
    for (std::size_t at = 0; (at = printed.find("ipv4", at)) != std::string::npos; ++at) ++count;
    CHECK(count == max_shown_traces);
}

}  // namespace
}  // namespace konseki::report
