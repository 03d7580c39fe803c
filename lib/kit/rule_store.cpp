#include "rule_store.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "built_in.h"
#include "konseki/detect/log_sources.h"
#include "os_file.h"
#include "rule_files.h"
#include "rule_set_file.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_name = 64;
/// The built-in table has 40 KB.
constexpr std::size_t max_log_source_bytes = 1u << 20;
constexpr std::string_view set_ending = ".pack";
/// Compiled packs that the cache keeps; the oldest goes first.
constexpr std::size_t max_cached = 16;

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

findings::RuleProblem unusable_set(const std::string& name, std::string reason) {
    findings::RuleProblem problem;
    problem.origin = name;
    problem.file = name + std::string(set_ending);
    problem.reason = std::move(reason);
    return problem;
}

void append(RuleSources& sources, GatheredRules& gathered) {
    std::move(sources.files.begin(), sources.files.end(), std::back_inserter(gathered.files));
    std::move(sources.problems.begin(), sources.problems.end(),
              std::back_inserter(gathered.unreadable));
}

/// What installed sets are compiled with, and must still be.
Sha256 table_key() { return rules_key(built_in_rule_files(), {built_in_log_sources(), {}}); }

/// The cache is a convenience: what goes wrong with it costs time, never the run.
void drop_oldest(const fs::path& folder) {
    std::error_code error;
    std::vector<std::pair<fs::file_time_type, fs::path>> packs;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
        packs.emplace_back(entry.last_write_time(error), entry.path());
    if (packs.size() <= max_cached) return;
    std::sort(packs.begin(), packs.end());
    for (std::size_t i = 0; i + max_cached < packs.size(); ++i) fs::remove(packs[i].second, error);
}

}  // namespace

Result<std::string> read_log_sources(const std::optional<fs::path>& own) {
    const std::string_view table = built_in_log_sources();
    if (!own) return std::string(table);
    const std::string text = TRY(read_small_file(*own, max_log_source_bytes));
    return detect::extend_log_sources(table, text, own->string());
}

bool RuleStore::is_name(std::string_view name) {
    // The name of the built-in rules, whose findings count for more.
    if (name == built_in_origin) return false;
    return !name.empty() && name.size() <= max_name && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), is_name_char);
}

std::string RuleStore::name_for(const fs::path& source) {
    std::string name = (source.has_filename() ? source : source.parent_path()).filename().string();
    for (const std::string_view ending : {".zip", ".tgz", ".gz", ".tar", ".yml", ".yaml"})
        if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    for (char& c : name)
        if (!is_name_char(c)) c = '_';
    name.resize(std::min(name.size(), max_name));
    return is_name(name) ? name : "rules";
}

