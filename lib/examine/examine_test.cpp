#include "konseki/examine/examine.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include <stdlib.h>

#include "konseki/base/bytes.h"
#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::examine {
namespace {

namespace fs = std::filesystem;
namespace made = scenario::evtx;

class Evidence {
  public:
    Evidence() {
        std::string name = (fs::temp_directory_path() / "konseki-examine-XXXXXX").string();
        require(::mkdtemp(name.data()) != nullptr, "the temporary folder cannot be written");
        folder_ = name;
        fs::create_directories(folder_ / "in");
    }
    ~Evidence() {
        std::error_code error;
        fs::remove_all(folder_, error);
    }
    /// A log in which every record fires, on a host written now one way, now another.
    void add_log(const std::string& name, const std::string& host, std::uint64_t records) {
        made::WindowsHost computer(host);
        std::vector<made::Record> all;
        for (std::uint64_t i = 0; i < records; ++i) all.push_back(made::firing_record(computer, i));
        const made::Image image = made::make_log(all);
        std::ofstream(folder_ / "in" / name, std::ios::binary) << as_text(image.bytes);
    }
    /// A log whose first chunk stands once more at its end, emptied and its first record overwritten: nothing
    /// but carving sees the copy. One record of it has another time in its header. With `ruin` the template
    /// of the live records is overwritten. Gives the number of whole records in the copy.
    std::size_t add_log_with_stale_copy(const std::string& name, std::uint64_t records, bool ruin) {
        made::Image image = made::process_log(records);
        const auto begin = image.bytes.begin() + file_header;
        std::vector<std::byte> copy(begin, begin + chunk);
        std::fill_n(copy.begin() + 512, 4, std::byte{0});
        copy.at(image.records.at(1).offset - file_header + 16) ^= std::byte{1};
        const std::size_t chunks = (image.bytes.size() - file_header) / chunk;
        image.bytes.insert(image.bytes.end(), copy.begin(), copy.end());
        const std::uint64_t first = image.records.at(0).offset;
        if (ruin)
            std::fill_n(image.bytes.begin() + static_cast<std::ptrdiff_t>(first + 100), 200,
                        std::byte{0xff});
        made::set_free_space(image, chunks, 512);
        made::reseal(image);
        std::ofstream(folder_ / "in" / name, std::ios::binary) << as_text(image.bytes);
        return static_cast<std::size_t>(std::ranges::count_if(image.records,
                                                              [](const made::RecordPlace& place) {
                                                                  return place.offset <
                                                                         file_header + chunk;
                                                              })) -
               1;
    }
    std::vector<evidence::Item> items() const {
        const std::vector<fs::path> paths{folder_ / "in"};
        Result<std::vector<evidence::Item>> items = evidence::walk(paths);
        REQUIRE(items.has_value());
        return std::move(*items);
    }
    Options options(unsigned threads) const {
        Options options;
        options.threads = threads;
        options.hash = true;
        options.spill_folder = folder_;
        options.seed = threads;
        return options;
    }
    const fs::path& folder() const { return folder_; }

  private:
    static constexpr std::ptrdiff_t file_header = 4'096, chunk = 65'536;
    fs::path folder_;
};

constexpr std::string_view log_sources = R"(version: 1
sources:
  - product: windows
    category: process_creation
    events:
      - channel: Microsoft-Windows-Sysmon/Operational
        event_id: 1
)";

detect::Rules rules() {
    const std::string shell =
        "title: shell\nname: shell\nid: 11111111-1111-4111-8111-111111111111\nlevel: high\n"
        "logsource:\n  product: windows\n  category: process_creation\n"
        "detection:\n  s:\n    CommandLine|contains: whoami\n  condition: s\n";
    const std::string many =
        "title: many\nid: 22222222-2222-4222-8222-222222222222\nlevel: critical\n"
        "correlation:\n  type: event_count\n  rules:\n    - shell\n  group-by:\n    - Computer\n"
        "  timespan: 1h\n  condition:\n    gte: 5\n  generate: true\n";
    return detect::Rules::compile({{"t", "a.yml", shell}, {"t", "b.yml", many}}, {log_sources, {}});
}

/// Prints nothing but what the tests look at.
class Printer final : public findings::FindingPrinter {
  public:
    findings::RecordText record(const records::Batch&, const records::Record& record,
                                std::span<const traces::RecordTrace> traces) override {
        fields_ = std::to_string(record.record_id);
        traces_.clear();
        for (const traces::RecordTrace& trace : traces) traces_.append(trace.value) += '\n';
        return {{}, {}, fields_, traces_};
    }
    findings::MatchText match(std::span<const findings::MatchedValue> matched,
                              std::span<const findings::UncheckedFilter>) override {
        message_ = matched.empty() ? std::string() : std::string(matched.front().value);
        return {{}, {}, message_};
    }
    void say(const findings::OwnTexts&, std::span<const findings::MatchedValue>,
             const records::Batch&, const records::Record&, findings::MatchText&) override {}
    void say(const findings::OwnTexts&, std::span<const std::pair<std::string, std::string>>,
             findings::MatchText&) override {}
    findings::RecordText group(
        std::span<const std::pair<std::string, std::string>> fields) override {
        fields_ = fields.empty() ? std::string() : fields.front().second;
        return {{}, {}, fields_, {}};
    }

