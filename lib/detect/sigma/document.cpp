#include "sigma/document.h"

#include <algorithm>
#include <utility>

#include "sigma/aggregation.h"
#include "sigma/condition.h"

namespace konseki::detect::sigma {
namespace {

void warn_of_unused(const std::vector<Item>& items, Warnings& warnings) {
    for (const Item& item : items)
        if (!item.used && !item.name.starts_with('_'))
            warnings.push_back({item.line, "no condition uses the identifier `" + item.name + "`"});
}

bool has_negation(const Node& node) {
    return node.kind == Node::Kind::negation || std::ranges::any_of(node.children, has_negation);
}

/// A condition with a Sigma 1 aggregation behind its `|`.
Parsed<Node> read_aggregated(const YamlNode& condition, const YamlNode& detection,
                             std::vector<Item>& items, TestContext& context,
                             std::optional<Correlation>& out) {
    const std::size_t bar = condition.text.find('|');
    const std::string_view text = condition.text;
    const Aggregation aggregation = TRY(read_aggregation(text.substr(bar + 1), condition.line));
    std::int64_t span = unlimited_timespan;
    if (const YamlNode* timeframe = detection.find("timeframe"))
        span = TRY(read_timespan(timeframe->text, timeframe->line));
    else
        context.warnings.push_back(
            {condition.line, "`count` without a timeframe counts over all events"});
    out = to_correlation(aggregation, span);
    return read_condition(text.substr(0, bar), condition.line, items, context);
}

}  // namespace

Parsed<RuleDraft> read_rule(const YamlNode& document, const Placeholders& placeholders,
                            Warnings& warnings) {
    RuleDraft draft;
    draft.rule.log_source = TRY(read_log_source(document));
    const YamlNode* detection = document.find("detection");
    if (detection == nullptr || !detection->is_map())
        return refuse(document.line, "`detection` must be a map");
    const YamlNode* condition = detection->find("condition");
    if (condition == nullptr || condition->is_null())
        return refuse(detection->line, "the detection has no condition");
    TestContext context{placeholders, warnings};
    std::vector<Item> items = TRY(read_items(*detection, {"condition", "timeframe"}, context));
    if (condition->is_scalar() && condition->text.find('|') != std::string::npos) {
        draft.rule.condition =
            TRY(read_aggregated(*condition, *detection, items, context, draft.aggregation));
    } else {
        draft.rule.condition = TRY(read_conditions(*condition, items, context));
        if (const YamlNode* timeframe = detection->find("timeframe"))
            warnings.push_back(
                {timeframe->line, "`timeframe` without an aggregation means nothing"});
    }
    warn_of_unused(items, warnings);
    return draft;
}

Parsed<Filter> read_filter(const YamlNode& document, const Placeholders& placeholders,
                           Warnings& warnings) {
    Filter filter;
    if (document.find("logsource") != nullptr) filter.log_source = TRY(read_log_source(document));
    const YamlNode* body = document.find("filter");
    if (body == nullptr || !body->is_map()) return refuse(document.line, "`filter` must be a map");
    const YamlNode* condition = body->find("condition");
    if (condition == nullptr || condition->is_null())
        return refuse(body->line, "the filter has no condition");
    const YamlNode* rules = body->find("rules");
    if (rules == nullptr || rules->is_null())
        return refuse(body->line, "the filter lists no rules");
    if (rules->is_scalar() && rules->text == "any")
        filter.all_rules = true;
    else if (rules->is_scalar())
        filter.rules.push_back(rules->text);
    for (const YamlNode& rule : rules->items) filter.rules.push_back(rule.text);
    TestContext context{placeholders, warnings};
    std::vector<Item> items = TRY(read_items(*body, {"condition", "rules"}, context));
    filter.condition = TRY(read_conditions(*condition, items, context));
    if (!has_negation(filter.condition))
        warnings.push_back(
            {condition->line,
             "the filter's condition has no `not`: it keeps only the events that it selects"});
    warn_of_unused(items, warnings);
    return filter;
}

bool covers(const Filter& filter, const LogSource& source) {
    if (!filter.log_source) return true;
    const auto fits = [](const std::string& wanted, const std::string& have) {
        return wanted.empty() || wanted == have;
    };
    return fits(filter.log_source->product, source.product) &&
           fits(filter.log_source->category, source.category) &&
           fits(filter.log_source->service, source.service);
}

}  // namespace konseki::detect::sigma
