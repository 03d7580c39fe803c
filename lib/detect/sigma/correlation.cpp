#include "sigma/correlation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "sigma/aggregation.h"
#include "sigma/condition.h"
#include "sigma/modifiers.h"

namespace konseki::detect::sigma {
namespace {

/// Rules that one correlation may list; real ones list a handful.
constexpr std::size_t max_references = 1'000;

constexpr std::array<std::pair<std::string_view, CorrelationType>, 10> types = {{
    {"event_count", CorrelationType::event_count},
    {"value_count", CorrelationType::value_count},
    {"temporal", CorrelationType::temporal},
    {"temporal_ordered", CorrelationType::temporal_ordered},
    {"value_sum", CorrelationType::value_sum},
    {"value_avg", CorrelationType::value_avg},
    {"value_percentile", CorrelationType::value_percentile},
    {"value_median", CorrelationType::value_median},
    {"new_terms", CorrelationType::new_terms},
    {"not_preceded", CorrelationType::not_preceded},
}};

constexpr std::array<std::pair<std::string_view, Threshold::Op>, 6> operators = {{
    {"gt", Threshold::Op::gt},
    {"gte", Threshold::Op::gte},
    {"lt", Threshold::Op::lt},
    {"lte", Threshold::Op::lte},
    {"eq", Threshold::Op::eq},
    {"neq", Threshold::Op::neq},
}};

template <class Table>
auto look_up(const Table& table, std::string_view name)
    -> std::optional<typename Table::value_type::second_type> {
    for (const auto& [text, value] : table)
        if (text == name) return value;
    return std::nullopt;
}

std::optional<double> number_of(const YamlNode& node) {
    if (!node.is_scalar() || !node.plain) return std::nullopt;
    double value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [at, error] = std::from_chars(node.text.data(), end, value);
    if (error != std::errc{} || at != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// One text or a list of texts.
Parsed<std::vector<std::string>> texts_of(const YamlNode& node, std::string_view key) {
    std::vector<std::string> texts;
    if (node.is_scalar() && !node.is_null()) texts.push_back(node.text);
    for (const YamlNode& item : node.items) {
        if (!item.is_scalar() || item.is_null())
            return refuse(item.line, "`" + std::string(key) + "` must be a list of names");
        texts.push_back(item.text);
    }
    if (node.is_map() || texts.size() > max_references)
        return refuse(node.line, "`" + std::string(key) + "` must be a list of names");
    return texts;
}

bool is_temporal(CorrelationType type) {
    return type == CorrelationType::temporal || type == CorrelationType::temporal_ordered;
}

class CorrelationReader {
  public:
    CorrelationReader(const YamlNode& document, const YamlNode& body, Warnings& warnings)
        : document_(document), body_(body), warnings_(warnings) {}

    Parsed<CorrelationDraft> read() {
        TRY_VOID(keys());
        TRY_VOID(type());
        TRY_VOID(rules());
        TRY_VOID(grouping());
        TRY_VOID(condition());
        TRY_VOID(aliases());
        generate(document_);
        generate(body_);
        return std::move(draft_);
    }

  private:
    Correlation& correlation() { return draft_.correlation; }

    Parsed<bool> keys() {
        constexpr std::array<std::string_view, 8> known = {"type",     "rules",     "group-by",
                                                           "timespan", "timeframe", "condition",
                                                           "aliases",  "generate"};
        for (const YamlEntry& entry : body_.entries) {
            if (std::ranges::find(known, entry.key) != known.end()) continue;
            if (entry.key == "group_by" || entry.key == "groupby")
                return refuse(entry.line, "`" + entry.key + "` must be written `group-by`");
            warnings_.push_back({entry.line, "unknown key `" + entry.key + "` in the correlation"});
        }
        return true;
    }

    Parsed<bool> type() {
        const YamlNode* type = body_.find("type");
        if (type == nullptr) return refuse(body_.line, "the correlation has no type");
        const auto found = look_up(types, type->text);
        const bool is_own = document_.find("konseki") != nullptr;
        if (!found || (is_historic(*found) && !is_own))
            return refuse(type->line, "unknown correlation type `" + type->text + "`");
        correlation().type = *found;
        return true;
    }

    Parsed<bool> rules() {
        const YamlNode* rules = body_.find("rules");
        draft_.line = rules != nullptr ? rules->line : body_.line;
        if (rules == nullptr) return true;  // an expression may name them
        draft_.references = TRY(texts_of(*rules, "rules"));
        return true;
    }

    Parsed<bool> grouping() {
        if (const YamlNode* group = body_.find("group-by")) {
            correlation().group_by = TRY(texts_of(*group, "group-by"));
            for (std::string& field : correlation().group_by) field = plain_field(field);
        }
        const YamlNode* span = body_.find("timespan");
        if (span == nullptr) span = body_.find("timeframe");
        if (span == nullptr) return refuse(body_.line, "the correlation has no timespan");
        correlation().timespan_ticks = TRY(read_timespan(span->text, span->line));
        return true;
    }

    Parsed<bool> condition() {
        const YamlNode* condition = body_.find("condition");
        const CorrelationType type = correlation().type;
        draft_.condition_line = condition != nullptr ? condition->line : body_.line;
        if (condition != nullptr && condition->is_scalar() && !condition->is_null()) {
            if (!is_temporal(type))
                return refuse(
                    condition->line,
                    "only a temporal correlation can have an expression as its condition");
            draft_.expression = condition->text;
        } else if (condition != nullptr) {
            if (!condition->is_map())
                return refuse(condition->line, "the condition must be a map such as `gte: 10`");
            for (const YamlEntry& entry : condition->entries) TRY_VOID(criterion(entry));
        }
        return check_condition();
    }

    Parsed<bool> criterion(const YamlEntry& entry) {
        if (entry.key == "field") {
            correlation().value_fields = TRY(texts_of(entry.value, "field"));
            for (std::string& field : correlation().value_fields) field = plain_field(field);
            return true;
        }
        const auto value = number_of(entry.value);
        if (entry.key == "percentile") {
            if (!value || *value < 0 || *value > 100)
                return refuse(entry.line, "`percentile` must be a number from 0 to 100");
            correlation().percentile = *value;
            has_percentile_ = true;
            return true;
        }
        const auto op = look_up(operators, entry.key);
        if (!op) return refuse(entry.line, "unknown key `" + entry.key + "` in the condition");
        if (!value) return refuse(entry.line, "`" + entry.key + "` needs a number");
        correlation().condition.push_back({*op, *value});
        return true;
    }

    Parsed<bool> check_condition() {
        const CorrelationType type = correlation().type;
        const std::uint32_t line = draft_.condition_line;
        if (is_temporal(type)) {
            if (!correlation().value_fields.empty())
                return refuse(line, "a temporal correlation counts no field");
        } else if (is_historic(type)) {
            TRY_VOID(check_historic(line));
        } else {
            if (correlation().condition.empty())
                return refuse(line, "the condition compares with nothing");
            const bool needs_field = type != CorrelationType::event_count;
            if (needs_field && correlation().value_fields.empty())
                return refuse(line, "the condition has no field");
            if (!needs_field && !correlation().value_fields.empty())
                return refuse(line, "event_count counts no field");
            const bool one_field = needs_field && type != CorrelationType::value_count;
            if (one_field && correlation().value_fields.size() > 1)
                return refuse(line, "the condition has more than one field");
        }
        if (type == CorrelationType::value_percentile && !has_percentile_)
            return refuse(line, "value_percentile needs `percentile` in its condition");
        if (type == CorrelationType::value_median) correlation().percentile = 50;
        if (draft_.expression.empty() && draft_.references.empty())
            return refuse(draft_.line, "the correlation lists no rules");
        return true;
    }

    Parsed<bool> check_historic(std::uint32_t line) const {
        const bool has_fields = !draft_.correlation.value_fields.empty();
        const bool needs_fields = draft_.correlation.type == CorrelationType::new_terms;
        if (!draft_.correlation.condition.empty())
            return refuse(line, "a correlation with what was before compares with no number");
        if (needs_fields && !has_fields) return refuse(line, "the condition has no field");
        if (!needs_fields && has_fields) return refuse(line, "not_preceded counts no field");
        if (!needs_fields && draft_.references.size() != 2)
            return refuse(line, "not_preceded needs two rules");
        return true;
    }

    Parsed<bool> aliases() {
        const YamlNode* aliases = body_.find("aliases");
        if (aliases == nullptr || aliases->is_null()) return true;
        for (const YamlEntry& alias : aliases->entries) {
            auto& fields =
                draft_.aliases
                    .emplace_back(alias.key, std::vector<std::pair<std::string, std::string>>{})
                    .second;
            for (const YamlEntry& entry : alias.value.entries) {
                if (!entry.value.is_scalar())
                    return refuse(entry.line, "an alias must name one field per rule");
                if (entry.value.text.ends_with(stem_suffix) && document_.find("konseki") == nullptr)
                    return refuse(entry.line, "only rules of konseki's own form know `|stem`");
                fields.emplace_back(entry.key, plain_field(entry.value.text));
            }
        }
        if (!aliases->is_map()) return refuse(aliases->line, "`aliases` must be a map");
        return true;
    }

    void generate(const YamlNode& where) {
        const YamlNode* generate = where.find("generate");
        if (generate != nullptr && generate->as_bool() == true) correlation().generate = true;
    }

    const YamlNode& document_;
    const YamlNode& body_;
    Warnings& warnings_;
    CorrelationDraft draft_;
    bool has_percentile_ = false;
};

/// Names in an expression, in order, each once: the rules of a correlation that lists none.
std::vector<std::string> names_in(std::string_view expression) {
    constexpr std::string_view parts = " \t\r\n()";
    std::vector<std::string> names;
    for (std::size_t at = expression.find_first_not_of(parts); at != std::string_view::npos;) {
        const std::size_t end = std::min(expression.find_first_of(parts, at), expression.size());
        const std::string name(expression.substr(at, end - at));
        const bool is_operator = name == "and" || name == "or" || name == "not";
        if (!is_operator && std::ranges::find(names, name) == names.end()) names.push_back(name);
        at = expression.find_first_not_of(parts, end);
    }
    return names;
}

}  // namespace

Parsed<CorrelationDraft> read_correlation(const YamlNode& document, Warnings& warnings) {
    const YamlNode* body = document.find("correlation");
    if (body == nullptr || !body->is_map())
        return refuse(document.line, "`correlation` must be a map");
    CorrelationDraft draft = TRY(CorrelationReader(document, *body, warnings).read());
    if (draft.references.empty()) draft.references = names_in(draft.expression);
    if (draft.references.size() > max_references)
        return refuse(draft.line, "the correlation lists too many rules");
    return draft;
}

Parsed<Node> read_expression(const CorrelationDraft& draft, Warnings& warnings) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < draft.references.size(); ++i) {
        Item item{draft.references[i], draft.line, {}, false};
        item.node.kind = Node::Kind::test;
        item.node.test.integer = static_cast<std::int64_t>(i);
        item.node.selection = item.name;
        items.push_back(std::move(item));
    }
    const Placeholders none;
    TestContext context{none, warnings};
    return read_condition(draft.expression, draft.condition_line, items, context);
}

}  // namespace konseki::detect::sigma