  private:
    std::string fields_, traces_, message_;
};

Knowledge knowledge(const detect::Rules& rules, bool traces) {
    return {.rules = &rules, .traces = traces, .make_printer = [] {
                return std::make_unique<Printer>();
            }};
}

/// A finding whose texts outlive the source's next().
struct KeptFinding : findings::Finding {
    explicit KeptFinding(const findings::Finding& finding)
        : Finding(finding),
          fields(finding.record.fields),
          traces(finding.record.traces),
          message(finding.match.message) {}

    std::string fields, traces, message;
};

std::vector<KeptFinding> all_findings(findings::Examination& examination) {
    std::vector<KeptFinding> all;
    findings::Finding finding;
    for (;;) {
        const Result<bool> more = examination.findings->next(finding);
        REQUIRE(more.has_value());
        if (!*more) return all;
        all.emplace_back(finding);
    }
}

TEST_CASE("examine: findings, hosts, counts and traces are the same for any number of threads") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01.example.jp", 300);
    evidence.add_log("b.evtx", "pc-01.EXAMPLE.jp", 200);
    evidence.add_log("c.evtx", "PC-02", 100);
    const detect::Rules compiled = rules();
    REQUIRE(compiled.problems().empty());
    std::vector<std::string> ids;
    std::vector<std::string> trace_values;

    for (const unsigned threads : {1u, 2u, 8u}) {
        Result<findings::Examination> result =
            examine(evidence.items(), knowledge(compiled, true), evidence.options(threads));
        REQUIRE(result.has_value());
        std::vector<std::string> found, values;
        for (const KeptFinding& finding : all_findings(*result))
            found.push_back(finding.id + ' ' + finding.fields + ' ' + finding.traces +
                            finding.message);
        traces::TraceLine line;
        while (*result->traces->next(line)) values.push_back(line.value);

        REQUIRE(result->hosts.size() == 2);
        CHECK(result->hosts[0].name == "PC-01.example.jp");
        CHECK(result->hosts[0].records == 500);
        CHECK(result->reading.totals.records == 600);
        if (threads == 1) {
            ids = found;
            trace_values = values;
        }
        CHECK(found.size() >= 600);
        CHECK(found == ids);
        CHECK(values == trace_values);
    }
}

TEST_CASE("examine: every finding carries what was printed of its own record and hit") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 300);
    evidence.add_log("b.evtx", "PC-02", 300);
    const detect::Rules compiled = rules();
    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(compiled, true), evidence.options(2));
    REQUIRE(result.has_value());

    findings::Finding finding;
    std::uint64_t seen = 0;
    while (*result->findings->next(finding)) {
        if (compiled.info()[finding.rule].kind == findings::RuleKind::correlation) {
            CHECK(finding.record.fields.starts_with("PC-0"));
            continue;
        }
        ++seen;
        CHECK(finding.record.fields == std::to_string(finding.events.at(0).record));
        CHECK(finding.match.message.find("whoami") != std::string_view::npos);
        CHECK(finding.record.traces.find("pc-0") != std::string_view::npos);
    }
    CHECK(seen == 600);
}

TEST_CASE("examine: a correlation stands where its last event does, with its first 100 events") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 300);
    const detect::Rules compiled = rules();

    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(compiled, false), evidence.options(2));

    REQUIRE(result.has_value());
    std::uint64_t joined = 0;
    Time last{};
    for (const KeptFinding& finding : all_findings(*result)) {
        CHECK(finding.time >= last);
        last = finding.time;
        if (compiled.info()[finding.rule].kind != findings::RuleKind::correlation) continue;
        ++joined;
        CHECK(finding.count >= 5);
        CHECK(finding.events.size() == std::min<std::uint64_t>(finding.count, 100));
    }
    CHECK(joined > 0);
}

