// All of SigmaHQ's Windows rules over every sample file: the engine, the slow evaluator, SigmaHQ's own
// regression units, and the list of an evaluator written in Python as a third witness.

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "compare.h"
#include "corpus_files.h"
#include "explained.h"
#include "konseki/detect/join.h"
#include "test_data.h"

using namespace konseki;
using namespace konseki::slow_sigma;

namespace {

/// Hits of one file: rule id → record numbers, with repeats.
using FileHits = std::map<std::string, std::multiset<std::uint64_t>>;

/// One pass over all samples, made once for all test cases.
struct Pass {
    std::map<std::string, FileHits> fast, slow;  ///< by path below the corpus
    std::uint64_t records = 0, pairs = 0, evaluated = 0, disagreements = 0;
    std::size_t rules = 0;
    std::string report;
    std::vector<std::string> one_sided;
};

class Passer {
  public:
    explicit Passer(const std::filesystem::path& data)
        : data_(data),
          comparison_(sigmahq_rules(data), log_sources_text(), Comparison::Form::compiled),
          reader_(shapes_),
          matcher_(comparison_.engine()) {}

    Pass run() {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(data_ / "evtx"))
            if (entry.path().extension() == ".evtx") paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        for (const std::filesystem::path& path : paths) {
            const std::string name = std::filesystem::relative(path, data_).generic_string();
            read_file(path, reader_, [&](const records::Batch& batch) { take(name, batch); });
        }
        pass_.rules = comparison_.pairs().size();
        pass_.pairs = comparison_.pairs_asked();
        pass_.evaluated = comparison_.pairs_evaluated();
        pass_.disagreements = comparison_.disagreements();
        pass_.report = comparison_.report();
        pass_.one_sided = comparison_.one_sided();
        return std::move(pass_);
    }

  private:
    void take(const std::string& name, const records::Batch& batch) {
        hits_.clear();
        matcher_.match(batch, hits_);
        std::map<std::uint32_t, std::set<std::size_t>> fired;
        for (const detect::Hit& hit : hits_)
            if (comparison_.pair_of(hit.rule) != Comparison::no_pair)
                fired[hit.record].insert(comparison_.pair_of(hit.rule));
        for (std::uint32_t at = 0; at < batch.records.size(); ++at) {
            const FlatRecord record = flatten(batch, batch.records[at]);
            const std::vector<std::size_t> slow = comparison_.slow_hits(record);
            std::set<std::size_t> either = fired[at];
            either.insert(slow.begin(), slow.end());
            for (const std::size_t pair : either) {
                const bool fast_hit = fired[at].contains(pair);
                const bool slow_hit = std::binary_search(slow.begin(), slow.end(), pair);
                const std::string& id = comparison_.pairs()[pair].slow.id;
                if (fast_hit) pass_.fast[name][id].insert(batch.records[at].record_id);
                if (slow_hit) pass_.slow[name][id].insert(batch.records[at].record_id);
                comparison_.note(pair, record, fast_hit, slow_hit, name);
            }
            ++pass_.records;
        }
    }

    std::filesystem::path data_;
    Comparison comparison_;
    records::ShapeTable shapes_;
    formats::evtx::ChunkReader reader_;
    detect::Matcher matcher_;
    std::vector<detect::Hit> hits_;
    Pass pass_;
};

const Pass& the_pass(const std::filesystem::path& data) {
    static const Pass pass = Passer(data).run();
    return pass;
}

std::size_t hits_in(const std::map<std::string, FileHits>& files, const std::string& path,
                    const std::string& rule) {
    const auto file = files.find(path);
    if (file == files.end()) return 0;
    const auto hits = file->second.find(rule);
    return hits == file->second.end() ? 0 : hits->second.size();
}

/// What all samples give to the correlations of a rule set, in time order.
std::vector<detect::JoinRow> rows_of(const std::filesystem::path& data,
                                     const detect::Rules& rules) {
    detect::Engine engine(rules);
    detect::Matcher matcher(engine);
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    std::vector<detect::Hit> hits;
    std::vector<detect::JoinRow> rows;
    detect::JoinFeeder feeder(engine);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data / "evtx")) {
        if (entry.path().extension() != ".evtx") continue;
        read_file(entry.path(), reader, [&](const records::Batch& batch) {
            hits.clear();
            matcher.match(batch, hits);
            feeder.begin(batch);
            for (const detect::Hit& hit : hits) {
                detect::EventPlace place;
                place.time = batch.records[hit.record].time;
                place.record_id = batch.records[hit.record].record_id;
                feeder.append(hit, place, rows);
            }
        });
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.place.time, a.place.record_id, a.keys) <
               std::tuple(b.place.time, b.place.record_id, b.keys);
    });
    return rows;
}

/// Record numbers of a rule's hits in a file, as the list of the witness has them.
std::string records_of(const std::map<std::string, FileHits>& files, const std::string& path,
                       const std::string& rule) {
    std::string text;
    if (hits_in(files, path, rule) == 0) return text;
    for (const std::uint64_t record : files.at(path).at(rule))
        text += (text.empty() ? "" : ",") + std::to_string(record);
    return text;
}

}  // namespace

