#include "konseki/kit/arguments.h"

#include "konseki/base/result.h"

#include <algorithm>
#include <array>

namespace konseki::kit {
namespace {

using std::string_view;

constexpr std::array<string_view, 2> languages{"ja", "en"};
constexpr std::array<string_view, 5> levels{"informational", "low", "medium", "high", "critical"};
constexpr std::array<string_view, 3> record_formats{"jsonl", "evtx-json", "csv"};
constexpr std::array<string_view, 2> trace_formats{"jsonl", "csv"};
constexpr std::array<string_view, 4> guide_sizes{"none", "one", "sme", "csirt"};
constexpr std::array<string_view, 3> logon_formats{"csv", "json", "svg"};
constexpr std::array<string_view, 2> list_formats{"text", "jsonl"};
constexpr std::array<string_view, 22> trace_types{
    "domain",       "url",     "ipv4",    "ipv6",      "email",      "md5",
    "sha1",         "sha256",  "imphash", "file_name", "file_path",  "registry_key",
    "pipe",         "service", "task",    "mutex",     "user_agent", "certificate",
    "command_line", "host",    "account", "sid"};

using Options = std::vector<OptionSpec>;

OptionSpec flag(OptionId id, string_view name, string_view about) {
    return {id, name, ValueKind::flag, {}, {}, false, about};
}
OptionSpec valued(OptionId id, string_view name, ValueKind kind, string_view value,
                  string_view about) {
    return {id, name, kind, value, {}, false, about};
}
OptionSpec repeated(OptionId id, string_view name, ValueKind kind, string_view value,
                    string_view about) {
    return {id, name, kind, value, {}, true, about};
}
OptionSpec chosen(OptionId id, string_view name, std::span<const string_view> choices,
                  string_view value, string_view about) {
    return {id, name, ValueKind::choice, value, choices, false, about};
}

Options common() {
    return {chosen(OptionId::lang, "--lang", languages, "ja|en", "help.option.lang"),
            flag(OptionId::help, "--help", "help.option.help")};
}

Options reading() {
    return {
        valued(OptionId::since, "--since", ValueKind::text, "TIME", "help.option.since"),
        valued(OptionId::until, "--until", ValueKind::text, "TIME", "help.option.until"),
        valued(OptionId::zone, "--zone", ValueKind::text, "ZONE", "help.option.zone"),
        valued(OptionId::codepage, "--codepage", ValueKind::text, "NUMBER", "help.option.codepage"),
        flag(OptionId::recover, "--recover", "help.option.recover"),
        valued(OptionId::threads, "--threads", ValueKind::text, "N", "help.option.threads")};
}

OptionSpec log_sources() {
    return valued(OptionId::log_sources, "--log-sources", ValueKind::file, "FILE",
                  "help.option.log_sources");
}

Options rule_choice() {
    return {repeated(OptionId::rules, "--rules", ValueKind::file, "PATH", "help.option.rules"),
            flag(OptionId::no_installed_rules, "--no-installed-rules",
                 "help.option.no_installed_rules"),
            flag(OptionId::no_builtin_rules, "--no-builtin-rules", "help.option.no_builtin_rules"),
            valued(OptionId::placeholders, "--placeholders", ValueKind::file, "FILE",
                   "help.option.placeholders"),
            log_sources(),
            flag(OptionId::strict_rules, "--strict-rules", "help.option.strict_rules"),
            flag(OptionId::no_cache, "--no-cache", "help.option.no_cache")};
}

Options joined(std::initializer_list<Options> parts) {
    Options all;
    for (const Options& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

CommandSpec program() {
    return {.id = CommandId::none,
            .name = "",
            .operands = "COMMAND",
            .operand_kind = ValueKind::text,
            .summary = "help.program.summary",
            .about = "help.program.about",
            .options =
                joined({{flag(OptionId::version, "--version", "help.option.version")}, common()}),
            .examples = {{"konseki rules add sigma_all_rules.zip", "help.example.rules_add"},
                         {"konseki check collected/", "help.example.check"}}};
}

CommandSpec check_command() {
    const Options own{
        valued(OptionId::out, "--out", ValueKind::folder, "DIR", "help.option.out"),
        chosen(OptionId::min_level, "--min-level", levels, "LEVEL", "help.option.min_level"),
        chosen(OptionId::fail_on, "--fail-on", levels, "LEVEL", "help.option.fail_on"),
        valued(OptionId::profile, "--profile", ValueKind::file, "FILE", "help.option.profile"),
        valued(OptionId::verdict, "--verdict", ValueKind::file, "FILE", "help.option.verdict"),
        repeated(OptionId::collection, "--collection", ValueKind::file, "FILE",
                 "help.option.collection"),
        valued(OptionId::previous, "--previous", ValueKind::folder, "REPORT",
               "help.option.previous"),
        valued(OptionId::marks, "--marks", ValueKind::file, "FILE", "help.option.marks"),
        flag(OptionId::no_hash, "--no-hash", "help.option.no_hash"),
        flag(OptionId::quiet, "--quiet", "help.option.quiet"),
        flag(OptionId::verbose, "--verbose", "help.option.verbose")};
    return {.id = CommandId::check,
            .name = "check",
            .operands = "PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.check.summary",
            .about = "help.check.about",
            .options = joined({own, rule_choice(), reading(), common()}),
            .examples = {
                {"konseki check collected/", "help.example.check"},
                {"konseki check --rules my-rules/ --out report/ Security.evtx",
                 "help.example.check_rules"},
                {"konseki check --fail-on high --quiet collected/", "help.example.check_fail_on"}}};
}

CommandSpec records_command() {
    const Options own{
        chosen(OptionId::format, "--format", record_formats, "FORMAT", "help.option.record_format"),
        repeated(OptionId::where, "--where", ValueKind::text, "FIELD|MODIFIER=VALUE",
                 "help.option.where"),
        valued(OptionId::fields, "--fields", ValueKind::text, "A,B", "help.option.fields")};
    return {.id = CommandId::records,
            .name = "records",
            .operands = "PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.records.summary",
            .about = "help.records.about",
            .options = joined({own, reading(), common()}),
            .examples = {
                {"konseki records Security.evtx", "help.example.records"},
                {"konseki records --where 'Image|endswith=\\powershell.exe' --format csv logs/",
                 "help.example.records_where"},
                {"konseki records --format evtx-json logs/ > records.json",
                 "help.example.records_evtx_json"}}};
}

CommandSpec search_command() {
    const Options own{
        flag(OptionId::regex, "--regex", "help.option.regex"),
        valued(OptionId::trace, "--trace", ValueKind::text, "TYPE:VALUE", "help.option.trace"),
        chosen(OptionId::format, "--format", record_formats, "FORMAT",
               "help.option.record_format")};
    return {.id = CommandId::search,
            .name = "search",
            .operands = "TEXT PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.search.summary",
            .about = "help.search.about",
            .options = joined({own, reading(), common()}),
            .examples = {
                {"konseki search mimikatz logs/", "help.example.search"},
                {"konseki search --trace ipv4:203.0.113.5 logs/", "help.example.search_trace"}}};
}

CommandSpec traces_command() {
    const Options own{
        chosen(OptionId::format, "--format", trace_formats, "FORMAT", "help.option.trace_format"),
        OptionSpec{OptionId::type, "--type", ValueKind::choice, "TYPE", trace_types, true,
                   "help.option.type"}};
    return {.id = CommandId::traces,
            .name = "traces",
            .operands = "PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.traces.summary",
            .about = "help.traces.about",
            .options = joined({own, reading(), common()}),
            .examples = {{"konseki traces --type domain --type ipv4 --format csv logs/",
                          "help.example.traces"}}};
}

CommandSpec logons_command() {
    const Options own{
        chosen(OptionId::format, "--format", logon_formats, "FORMAT", "help.option.logon_format"),
        valued(OptionId::out, "--out", ValueKind::file, "FILE", "help.option.out_file")};
    return {.id = CommandId::logons,
            .name = "logons",
            .operands = "PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.logons.summary",
            .about = "help.logons.about",
            .options = joined({own, reading(), common()}),
            .examples = {
                {"konseki logons logs/", "help.example.logons"},
                {"konseki logons --format svg --out moves.svg logs/", "help.example.logons_svg"}}};
}

CommandSpec rules_add_command() {
    const Options own{valued(OptionId::name, "--name", ValueKind::text, "NAME", "help.option.name"),
                      valued(OptionId::placeholders, "--placeholders", ValueKind::file, "FILE",
                             "help.option.placeholders")};
    return {.id = CommandId::rules_add,
            .name = "rules add",
            .operands = "FILE|DIR",
            .min_operands = 1,
            .max_operands = 1,
            .summary = "help.rules_add.summary",
            .about = "help.rules_add.about",
            .options = joined({own, common()}),
            .examples = {{"konseki rules add sigma_all_rules.zip", "help.example.rules_add"}}};
}

CommandSpec rules_remove_command() {
    return {.id = CommandId::rules_remove,
            .name = "rules remove",
            .operands = "NAME",
            .operand_kind = ValueKind::text,
            .min_operands = 1,
            .max_operands = 1,
            .summary = "help.rules_remove.summary",
            .about = "help.rules_remove.about",
            .options = common(),
            .examples = {{"konseki rules remove sigma_all_rules", "help.example.rules_remove"}}};
}

CommandSpec rules_list_command() {
    const Options own{
        chosen(OptionId::format, "--format", list_formats, "FORMAT", "help.option.list_format"),
        flag(OptionId::refused, "--refused", "help.option.refused")};
    return {.id = CommandId::rules_list,
            .name = "rules list",
            .operands = "",
            .summary = "help.rules_list.summary",
            .about = "help.rules_list.about",
            .options = joined({own, rule_choice(), common()}),
            .examples = {{"konseki rules list --refused", "help.example.rules_list"}}};
}

CommandSpec rules_lint_command() {
    return {.id = CommandId::rules_lint,
            .name = "rules lint",
            .operands = "[PATH...]",
            .min_operands = 0,
            .max_operands = any_number,
            .summary = "help.rules_lint.summary",
            .about = "help.rules_lint.about",
            .options = joined({rule_choice(), common()}),
            .examples = {{"konseki rules lint my-rules/", "help.example.rules_lint"}}};
}

CommandSpec rules_test_command() {
    return {.id = CommandId::rules_test,
            .name = "rules test",
            .operands = "PATH...",
            .min_operands = 1,
            .max_operands = any_number,
            .summary = "help.rules_test.summary",
            .about = "help.rules_test.about",
            .options = joined({{log_sources()}, common()}),
            .examples = {{"konseki rules test regression_data/", "help.example.rules_test"}}};
}

CommandSpec guide_command() {
    const Options own{chosen(OptionId::size, "--size", guide_sizes, "SIZE", "help.option.size"),
                      flag(OptionId::script, "--script", "help.option.script")};
    return {.id = CommandId::guide,
            .name = "guide",
            .operands = "",
            .summary = "help.guide.summary",
            .about = "help.guide.about",
            .options = joined({own, common()}),
            .examples = {{"konseki guide --size none --lang ja", "help.example.guide"},
                         {"konseki guide --script > collect.cmd", "help.example.guide_script"}}};
}

CommandSpec profile_init_command() {
    return {.id = CommandId::profile_init,
            .name = "profile init",
            .operands = "[FILE]",
            .min_operands = 0,
            .max_operands = 1,
            .summary = "help.profile_init.summary",
            .about = "help.profile_init.about",
            .options = common(),
            .examples = {
                {"konseki profile init profile.yml", "help.example.profile_init"},
                {"konseki check --profile profile.yml collected/", "help.example.check_profile"}}};
}

CommandSpec demo_command() {
    const Options own{
        valued(OptionId::out, "--out", ValueKind::folder, "DIR", "help.option.demo_out"),
        valued(OptionId::zone, "--zone", ValueKind::text, "ZONE", "help.option.zone")};
    return {.id = CommandId::demo,
            .name = "demo",
            .operands = "",
            .summary = "help.demo.summary",
            .about = "help.demo.about",
            .options = joined({own, common()}),
            .examples = {{"konseki demo", "help.example.demo"}}};
}

CommandSpec completion_command() {
    return {.id = CommandId::completion,
            .name = "completion",
            .operands = "bash|zsh",
            .operand_kind = ValueKind::text,
            .min_operands = 1,
            .max_operands = 1,
            .summary = "help.completion.summary",
            .about = "help.completion.about",
            .options = common(),
            .examples = {{"source <(konseki completion bash)", "help.example.completion"}}};
}

CommandSpec help_command() {
    return {.id = CommandId::help,
            .name = "help",
            .operands = "[COMMAND]",
            .operand_kind = ValueKind::text,
            .min_operands = 0,
            .max_operands = 2,
            .summary = "help.help.summary",
            .about = "help.help.about",
            .options = joined({{flag(OptionId::man, "--man", "help.option.man")}, common()}),
            .examples = {{"konseki help rules add", "help.example.help"},
                         {"konseki help --man | man -l -", "help.example.help_man"}}};
}

}  // namespace

const std::vector<CommandSpec>& command_table() {
    static const std::vector<CommandSpec> table{program(),
                                                check_command(),
                                                records_command(),
                                                search_command(),
                                                traces_command(),
                                                logons_command(),
                                                rules_add_command(),
                                                rules_remove_command(),
                                                rules_list_command(),
                                                rules_lint_command(),
                                                rules_test_command(),
                                                guide_command(),
                                                profile_init_command(),
                                                demo_command(),
                                                completion_command(),
                                                help_command()};
    return table;
}

std::vector<string_view> first_words() {
    std::vector<string_view> words;
    for (const CommandSpec& command : command_table()) {
        const string_view word = command.name.substr(0, command.name.find(' '));
        if (!word.empty() && (words.empty() || words.back() != word)) words.push_back(word);
    }
    return words;
}

std::vector<string_view> second_words(string_view first) {
    std::vector<string_view> words;
    for (const CommandSpec& command : command_table()) {
        const std::size_t blank = command.name.find(' ');
        if (blank != string_view::npos && command.name.substr(0, blank) == first)
            words.push_back(command.name.substr(blank + 1));
    }
    return words;
}

const CommandSpec& spec_of(CommandId id) {
    const auto found = std::ranges::find(command_table(), id, &CommandSpec::id);
    require(found != command_table().end(), "every command is in the table");
    return *found;
}

}  // namespace konseki::kit