TEST_CASE("examine: a correlation is possible, blind or idle as the rules are that it needs") {
    const auto base = [](const std::string& name, const std::string& category,
                         const std::string& field) {
        return "title: " + name + "\nname: " + name +
               "\nlogsource:\n  product: windows\n  category: " + category +
               "\ndetection:\n  s:\n    " + field + "|contains: whoami\n  condition: s\n";
    };
    const auto joined = [](const std::string& name, const std::string& type,
                           const std::string& listed, const std::string& condition) {
        return "title: " + name + "\nname: " + name + "\ncorrelation:\n  type: " + type +
               "\n  rules: [" + listed +
               "]\n  group-by: [Computer]\n  timespan: 1h\n  generate: true\n" + condition;
    };
    const std::string count = "  condition: {gte: 1}\n";
    const detect::Rules compiled = detect::Rules::compile(
        {{"t", "a.yml", joined("of_count", "temporal", "count, can", "")},
         {"t", "b.yml", base("can", "process_creation", "CommandLine")},
         {"t", "c.yml", base("blind", "process_creation", "NoSuchField")},
         {"t", "d.yml", base("idle", "made", "CommandLine")},
         {"t", "e.yml", joined("count", "event_count", "can, idle", count)},
         {"t", "f.yml", joined("count_idle", "event_count", "idle", count)},
         {"t", "g.yml", joined("both", "temporal", "can, idle", "")},
         {"t", "h.yml", joined("both_blind", "temporal", "can, blind", "")},
         {"t", "i.yml", joined("either", "temporal", "can, idle", "  condition: can or idle\n")}},
        {std::string(log_sources) + "  - product: windows\n    category: made\n    events:\n"
                                    "      - channel: Made/Operational\n",
         {}});
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 20);

    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(compiled, false), evidence.options(2));

    REQUIRE(result.has_value());
    std::map<std::string, findings::RuleOutcome> by_title;
    for (std::size_t i = 0; i < result->rules.size(); ++i)
        by_title[result->rules[i].title] = result->outcomes[i];
    using findings::RuleState;
    REQUIRE(by_title["can"].state == RuleState::possible);
    REQUIRE(by_title["blind"].state == RuleState::blind);
    REQUIRE(by_title["idle"].state == RuleState::idle);
    CHECK(by_title["count"].state == RuleState::possible);
    CHECK(by_title["of_count"].state == RuleState::possible);
    CHECK(by_title["count_idle"].state == RuleState::idle);
    CHECK(by_title["both"].state == RuleState::idle);
    CHECK(by_title["both_blind"].state == RuleState::blind);
    CHECK(by_title["both_blind"].missing == std::vector<std::string>{"NoSuchField"});
    CHECK(by_title["either"].state == RuleState::possible);
}

TEST_CASE("examine: records outside the asked time are neither counted nor matched") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 50);
    const detect::Rules compiled = rules();
    Options options = evidence.options(2);
    options.since = Time::from_unix_seconds(4'000'000'000);

    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(compiled, true), options);

    REQUIRE(result.has_value());
    CHECK(all_findings(*result).empty());
    CHECK(result->hosts.empty());
}

TEST_CASE("examine: what cannot be opened is unreadable and the rest is examined") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 10);
    std::vector<evidence::Item> items = evidence.items();
    evidence::Item gone = items.front();
    gone.path = "gone.evtx";
    gone.absolute = evidence.folder() / "in" / "gone.evtx";
    items.push_back(gone);
    const detect::Rules none;

    Result<findings::Examination> result =
        examine(items, knowledge(none, false), evidence.options(2));

    REQUIRE(result.has_value());
    CHECK(result->reading.items[0].state == findings::ItemState::examined);
    CHECK(result->reading.items[1].state == findings::ItemState::unreadable);
    CHECK(result->reading.totals.unreadable == 1);
    CHECK(result->reading.totals.records == 10);
}

TEST_CASE("examine: a log without its file magic is known by its chunks") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 10);
    std::fstream file(evidence.folder() / "in" / "a.evtx",
                      std::ios::binary | std::ios::in | std::ios::out);
    file.write("XXXXXXXX", 8);
    file.close();
    const detect::Rules none;

    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(none, false), evidence.options(1));

    REQUIRE(result.has_value());
    CHECK(result->reading.totals.records == 10);
    CHECK(result->reading.damage.count() == 1);
}

findings::Reading read_with_carving(const Evidence& evidence) {
    const detect::Rules none;
    Options options = evidence.options(2);
    options.recover = true;
    Result<findings::Examination> result =
        examine(evidence.items(), knowledge(none, false), options);
    REQUIRE(result.has_value());
    return std::move(result->reading);
}

TEST_CASE(
    "examine: a carved record that is live in another chunk is left out, a changed one is not") {
    Evidence evidence;
    evidence.add_log_with_stale_copy("a.evtx", 120, false);

    const findings::Reading reading = read_with_carving(evidence);

    CHECK(reading.totals.records == 121);
    CHECK(reading.totals.recovered == 1);
}

TEST_CASE("examine: a carved record stays where its live repeat cannot be read") {
    Evidence evidence;
    const std::size_t copied = evidence.add_log_with_stale_copy("a.evtx", 120, true);

    const findings::Reading reading = read_with_carving(evidence);

    CHECK(copied > 20);
    CHECK(reading.totals.recovered == copied);
    CHECK(reading.totals.records < 120);
    CHECK(reading.damage.count() > 0);
}

TEST_CASE("examine: a spill folder that is not there is an error") {
    Evidence evidence;
    evidence.add_log("a.evtx", "PC-01", 10);
    const detect::Rules none;
    Options options = evidence.options(1);
    options.spill_folder = "/nonexistent/folder";

    const Result<findings::Examination> result =
        examine(evidence.items(), knowledge(none, false), options);

    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message.find("/nonexistent/folder") != std::string::npos);
}

}  // namespace
}  // namespace konseki::examine
