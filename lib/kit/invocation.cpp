#include "konseki/kit/invocation.h"

#include <charconv>

#include "zone_file.h"

namespace konseki::kit {
namespace {

using std::string_view;
template <class T>
using Checked = std::expected<T, UsageProblem>;

UsageProblem bad_value(const Arguments& arguments, string_view option, std::string value,
                       string_view reason) {
    return {"help.problem.bad_value",
            {{"option", std::string(option)},
             {"value", std::move(value)},
             {"reason", std::string(reason)}},
            arguments.command};
}

/// The whole text as a number, or nothing.
std::optional<std::uint32_t> number_in(string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::vector<std::filesystem::path> paths_of(std::vector<std::string> words) {
    return {std::make_move_iterator(words.begin()), std::make_move_iterator(words.end())};
}

std::optional<std::filesystem::path> path_of(const Arguments& arguments, OptionId id) {
    std::optional<std::string> value = arguments.value(id);
    if (!value) return std::nullopt;
    return std::filesystem::path(std::move(*value));
}

Checked<std::optional<Time>> time_of(const Arguments& arguments, OptionId id, string_view name,
                                     const Zone& zone) {
    const std::optional<std::string> written = arguments.value(id);
    if (!written) return std::optional<Time>{};
    const Result<Time> time = parse_time(*written, zone);
    if (!time) return std::unexpected(bad_value(arguments, name, *written, time.error().message));
    return std::optional<Time>{*time};
}

Checked<ReadChoice> reading_of(const Arguments& arguments, std::vector<std::string> operands,
                               const Zone& zone) {
    ReadChoice read;
    read.paths = paths_of(std::move(operands));
    read.recover = arguments.has(OptionId::recover);
    read.since = TRY(time_of(arguments, OptionId::since, "--since", zone));
    read.until = TRY(time_of(arguments, OptionId::until, "--until", zone));
    if (const auto written = arguments.value(OptionId::codepage)) {
        read.code_page = number_in(*written);
        if (!read.code_page || !is_known_code_page(*read.code_page))
            return std::unexpected(UsageProblem{
                "help.problem.unknown_codepage", {{"value", *written}}, arguments.command});
    }
    return read;
}

RuleChoice rules_of(const Arguments& arguments) {
    RuleChoice rules;
    rules.paths = paths_of(arguments.values(OptionId::rules));
    rules.use_installed = !arguments.has(OptionId::no_installed_rules);
    rules.use_built_in = rules.use_installed && !arguments.has(OptionId::no_builtin_rules);
    rules.use_cache = !arguments.has(OptionId::no_cache);
    rules.strict = arguments.has(OptionId::strict_rules);
    rules.placeholders = path_of(arguments, OptionId::placeholders);
    rules.log_sources = path_of(arguments, OptionId::log_sources);
    return rules;
}

/// The parser let through only what is in the table.
std::optional<findings::Level> level_of(const Arguments& arguments, OptionId id) {
    const std::optional<std::string> value = arguments.value(id);
    return value ? findings::parse_level(*value) : std::nullopt;
}

RecordFormat record_format_of(const Arguments& arguments) {
    const std::string value = arguments.value(OptionId::format).value_or("jsonl");
    if (value == "evtx-json") return RecordFormat::evtx_json;
    return value == "csv" ? RecordFormat::csv : RecordFormat::jsonl;
}

std::vector<std::string> split_at_commas(string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (comma > 0) parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

Checked<Invocation> check_of(const Arguments& arguments, const Zone& zone) {
    CheckOptions options;
    options.read = TRY(reading_of(arguments, arguments.operands, zone));
    options.rules = rules_of(arguments);
    options.out = path_of(arguments, OptionId::out).value_or(std::filesystem::path());
    options.min_level = level_of(arguments, OptionId::min_level);
    options.fail_on = level_of(arguments, OptionId::fail_on);
    options.hash = !arguments.has(OptionId::no_hash);
    options.profile = path_of(arguments, OptionId::profile);
    options.verdict = path_of(arguments, OptionId::verdict);
    options.previous = path_of(arguments, OptionId::previous);
    options.marks = path_of(arguments, OptionId::marks);
    options.collection = paths_of(arguments.values(OptionId::collection));
    if (arguments.has(OptionId::quiet)) options.verbosity = Verbosity::quiet;
    if (arguments.has(OptionId::verbose)) options.verbosity = Verbosity::verbose;
    return options;
}

Checked<Invocation> records_of(const Arguments& arguments, const Zone& zone) {
    RecordsOptions options;
    options.read = TRY(reading_of(arguments, arguments.operands, zone));
    options.format = record_format_of(arguments);
    options.where = arguments.values(OptionId::where);
    options.fields = split_at_commas(arguments.value(OptionId::fields).value_or(""));
    return options;
}

Checked<Invocation> traces_of(const Arguments& arguments, const Zone& zone) {
    TracesOptions options;
    options.read = TRY(reading_of(arguments, arguments.operands, zone));
    if (arguments.value(OptionId::format) == "csv") options.format = TraceFormat::csv;
    options.types = arguments.values(OptionId::type);
    return options;
}

Checked<Invocation> logons_of(const Arguments& arguments, const Zone& zone) {
    LogonsOptions options;
    options.read = TRY(reading_of(arguments, arguments.operands, zone));
    if (arguments.value(OptionId::format) == "json") options.format = LogonFormat::json;
    if (arguments.value(OptionId::format) == "svg") options.format = LogonFormat::svg;
    options.out = path_of(arguments, OptionId::out).value_or(std::filesystem::path());
    return options;
}

/// With --trace the value is in the option, and all operands are paths.
Checked<Invocation> search_of(const Arguments& arguments, const Zone& zone) {
    SearchOptions options;
    std::vector<std::string> operands = arguments.operands;
    if (const auto trace = arguments.value(OptionId::trace)) {
        if (arguments.has(OptionId::regex))
            return std::unexpected(UsageProblem{"help.problem.not_together",
                                                {{"first", "--regex"}, {"second", "--trace"}},
                                                arguments.command});
        options.kind = SearchKind::trace;
        options.pattern = *trace;
    } else {
        if (operands.size() < 2)
            return std::unexpected(UsageProblem{
                "help.problem.operand_missing", {{"operands", "TEXT PATH..."}}, arguments.command});
        if (arguments.has(OptionId::regex)) options.kind = SearchKind::regex;
        options.pattern = operands.front();
        operands.erase(operands.begin());
    }
    options.read = TRY(reading_of(arguments, std::move(operands), zone));
    options.format = record_format_of(arguments);
    return options;
}

GuideSize size_of(const Arguments& arguments) {
    const std::string value = arguments.value(OptionId::size).value_or("one");
    if (value == "none") return GuideSize::none;
    if (value == "sme") return GuideSize::sme;
    return value == "csirt" ? GuideSize::csirt : GuideSize::one;
}

Checked<Invocation> completion_of(const Arguments& arguments) {
    const std::string& shell = arguments.operands.front();
    if (shell == "bash") return CompletionRequest{};
    if (shell == "zsh") return CompletionRequest{.zsh = true};
    return std::unexpected(bad_value(arguments, "completion", shell, "bash, zsh"));
}

Checked<Invocation> help_of(const Arguments& arguments) {
    HelpRequest request{.as_man_page = arguments.has(OptionId::man)};
    if (arguments.operands.empty()) return request;
    // The parser finds commands by their words, and says what was meant where there is no such command.
    const auto named = TRY(parse_arguments(std::vector<std::string>{
        arguments.operands.front(),
        arguments.operands.size() > 1 ? arguments.operands[1] : "--help", "--help"}));
    request.command = named.command;
    return request;
}

}  // namespace

std::expected<Settings, UsageProblem> settings_of(const Arguments& arguments,
                                                  const std::filesystem::path& zone_folder) {
    Settings settings;
    if (const auto language = arguments.value(OptionId::lang))
        settings.language = *language == "ja" ? Language::ja : Language::en;
    if (const auto written = arguments.value(OptionId::zone)) {
        Result<Zone> zone = find_zone(*written, zone_folder);
        if (!zone)
            return std::unexpected(bad_value(arguments, "--zone", *written, zone.error().message));
        settings.zone = std::move(*zone);
    }
    if (const auto written = arguments.value(OptionId::threads)) {
        const std::optional<std::uint32_t> number = number_in(*written);
        if (!number || *number == 0 || *number > max_threads)
            return std::unexpected(bad_value(arguments, "--threads", *written, "1-1024"));
        settings.threads = *number;
    }
    return settings;
}

std::expected<Invocation, UsageProblem> interpret(const Arguments& arguments, const Zone& zone) {
    if (arguments.has(OptionId::help)) return HelpRequest{.command = arguments.command};
    if (arguments.has(OptionId::version)) return VersionRequest{};
    const auto placeholders = path_of(arguments, OptionId::placeholders);
    switch (arguments.command) {
        case CommandId::none: return HelpRequest{};
        case CommandId::check: return check_of(arguments, zone);
        case CommandId::records: return records_of(arguments, zone);
        case CommandId::search: return search_of(arguments, zone);
        case CommandId::traces: return traces_of(arguments, zone);
        case CommandId::logons: return logons_of(arguments, zone);
        case CommandId::rules_add:
            return RulesAddOptions{arguments.operands.front(),
                                   arguments.value(OptionId::name).value_or(""), placeholders};
        case CommandId::rules_remove: return RulesRemoveOptions{arguments.operands.front()};
        case CommandId::rules_list:
            return RulesListOptions{
                rules_of(arguments),
                arguments.value(OptionId::format) == "jsonl" ? ListFormat::jsonl : ListFormat::text,
                arguments.has(OptionId::refused)};
        case CommandId::rules_lint: {
            RulesLintOptions options{rules_of(arguments)};
            for (const std::string& path : arguments.operands)
                options.rules.paths.emplace_back(path);
            return options;
        }
        case CommandId::rules_test:
            return RulesTestOptions{paths_of(arguments.operands),
                                    path_of(arguments, OptionId::log_sources)};
        case CommandId::guide:
            return GuideOptions{size_of(arguments), arguments.has(OptionId::script)};
        case CommandId::profile_init:
            return ProfileInitOptions{arguments.operands.empty() ? std::string()
                                                                 : arguments.operands.front()};
        case CommandId::demo:
            return DemoOptions{path_of(arguments, OptionId::out).value_or(std::filesystem::path())};
        case CommandId::completion: return completion_of(arguments);
        case CommandId::help: return help_of(arguments);
    }
    return HelpRequest{};
}

}  // namespace konseki::kit
