// Events built from the rules' own values: the engine and the slow evaluator must say the same.
//
// KONSEKI_SEED: another run. KONSEKI_RECORDS: events per rule. KONSEKI_ALL_PAIRS=1: every event of SigmaHQ's
// rules is asked against every rule, not only its own and those that fired.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>

#include "compare.h"
#include "generate.h"
#include "record_maker.h"
#include "test_data.h"

using namespace konseki;
using namespace konseki::slow_sigma;

namespace {

constexpr std::size_t records_per_batch = 64;

struct Options {
    std::uint64_t seed = 0, records = 0;
    bool all_pairs = false;
};

/// Events for one rule at a time, matched in batches.
class Run {
  public:
    Run(Comparison& comparison, const Options& options)
        : comparison_(comparison),
          options_(options),
          maker_(shapes_),
          matcher_(comparison.engine()) {}

    void rule(std::size_t pair) {
        const SlowRule& slow = comparison_.pairs()[pair].slow;
        // A category within a service: events of the category, of which some lie in the service.
        SlowRule source_of = slow;
        if (!slow.category.empty()) source_of.service.clear();
        std::vector<const SlowRoute*> routes;
        for (const SlowLogs::Source* source : comparison_.logs().sources(source_of))
            for (const SlowRoute& route : source->routes) routes.push_back(&route);
        // Rules of all logs have one route, others up to five: each gets its share of the events.
        for (std::size_t at = 0; at < routes.size(); ++at) {
            Generator generator(slow, *routes[at],
                                options_.seed ^ (pair * 0x9e3779b97f4a7c15u + at));
            const std::uint64_t count = options_.records / routes.size() + 1;
            for (std::uint64_t made = 0; made < count; made += records_per_batch)
                batch(pair, generator, std::min<std::uint64_t>(records_per_batch, count - made),
                      made);
        }
    }
    std::uint64_t records = 0, hits = 0;

  private:
    void batch(std::size_t pair, Generator& generator, std::uint64_t count, std::uint64_t made) {
        batch_.clear();
        // The first batch of a rule has shapes without a number, the third lacks every other field.
        std::vector<std::string> names = generator.names();
        const bool owned = made == 0 && pair % 3 == 0, thin = made / records_per_batch % 3 == 2;
        for (std::uint64_t at = 0; at < count; ++at) {
            std::vector<std::optional<MadeValue>> values = generator.next();
            std::vector<std::string> kept_names;
            std::vector<std::optional<MadeValue>> kept;
            for (std::size_t field = 0; field < names.size(); ++field) {
                if (thin && field > 6 && field % 2 == pair % 2) continue;
                kept_names.push_back(names[field]);
                kept.push_back(values[field]);
            }
            maker_.add(batch_, *maker_.shape(kept_names, batch_, owned), kept);
        }
        compare(pair);
    }

    void compare(std::size_t own) {
        hits_.clear();
        matcher_.match(batch_, hits_);
        std::map<std::uint32_t, std::set<std::uint32_t>> fired;
        for (const detect::Hit& hit : hits_) fired[hit.record].insert(hit.rule);
        for (std::uint32_t at = 0; at < batch_.records.size(); ++at) {
            ++records;
            const FlatRecord record = flatten(batch_, batch_.records[at]);
            const std::set<std::uint32_t>& fast = fired[at];
            if (options_.all_pairs)
                all_pairs(record, fast);
            else
                own_pairs(own, record, fast);
        }
    }

    void all_pairs(const FlatRecord& record, const std::set<std::uint32_t>& fast) {
        const std::vector<std::size_t> slow = comparison_.slow_hits(record);
        std::set<std::size_t> slow_set(slow.begin(), slow.end());
        for (std::size_t pair = 0; pair < comparison_.pairs().size(); ++pair)
            comparison_.note(pair, record, fast.contains(comparison_.pairs()[pair].number),
                             slow_set.contains(pair), "generated");
        hits += slow.size();
    }

    void own_pairs(std::size_t own, const FlatRecord& record, const std::set<std::uint32_t>& fast) {
        std::set<std::size_t> asked{own};
        for (const std::uint32_t number : fast)
            if (comparison_.pair_of(number) != Comparison::no_pair)
                asked.insert(comparison_.pair_of(number));
        for (const std::size_t pair : asked) {
            const bool slow = comparison_.slow_hit(comparison_.pairs()[pair], record);
            comparison_.note(pair, record, fast.contains(comparison_.pairs()[pair].number), slow,
                             "generated");
            hits += slow ? 1 : 0;
        }
    }

    Comparison& comparison_;
    Options options_;
    records::ShapeTable shapes_;
    RecordMaker maker_;
    detect::Matcher matcher_;
    records::Batch batch_;
    std::vector<detect::Hit> hits_;
};

void compare_all(Comparison& comparison, const Options& options, const char* what) {
    const auto start = std::chrono::steady_clock::now();
    Run run(comparison, options);
    for (std::size_t pair = 0; pair < comparison.pairs().size(); ++pair) run.rule(pair);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf(
        "%s: seed %llu, %zu rules, %llu events, %llu pairs (%llu within the log source), "
        "%llu hits, %llu disagreements, %.1f s\n",
        what, static_cast<unsigned long long>(options.seed), comparison.pairs().size(),
        static_cast<unsigned long long>(run.records),
        static_cast<unsigned long long>(comparison.pairs_asked()),
        static_cast<unsigned long long>(comparison.pairs_evaluated()),
        static_cast<unsigned long long>(run.hits),
        static_cast<unsigned long long>(comparison.disagreements()), taken.count());
    CHECK_MESSAGE(comparison.disagreements() == 0, comparison.report());
    CHECK(run.hits > run.records / 4);
}

std::string lines_of(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

}  // namespace

TEST_CASE("generated events: own rules of every feature, every rule on every event") {
    Comparison comparison(own_rules(), log_sources_text(), Comparison::Form::compiled);
    REQUIRE(comparison.pairs().size() >= 60);
    CHECK_MESSAGE(comparison.one_sided().empty(), lines_of(comparison.one_sided()));

    compare_all(comparison,
                {number_from_environment("KONSEKI_SEED", 20261125),
                 number_from_environment("KONSEKI_RECORDS", 300), true},
                "own rules");
}

TEST_CASE("generated events: SigmaHQ's rules") {
    const auto data = corpus();
    if (!data) return;
    Comparison comparison(sigmahq_rules(*data), log_sources_text(), Comparison::Form::packed);
    CHECK_MESSAGE(comparison.one_sided().empty(), lines_of(comparison.one_sided()));

    compare_all(comparison,
                {number_from_environment("KONSEKI_SEED", 20261125),
                 number_from_environment("KONSEKI_RECORDS", 300),
                 number_from_environment("KONSEKI_ALL_PAIRS", 0) != 0},
                "SigmaHQ");
}

TEST_CASE("generated events: rules that went through a pack give the same") {
    Comparison comparison(own_rules(), log_sources_text(), Comparison::Form::packed);
    REQUIRE(comparison.pairs().size() >= 60);

    compare_all(comparison, {number_from_environment("KONSEKI_SEED", 20261125) + 1, 60, true},
                "packed rules");
}
