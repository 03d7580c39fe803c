#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "evidence_input.h"
#include "konseki/detect/match.h"
#include "konseki/evidence/walk.h"
#include "konseki/examine/stream.h"
#include "konseki/kit/commands.h"
#include "konseki/render/numbers.h"
#include "rule_files.h"
#include "rule_store.h"
#include "rule_trials.h"
#include "talk.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unit_file = "info.yml";
/// SigmaHQ's longest has 2 KB.
constexpr std::size_t max_unit_bytes = 256 * 1024;

/// One regression unit: the logs beside an info.yml on which a rule must fire.
struct Unit {
    fs::path folder;
    std::vector<std::string> rule_ids;
    std::uint64_t least = 1;  ///< `match_count` where it is stated
};

std::string_view value_behind(std::string_view line, std::string_view key) {
    const std::size_t at = line.find_first_not_of(" -");
    if (at == line.npos || !line.substr(at).starts_with(key)) return {};
    std::string_view value = line.substr(at + key.size());
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == ' ')) value.remove_suffix(1);
    return value;
}

/// Takes the ids below `rule_metadata` and the largest `match_count`: all that is needed of the file.
Result<Unit> read_unit(const fs::path& path) {
    const std::string text = TRY(read_small_file(path, max_unit_bytes));
    Unit unit{.folder = path.parent_path(), .rule_ids = {}};
    bool is_in_rules = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view(text).substr(at, end - at);
        at = end + 1;
        if (!line.empty() && line.front() != ' ' && line.front() != '-')
            is_in_rules = line.starts_with("rule_metadata:");
        const std::string_view id = value_behind(line, "id:");
        if (is_in_rules && !id.empty()) unit.rule_ids.emplace_back(id);
        const std::string_view count = value_behind(line, "match_count:");
        if (!count.empty() && count.size() < 10 &&
            count.find_first_not_of("0123456789") == count.npos)
            unit.least = std::max<std::uint64_t>(unit.least, std::stoull(std::string(count)));
    }
    if (unit.rule_ids.empty())
        return fail(Error::bad_value(path.string() + " names no rule below rule_metadata"));
    return unit;
}

/// How often one of the unit's rules fires on the logs beside it.
Result<std::uint64_t> count_hits(const Unit& unit, detect::Engine& engine,
                                 const examine::Options& options) {
    const std::vector<findings::RuleInfo>& rules = engine.rules().info();
    std::vector<bool> is_meant(rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i)
        is_meant[i] = std::find(unit.rule_ids.begin(), unit.rule_ids.end(), rules[i].id) !=
                      unit.rule_ids.end();
    const std::vector<fs::path> folder{unit.folder};
    const std::vector<evidence::Item> items = TRY(evidence::walk(folder));
    std::atomic<std::uint64_t> count{0};
    const auto make = [&]() -> examine::MakeLines {
        auto matcher = std::make_unique<detect::Matcher>(engine);
        return [&count, &is_meant, matcher = std::move(matcher)](const records::Batch& batch,
                                                                 examine::LineSink&) {
            std::vector<detect::Hit> hits;
            matcher->match(batch, hits);
            for (const detect::Hit& hit : hits) count += is_meant[hit.rule] ? 1 : 0;
        };
    };
    TRY(examine::stream_lines(
        items, examine::LineOrder::place, make, [](std::string_view) { return true; }, options));
    return count.load();
}

Result<ExitStatus> run_units(const RulesTestOptions& options, Environment& environment,
                             const Talk& talk) {
    const RuleStore store(environment.data_dir, environment.cache_dir);
    RuleChoice choice;
    choice.log_sources = options.log_sources;
    const LoadedRules loaded = TRY(store.load(choice));
    const std::vector<fs::path> paths =
        TRY(files_below(options.paths, [](const std::string& name) { return name == unit_file; }));
    detect::Engine engine(loaded.rules);
    const std::string log_sources = TRY(read_log_sources(options.log_sources));
    auto [passed, failed] = TRY(run_rule_trials(options.paths, log_sources, environment, talk));
    for (const fs::path& path : paths) {
        if (talk.is_cancelled()) return ExitStatus::interrupted;
        const Result<Unit> unit = read_unit(path);
        const Result<std::uint64_t> count =
            unit ? count_hits(*unit, engine, read_options({}, environment)) : fail(unit.error());
        if (count && *count >= unit->least) {
            ++passed;
            continue;
        }
        ++failed;
        if (!count)
            talk.warn(count.error().message);
        else
            environment.out(talk.say("kit.unit_failed", {{"unit", path.string()},
                                                         {"rule", unit->rule_ids.front()},
                                                         {"least", std::to_string(unit->least)},
                                                         {"count", std::to_string(*count)}}) +
                            '\n');
    }
    environment.out(talk.say("kit.units", {{"passed", render::to_grouped(passed)},
                                           {"failed", render::to_grouped(failed)}}) +
                    '\n');
    return failed == 0 && passed > 0 ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

CommandResult rules_test(const RulesTestOptions& options, Environment& environment) {
    const Talk talk(environment);
    const Result<ExitStatus> status = run_units(options, environment, talk);
    if (!status) return talk.fail_with(status.error());
    return {*status};
}

}  // namespace konseki::kit
