#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/codepage.h"
#include "konseki/base/time.h"
#include "konseki/findings/rule.h"

namespace konseki::kit {

/// How a command ended, as the shell sees it (docs/architecture.md, "Exit status"). Where several hold,
/// interrupted > failed > found > incomplete > done.
enum class ExitStatus : std::uint8_t {
    done = 0,    ///< whatever was found
    failed = 1,  ///< could not do it, or nothing in the input was recognised
    usage = 2,   ///< the command line makes no sense
    incomplete =
        3,       ///< an input could not be opened, records could not be read, a rule not be used
    found = 10,  ///< --fail-on LEVEL, and there is a finding at or above it
    interrupted = 130  ///< Ctrl-C
};

enum class Language : std::uint8_t { en, ja };

/// Everything from outside that a command needs. The program fills it; no room below looks at the
/// clock, the environment, the locale or the terminal itself.
struct Environment {
    /// Writes to standard output; false when nobody reads it any more (a closed pipe).
    std::function<bool(std::string_view)> out;
    /// Writes to standard error; failures are ignored.
    std::function<void(std::string_view)> err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool colour = false;     ///< standard output is a terminal and NO_COLOR is not set
    std::size_t width = 80;  ///< columns of the terminal, 80 where there is none
    Language language = Language::en;
    Zone zone;  ///< for people's times, and for times the person gave without an offset
    std::function<Time()> now;                     ///< the wall clock, UTC
    const std::atomic<bool>* cancelled = nullptr;  ///< set by Ctrl-C
    std::filesystem::path data_dir;   ///< $XDG_DATA_HOME/konseki: installed rule packs in rules/
    std::filesystem::path cache_dir;  ///< $XDG_CACHE_HOME/konseki: compiled loose rules
    std::filesystem::path temp_dir;   ///< $TMPDIR, else /tmp: for commands without a report folder
    std::uint64_t seed = 0;           ///< random: for hash tables that evidence must not aim at
    unsigned threads = 1;             ///< at least 1
    std::string version;              ///< of the program, for run.json
};

/// What a command made and has no more use for; each command knows its own.
struct Held {
    virtual ~Held() = default;
};

/// What a command did. Messages for people were already written through the Environment.
struct CommandResult {
    ExitStatus status = ExitStatus::done;
    /// What the command still holds: taking it apart is time that a process which ends need not spend.
    std::unique_ptr<Held> held = nullptr;
};

/// Which rules, besides the installed ones.
struct RuleChoice {
    std::vector<std::filesystem::path> paths;  ///< --rules: .yml, folder, .zip, .tar.gz, .pack
    bool use_installed = true;                 ///< false with --no-installed-rules
    bool use_built_in = true;                  ///< false with --no-builtin-rules
    bool use_cache = true;                     ///< false with --no-cache
    bool strict = false;                       ///< --strict-rules
    std::optional<std::filesystem::path> placeholders;  ///< --placeholders: YAML, name: [values]
    /// --log-sources: YAML as rules/windows-logsources.yml, whose sources it adds to or replaces
    std::optional<std::filesystem::path> log_sources;
};

/// How evidence is read.
struct ReadChoice {
    std::vector<std::filesystem::path> paths;  ///< files and folders, at least one
    std::optional<Time> since, until;          ///< both inclusive
    std::optional<CodePage> code_page;         ///< --codepage
    bool recover = false;                      ///< --recover: also slack and unallocated space
};

enum class Verbosity : std::uint8_t { quiet, normal, verbose };

struct CheckOptions {
    ReadChoice read;
    RuleChoice rules;
    /// --out; empty: `konseki-report-<time>` in the working folder.
    std::filesystem::path out;
    std::optional<findings::Level> min_level;  ///< leaves lower findings out of all lists
    std::optional<findings::Level> fail_on;
    bool hash = true;                               ///< false with --no-hash
    std::optional<std::filesystem::path> profile;   ///< --profile: what the organisation says
    std::optional<std::filesystem::path> verdict;   ///< --verdict: from when on findings make one
    std::vector<std::filesystem::path> collection;  ///< --collection: records of the collection
    std::optional<std::filesystem::path> previous;  ///< --previous: folder of an earlier report
    std::optional<std::filesystem::path> marks;     ///< --marks: what people made of findings
    Verbosity verbosity = Verbosity::normal;
};
/// Examines and writes a report folder; the summary goes to standard output.
CommandResult check(const CheckOptions& options, Environment& environment);

/// Whom the page of the guide is for.
enum class GuideSize : std::uint8_t {
    none,   ///< nobody there is an administrator
    one,    ///< one administrator
    sme,    ///< some servers, 20 to 300 PCs
    csirt,  ///< a team of its own
};

struct GuideOptions {
    GuideSize size = GuideSize::one;
    bool script = false;  ///< --script: collect.cmd instead of the page
};
/// What to collect and how, on standard output.
CommandResult guide(const GuideOptions& options, Environment& environment);

struct ProfileInitOptions {
    std::filesystem::path file;  ///< must not exist; empty: standard output
};
/// Writes a commented profile.
CommandResult profile_init(const ProfileInitOptions& options, Environment& environment);

struct DemoOptions {
    std::filesystem::path folder;  ///< --out; empty: `konseki-demo` in the working folder
};
/// Writes made evidence of an attack and of an ordinary office below a new folder, and checks it.
CommandResult demo(const DemoOptions& options, Environment& environment);

enum class RecordFormat : std::uint8_t { jsonl, evtx_json, csv };

struct RecordsOptions {
    ReadChoice read;
    RecordFormat format = RecordFormat::jsonl;
    std::vector<std::string> where;   ///< `Field|modifier=value`, ANDed
    std::vector<std::string> fields;  ///< --fields a,b: only these, in this order
};
/// Every record on standard output, ordered by (path, offset).
CommandResult records(const RecordsOptions& options, Environment& environment);

enum class TraceFormat : std::uint8_t { jsonl, csv };

struct TracesOptions {
    ReadChoice read;
    TraceFormat format = TraceFormat::jsonl;
    std::vector<std::string> types;  ///< --type, repeatable; empty: all
};
/// What can be compared between cases, on standard output.
CommandResult traces(const TracesOptions& options, Environment& environment);

/// How movements are written.
enum class LogonFormat : std::uint8_t { csv, json, svg };

/// What `konseki logons` does.
struct LogonsOptions {
    ReadChoice read;
    LogonFormat format = LogonFormat::csv;
    std::filesystem::path out;  ///< --out; empty: standard output
};
/// Who moved from where to where. No rule is needed, so nothing is said of accounts and hosts with findings.
CommandResult logons(const LogonsOptions& options, Environment& environment);

/// What is searched for.
enum class SearchKind : std::uint8_t {
    text,   ///< a part of any value, without regard to case
    regex,  ///< RE2, without regard to case
    trace,  ///< `type:value`: records whose traces hold it
};

struct SearchOptions {
    ReadChoice read;
    SearchKind kind = SearchKind::text;
    std::string pattern;
    RecordFormat format = RecordFormat::jsonl;
};
/// Records that hold it, in time order, on standard output.
CommandResult search(const SearchOptions& options, Environment& environment);

struct RulesAddOptions {
    std::filesystem::path source;  ///< .zip, .tar.gz, folder or .yml
    std::string name;              ///< of the installed set; empty: from the source's file name
    std::optional<std::filesystem::path> placeholders;
};
/// Compiles rules and installs them as a set; one of the same name is replaced.
CommandResult rules_add(const RulesAddOptions& options, Environment& environment);

struct RulesRemoveOptions {
    std::string name;
};
/// Removes an installed set.
CommandResult rules_remove(const RulesRemoveOptions& options, Environment& environment);

enum class ListFormat : std::uint8_t { text, jsonl };

struct RulesListOptions {
    RuleChoice rules;
    ListFormat format = ListFormat::text;
    bool refused_only = false;  ///< --refused
};
/// Lists each rule: usable, or refused with file, line and reason.
CommandResult rules_list(const RulesListOptions& options, Environment& environment);

struct RulesLintOptions {
    RuleChoice rules;  ///< paths are what is linted; installed sets only where there is no path
};
/// Says what is wrong with rules: file, line, reason. `incomplete` where something was refused.
CommandResult rules_lint(const RulesLintOptions& options, Environment& environment);

struct RulesTestOptions {
    std::vector<std::filesystem::path>
        paths;  ///< folders with trials beside rules, or in the layout of SigmaHQ's regression_data
    std::optional<std::filesystem::path> log_sources = {};  ///< as in RuleChoice
};
/// Runs the trials beside rules, `E001.test.yml` beside `E001.yml` (konseki/detect/trial.h), and regression
/// units: an `info.yml` beside the logs it names, with the rule and how often it must fire.
CommandResult rules_test(const RulesTestOptions& options, Environment& environment);

}  // namespace konseki::kit
