#include "konseki/detect/trial.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/made_log.h"
#include "konseki/detect/check.h"
#include "konseki/detect/join.h"
#include "konseki/detect/match.h"
#include "organisation/profile_values.h"
#include "sigma/rule_info.h"
#include "sigma/yaml.h"

namespace konseki::detect {
namespace {

using sigma::YamlEntry;
using sigma::YamlNode;

constexpr std::array<std::string_view, 7> known_keys = {"log",  "provider", "id",   "host",
                                                        "time", "fields",   "level"};

Error wrong(const RuleFile& file, std::uint32_t line, const std::string& what) {
    return Error::bad_value(file.path + ':' + std::to_string(line) + ": " + what);
}

/// One trial: the records of a batch, in the order in which they are written.
class Trial {
  public:
    explicit Trial(const RuleFile& file) : file_(file) {}

    Result<void> add(const YamlNode& record) {
        if (!record.is_map()) return fail(wrong(file_, record.line, "a record must be a map"));
        for (const YamlEntry& entry : record.entries)
            if (std::ranges::find(known_keys, entry.key) == known_keys.end())
                return fail(
                    wrong(file_, entry.line, "unknown key `" + entry.key + "` of a record"));
        const YamlNode* const id = record.find("id");
        const std::optional<std::int64_t> number = id ? id->as_integer() : std::nullopt;
        if (!number || *number < 0 || *number > UINT32_MAX)
            return fail(
                wrong(file_, record.line, "a record needs the number of its event as `id`"));
        std::vector<Put> fields;
        if (const YamlNode* const level = record.find("level"))
            TRY_VOID(add_field({"Level", level->line, *level}, fields));
        const YamlNode* const values = record.find("fields");
        if (values != nullptr && !values->is_map())
            return fail(wrong(file_, values->line, "`fields` must be a map"));
        if (values != nullptr)
            for (const YamlEntry& entry : values->entries) TRY_VOID(add_field(entry, fields));
        const std::string host = sigma::text_of(record, "host");
        log_.add(sigma::text_of(record, "log"), sigma::text_of(record, "provider"),
                 static_cast<std::uint32_t>(*number), fields, host.empty() ? "HOST-1" : host);
        return add_time(record);
    }

    /// How often anything fires that is a finding of its own.
    std::size_t run(const Rules& rules, const findings::WorkDays& days) {
        Engine engine(rules);
        Matcher matcher(engine);
        std::vector<Hit> hits;
        matcher.match(log_.batch, hits);
        HitCheck check(engine, days);
        check.begin(log_.batch);
        std::erase_if(hits, [&](const Hit& hit) { return !check.passes(hit); });
        std::size_t count = 0;
        std::vector<JoinRow> rows;
        JoinFeeder feeder(engine);
        feeder.begin(log_.batch);
        for (const Hit& hit : hits) {
            const records::Record& record = log_.batch.records[hit.record];
            feeder.append(hit, {record.time, 0, hit.record, hit.record, 0, false}, rows);
            count += hit.base_only ? 0 : 1;
        }
        std::ranges::stable_sort(rows, {}, [](const JoinRow& row) { return row.place.time; });
        Joiner joiner(rules, [&](JoinedFinding&&) { ++count; });
        for (const JoinRow& row : rows) joiner.take(row);
        joiner.finish();
        return count;
    }

  private:
    Result<void> add_field(const YamlEntry& entry, std::vector<Put>& fields) {
        if (entry.value.is_list()) {
            for (const YamlNode& item : entry.value.items)
                TRY_VOID(add_field({entry.key, entry.line, item}, fields));
            return {};
        }
        if (!entry.value.is_scalar())
            return fail(
                wrong(file_, entry.line, "a value must be a text, a number or a list of them"));
        const std::optional<std::int64_t> number = entry.value.as_integer();
        if (entry.value.is_null())
            fields.push_back(null_field(entry.key));
        else if (number && *number >= 0 && *number <= UINT32_MAX)
            fields.push_back(
                {entry.key, std::nullopt, log_.number(static_cast<std::uint32_t>(*number))});
        else
            fields.push_back({entry.key, entry.value.text});
        return {};
    }

    /// Records without a time follow each other by a second.
    Result<void> add_time(const YamlNode& record) {
        Time& time = log_.batch.records.back().time;
        const std::string written = sigma::text_of(record, "time");
        if (written.empty()) {
            time = Time::from_unix_seconds(1'555'462'923 +
                                           static_cast<std::int64_t>(log_.batch.records.size()));
            return {};
        }
        const Result<Time> read = parse_time(written, Zone{});
        if (!read) return fail(wrong(file_, record.line, "`" + written + "` is no time"));
        time = *read;
        return {};
    }

    const RuleFile& file_;
    MadeLog log_;
};

/// What all trials of a file have in common.
struct Setting {
    const RuleFile& file;
    const Rules& rules;
    findings::WorkDays days;
};

/// The calendar of the organisation of whom the trials are, with its zone: Japan's where it names none.
Result<findings::WorkDays> read_days(const YamlNode& root, const RuleFile& file) {
    if (!root.is_map()) return findings::WorkDays();
    const Read<findings::WorkCalendar> calendar = read_calendar(root);
    if (!calendar) return fail(wrong(file, calendar.error().line, calendar.error().reason));
    const std::string zone = sigma::text_of(root, "zone");
    return findings::WorkDays(*calendar, TRY(parse_zone(zone.empty() ? "Asia/Tokyo" : zone)));
}

Result<void> run_list(const YamlNode& list, bool must_fire, const Setting& setting,
                      TrialResult& result) {
    const RuleFile& file = setting.file;
    if (!list.is_list()) return fail(wrong(file, list.line, "must be a list of records"));
    for (const YamlNode& item : list.items) {
        Trial trial(file);
        if (item.is_list()) {
            if (item.items.empty()) return fail(wrong(file, item.line, "a trial without a record"));
            for (const YamlNode& record : item.items) TRY_VOID(trial.add(record));
        } else {
            TRY_VOID(trial.add(item));
        }
        ++result.trials;
        if ((trial.run(setting.rules, setting.days) > 0) != must_fire)
            result.failed.push_back({item.line, must_fire});
    }
    return {};
}

}  // namespace

Result<TrialResult> run_trials(const RuleFile& rule, const RuleFile& trials,
                               const CompileOptions& options) {
    const Rules rules = Rules::compile({rule}, options);
    for (const findings::RuleProblem& problem : rules.problems())
        if (problem.is_unusable()) return fail(wrong(rule, problem.line, problem.reason));
    const std::vector<sigma::YamlDocument> documents = sigma::read_yaml(trials.text);
    if (documents.empty()) return fail(wrong(trials, 1, "the file is empty"));
    if (documents.front().error)
        return fail(wrong(trials, documents.front().error->line, documents.front().error->message));
    if (documents.size() > 1)
        return fail(wrong(trials, documents[1].line, "a second document in a file of trials"));
    TrialResult result;
    const YamlNode& root = documents.front().root;
    const Setting setting{trials, rules, TRY(read_days(root, trials))};
    for (const YamlEntry& entry : root.entries) {
        if (entry.key == "calendar" || entry.key == "zone") continue;
        if (entry.key != "fires" && entry.key != "silent")
            return fail(wrong(trials, entry.line, "unknown key `" + entry.key + "`"));
        TRY_VOID(run_list(entry.value, entry.key == "fires", setting, result));
    }
    if (result.trials == 0) return fail(wrong(trials, 1, "the file holds no trial"));
    return result;
}

}  // namespace konseki::detect