std::vector<std::string> RuleStore::names() const {
    std::vector<std::string> names;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(sets_, error)) {
        std::string name = entry.path().filename().string();
        if (!name.ends_with(set_ending)) continue;
        name.resize(name.size() - set_ending.size());
        if (is_name(name)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<LoadedRules> RuleStore::install(const fs::path& source, const std::string& name,
                                       detect::Placeholders placeholders) const {
    RuleSources sources = TRY(read_rule_sources(source, name));
    const detect::CompileOptions options{built_in_log_sources(), std::move(placeholders)};
    // With the built-in rules, so that a run reads one pack.
    std::vector<detect::RuleFile> files = built_in_rule_files();
    files.insert(files.end(), sources.files.begin(), sources.files.end());
    LoadedRules loaded{detect::Rules::compile(files, options), sources.problems};
    RuleSetFile set;
    set.key = table_key();
    set.plain_key = rules_key(sources.files, options);
    set.pack = loaded.rules.to_pack();
    set.files = std::move(sources.files);
    set.problems = std::move(sources.problems);
    set.placeholders = options.placeholders;
    TRY_VOID(make_folders(sets_));
    TRY_VOID(replace_file(set_path(name), to_set_bytes(set)));
    return loaded;
}

Result<void> RuleStore::remove(const std::string& name) const {
    std::error_code error;
    if (is_name(name) && fs::remove(set_path(name), error)) return {};
    if (error) return fail(Error::io("remove " + set_path(name).string(), error.value()));
    return fail(Error{.kind = ErrorKind::not_found, .message = "no rule set is named " + name});
}

/// The fast way: the compiled pack as it was installed.
Result<LoadedRules> RuleStore::load_one_set(const std::string& name) const {
    RuleSetFile set = TRY(read_set_file(set_path(name), name, SetPart::pack));
    if (set.key != table_key()) return fail(Error::bad_value("installed by another version"));
    return LoadedRules{TRY(detect::Rules::from_pack(set.pack)), std::move(set.problems)};
}

/// The same without the built-in rules, where a run before left it in the cache: no source is read.
Result<LoadedRules> RuleStore::load_plain_set(const std::string& name) const {
    RuleSetFile set = TRY(read_set_file(set_path(name), name, SetPart::keys));
    if (set.key != table_key()) return fail(Error::bad_value("installed by another version"));
    const std::string pack = TRY(read_small_file(cached_path(set.plain_key), max_set_bytes));
    return LoadedRules{TRY(detect::Rules::from_pack(as_bytes(pack))), std::move(set.problems)};
}

fs::path RuleStore::cached_path(const Sha256& key) const {
    return cache_ / (to_hex(key) + std::string(set_ending));
}

Result<LoadedRules> RuleStore::load(const RuleChoice& choice) const {
    const std::vector<std::string> sets =
        choice.use_installed ? names() : std::vector<std::string>();
    const bool is_one_set =
        sets.size() == 1 && choice.paths.empty() && !choice.placeholders && !choice.log_sources;
    if (is_one_set && (choice.use_built_in || choice.use_cache)) {
        Result<LoadedRules> loaded =
            choice.use_built_in ? load_one_set(sets.front()) : load_plain_set(sets.front());
        if (loaded) return loaded;
    }
    return compile(TRY(gather(choice)), choice.use_cache);
}

Result<GatheredRules> RuleStore::gather(const RuleChoice& choice) const {
    GatheredRules gathered;
    gathered.log_sources = TRY(read_log_sources(choice.log_sources));
    if (choice.use_built_in) gathered.files = built_in_rule_files();
    for (const std::string& name : choice.use_installed ? names() : std::vector<std::string>()) {
        Result<RuleSetFile> set = read_set_file(set_path(name), name, SetPart::all);
        if (!set) {
            gathered.unreadable.push_back(unusable_set(name, set.error().message));
            continue;
        }
        RuleSources sources{std::move(set->files), std::move(set->problems)};
        append(sources, gathered);
        gathered.placeholders.merge(set->placeholders);
    }
    for (const fs::path& path : choice.paths) {
        std::string origin = path.generic_string();
        if (origin == built_in_origin) origin.insert(0, "./");
        RuleSources sources = TRY(read_rule_sources(path, origin));
        append(sources, gathered);
    }
    if (choice.placeholders)
        for (auto& [name, values] : TRY(read_placeholders(*choice.placeholders)))
            gathered.placeholders.insert_or_assign(name, std::move(values));
    return gathered;
}

LoadedRules RuleStore::compile(const GatheredRules& gathered, bool use_cache) const {
    const bool is_cached = use_cache && !gathered.files.empty();
    const detect::CompileOptions options{gathered.log_sources, gathered.placeholders};
    return {is_cached ? compile_cached(gathered.files, options)
                      : detect::Rules::compile(gathered.files, options),
            gathered.unreadable};
}

detect::Rules RuleStore::compile_cached(const std::vector<detect::RuleFile>& files,
                                        const detect::CompileOptions& options) const {
    const fs::path path = cached_path(rules_key(files, options));
    if (Result<std::string> bytes = read_small_file(path, max_set_bytes); bytes) {
        Result<detect::Rules> rules = detect::Rules::from_pack(as_bytes(*bytes));
        if (rules) return std::move(*rules);
    }
    detect::Rules rules = detect::Rules::compile(files, options);
    const std::vector<std::byte> pack = rules.to_pack();
    if (make_folders(cache_) && replace_file(path, as_text(pack))) drop_oldest(cache_);
    return rules;
}

}  // namespace konseki::kit