TEST_CASE("corpus: the engine and the slow evaluator agree on every record of every file") {
    const auto data = corpus();
    if (!data) return;
    const Pass& pass = the_pass(*data);

    std::printf(
        "corpus: %zu rules, %llu records, %llu pairs, %llu of them within the log source, %llu "
        "disagreements\n",
        pass.rules, static_cast<unsigned long long>(pass.records),
        static_cast<unsigned long long>(pass.pairs),
        static_cast<unsigned long long>(pass.evaluated),
        static_cast<unsigned long long>(pass.disagreements));
    CHECK(pass.rules >= 2'850);
    CHECK(pass.records >= 40'000);
    CHECK_MESSAGE(pass.disagreements == 0, pass.report);
}

TEST_CASE("corpus: every regression unit of SigmaHQ fires, at least as often as was measured") {
    const auto data = corpus(), lists = manifests();
    if (!data || !lists) return;
    const Pass& pass = the_pass(*data);
    std::size_t units = 0;
    for (const auto& row : read_table(*lists / "sigma" / "regression.tsv")) {
        const std::size_t fast = hits_in(pass.fast, row.at("evtx_path"), row.at("rule_id"));
        const std::size_t slow = hits_in(pass.slow, row.at("evtx_path"), row.at("rule_id"));
        const std::size_t measured =
            std::strtoull(row.at("match_count_measured").c_str(), nullptr, 10);
        CHECK_MESSAGE(fast == slow, row.at("rule_path"), ": ", fast, " and ", slow);
        CHECK_MESSAGE(fast >= std::max<std::size_t>(measured, 1), row.at("rule_path"), ": ", fast,
                      " of ", measured);
        ++units;
    }
    std::printf("regression units: %zu\n", units);
    CHECK(units >= 141);
}

TEST_CASE("corpus: each difference from the third witness is explained") {
    const auto data = corpus(), lists = manifests();
    if (!data || !lists) return;
    const Pass& pass = the_pass(*data);
    std::map<std::string, std::size_t> causes;
    std::set<std::pair<std::string, std::string>> listed;
    std::size_t pairs = 0, equal = 0;
    for (const auto& row : read_table(*lists / "sigma" / "expected-matches.tsv")) {
        const std::string &path = row.at("evtx_path"), &rule = row.at("rule_id");
        listed.emplace(path, rule);
        ++pairs;
        const std::size_t ours = hits_in(pass.fast, path, rule);
        const std::size_t theirs = std::strtoull(row.at("events").c_str(), nullptr, 10);
        if (ours == theirs) {
            ++equal;
            if (ours <= 50)
                CHECK_MESSAGE(records_of(pass.fast, path, rule) == row.at("record_ids_first_50"),
                              path, " ", rule);
            continue;
        }
        const std::string cause = why_different(path, rule, ours, theirs);
        CHECK_MESSAGE(!cause.empty(), "not explained: ", path, " ", rule, " ", row.at("title"),
                      ": ours ", ours, ", theirs ", theirs);
        ++causes[cause];
    }
    for (const auto& [path, hits] : pass.fast)
        for (const auto& [rule, records] : hits) {
            if (path.starts_with("evtx/derived/") || listed.contains({path, rule})) continue;
            const std::string cause = why_different(path, rule, records.size(), 0);
            CHECK_MESSAGE(!cause.empty(), "not listed: ", path, " ", rule, ": ", records.size());
            ++causes[cause];
        }
    std::printf("third witness: %zu pairs, %zu equal\n", pairs, equal);
    for (const auto& [cause, count] : causes) std::printf("  %zu: %s\n", count, cause.c_str());
}

TEST_CASE("corpus: Hayabusa's correlation rules find bursts of at least their threshold") {
    const auto data = corpus();
    if (!data) return;
    std::vector<detect::RuleFile> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(*data / "sigma" / "hayabusa-correlation"))
        if (entry.path().extension() == ".yml")
            files.push_back(
                {"hayabusa", entry.path().filename().string(), read_text(entry.path())});
    REQUIRE(files.size() == 3);
    const std::string log_sources = log_sources_text();
    detect::CompileOptions options;
    options.log_sources = log_sources;
    const detect::Rules rules = detect::Rules::compile(files, options);
    for (const findings::RuleProblem& problem : rules.problems())
        CHECK_MESSAGE(problem.kind != findings::RuleProblem::Kind::refused, problem.file, ": ",
                      problem.reason);
    const std::vector<detect::JoinRow> rows = rows_of(*data, rules);
    std::map<std::string, std::size_t> bursts;
    detect::Joiner joiner(rules, [&](detect::JoinedFinding&& finding) {
        // They ask for more than three, or for five, within five minutes.
        CHECK(finding.count > 3);
        CHECK(finding.events.back().time.ticks - finding.events.front().time.ticks <=
              300 * Time::per_second);
        ++bursts[rules.info()[finding.rule].title];
    });
    for (const detect::JoinRow& row : rows) joiner.take(row);
    joiner.finish();
    std::printf("correlations: %zu rows\n", rows.size());
    for (const auto& [title, count] : bursts) std::printf("  %zu: %s\n", count, title.c_str());
    CHECK(!bursts.empty());
}
