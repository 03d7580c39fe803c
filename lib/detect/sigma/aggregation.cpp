#include "sigma/aggregation.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "konseki/base/time.h"

namespace konseki::detect::sigma {
namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

constexpr std::array<std::pair<std::string_view, Threshold::Op>, 7> operators = {{
    {">=", Threshold::Op::gte},
    {"<=", Threshold::Op::lte},
    {"==", Threshold::Op::eq},
    {"!=", Threshold::Op::neq},
    {">", Threshold::Op::gt},
    {"<", Threshold::Op::lt},
    {"=", Threshold::Op::eq},
}};

/// Cuts `> 5` off the end.
std::optional<Threshold> take_threshold(std::string_view& text) {
    const std::size_t at = text.find_first_of("<>=!");
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view tail = text.substr(at);
    for (const auto& [name, op] : operators) {
        if (!tail.starts_with(name)) continue;
        const std::string_view digits = trim(tail.substr(name.size()));
        double value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value);
        if (error != std::errc{} || stop != end) return std::nullopt;
        text = trim(text.substr(0, at));
        return Threshold{op, value};
    }
    return std::nullopt;
}

std::string refusal(std::string_view function) {
    const std::string name(function);
    if (name == "near") return "`near` of Sigma 1 is not read: write a temporal correlation";
    if (name == "sum" || name == "avg" || name == "min" || name == "max")
        return "`" + name +
               "` of Sigma 1 is not read: write a correlation (value_sum, value_avg, ..)";
    return "`| " + name + "` in a condition is not read";
}

}  // namespace

Parsed<Aggregation> read_aggregation(std::string_view text, std::uint32_t line) {
    text = trim(text);
    const std::string_view function = trim(text.substr(0, text.find_first_of("( ")));
    if (function != "count") return refuse(line, refusal(function));
    Aggregation aggregation;
    const auto threshold = take_threshold(text);
    const std::size_t open = text.find('('), close = text.find(')');
    if (!threshold || open == std::string_view::npos || close == std::string_view::npos ||
        close < open)
        return refuse(line, "`count` must read `count(field) by field > number`");
    aggregation.threshold = *threshold;
    aggregation.field = trim(text.substr(open + 1, close - open - 1));
    text = trim(text.substr(close + 1));
    if (text.empty()) return aggregation;
    if (!text.starts_with("by "))
        return refuse(line, "`count` must read `count(field) by field > number`");
    for (text.remove_prefix(3); !text.empty();) {
        const std::size_t comma = text.find(',');
        const std::string_view field = trim(text.substr(0, comma));
        if (field.empty() || field.find(' ') != std::string_view::npos)
            return refuse(line, "fields after `by` are parted by commas");
        aggregation.group_by.emplace_back(field);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return aggregation;
}

Correlation to_correlation(const Aggregation& aggregation, std::int64_t timespan_ticks) {
    Correlation correlation;
    correlation.type =
        aggregation.field.empty() ? CorrelationType::event_count : CorrelationType::value_count;
    correlation.group_by = aggregation.group_by;
    correlation.timespan_ticks = timespan_ticks;
    correlation.condition = {aggregation.threshold};
    if (!aggregation.field.empty()) correlation.value_fields = {aggregation.field};
    return correlation;
}

Parsed<std::int64_t> read_timespan(std::string_view text, std::uint32_t line) {
    constexpr std::array<std::pair<char, std::int64_t>, 7> units = {{{'s', 1},
                                                                     {'m', 60},
                                                                     {'h', 3'600},
                                                                     {'d', 86'400},
                                                                     {'w', 604'800},
                                                                     {'M', 2'629'746},
                                                                     {'y', 31'556'952}}};
    const std::string reason =
        "`" + std::string(text) + "` is no time span such as 30s, 10m, 12h or 7d";
    std::int64_t count = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count <= 0 || at + 1 != text.data() + text.size())
        return refuse(line, reason);
    for (const auto& [letter, seconds] : units) {
        if (letter != *at) continue;
        if (count > unlimited_timespan / Time::per_second / seconds)
            return refuse(line, "the time span is over 10,000 years");
        return count * seconds * Time::per_second;
    }
    return refuse(line, reason);
}

}  // namespace konseki::detect::sigma
