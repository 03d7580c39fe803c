#include "sigma/book.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sigma/front.h"
#include "sigma/own_texts.h"

namespace konseki::detect::sigma {
namespace {

using findings::RuleProblem;

/// Keys that no document of Sigma 2 has at its top, with what to say.
std::optional<std::string> why_not_sigma_2(const YamlNode& root) {
    if (!root.is_map()) return "the document is no map";
    if (root.find("action") != nullptr) {
        const std::string action = text_of(root, "action");
        return "`action: " + action + "` of Sigma 1 collections is not read: write whole documents";
    }
    if (root.find("title") == nullptr || text_of(root, "title").empty())
        return "the document has no title";
    return std::nullopt;
}

}  // namespace

void BookBuilder::report(const findings::RuleInfo& info, RuleProblem::Kind kind,
                         const Fault& fault) {
    problems_.push_back(
        {kind, info.origin, info.file, fault.line, info.id, info.title, fault.reason});
}

void BookBuilder::refuse_unit(Unit& unit, Fault fault) {
    unit.state = State::refused;
    report(unit.info(), RuleProblem::Kind::refused, fault);
}

void BookBuilder::keep(Unit unit) { units_.push_back(std::move(unit)); }

void BookBuilder::add(const RuleFile& file) {
    std::size_t number = 0;
    for (const YamlDocument& document : read_yaml(file.text))
        add_document(document, file, number++);
}

void BookBuilder::add_document(const YamlDocument& document, const RuleFile& file,
                               std::size_t number) {
    Warnings warnings;
    findings::RuleInfo info = read_info(document.root, file, number, warnings);
    if (document.error) {
        return report(info, RuleProblem::Kind::refused,
                      {document.error->line, document.error->message});
    }
    if (const auto reason = why_not_sigma_2(document.root))
        return report(info, RuleProblem::Kind::refused, {document.root.line, *reason});
    auto own = read_own_texts(document.root);
    if (!own) return report(info, RuleProblem::Kind::refused, own.error());
    if (*own) info.kind = findings::RuleKind::own;
    info.own = std::move(*own);
    const findings::RuleInfo known = info;
    if (document.root.find("correlation") != nullptr)
        add_correlation(document, std::move(info), warnings);
    else if (document.root.find("filter") != nullptr)
        add_filter(document, std::move(info), warnings);
    else
        add_rule(document, std::move(info), warnings);
    for (const Fault& warning : warnings) report(known, RuleProblem::Kind::warning, warning);
}

std::optional<std::string> BookBuilder::why_no_log(const LogSource& source) const {
    const auto routes = log_sources_.routes(source);
    if (!routes) return "unknown log source `" + to_text(source) + "`";
    if (!routes->empty()) return std::nullopt;
    return "no Windows event log carries `" + to_text(source) +
           "`: " + std::string(log_sources_.why_none(source));
}

void BookBuilder::add_rule(const YamlDocument& document, findings::RuleInfo info,
                           Warnings& warnings) {
    Unit unit;
    unit.rule.info = std::move(info);
    unit.rule.name = text_of(document.root, "name");
    auto draft = read_rule(document.root, placeholders_, warnings);
    if (!draft) {
        refuse_unit(unit, draft.error());
        return keep(std::move(unit));
    }
    unit.rule.log_source = draft->rule.log_source;
    unit.rule.condition = std::move(draft->rule.condition);
    unit.rule.info.logsource = to_text(unit.rule.log_source);
    if (const auto reason = why_no_log(unit.rule.log_source)) {
        unit.state = State::refused;
        const bool is_known = log_sources_.routes(unit.rule.log_source).has_value();
        report(unit.info(), is_known ? RuleProblem::Kind::other_log : RuleProblem::Kind::refused,
               {document.root.find("logsource")->line, *reason});
        return keep(std::move(unit));
    }
    if (draft->aggregation)
        return add_aggregated(std::move(unit.rule), std::move(*draft->aggregation));
    keep(std::move(unit));
}

/// The rule counts under its own id as a correlation; what it counts becomes a rule beside it.
void BookBuilder::add_aggregated(Rule rule, Correlation correlation) {
    Unit counting;
    counting.is_correlation = true;
    correlation.info = rule.info;
    correlation.info.kind = findings::RuleKind::correlation;
    correlation.name = std::exchange(rule.name, {});
    counting.draft.correlation = std::move(correlation);
    counting.draft.line = rule.info.line;
    counting.draft.references = {rule.info.id + "#events"};
    counting.state = State::unknown;
    Unit counted;
    rule.info.id += "#events";
    rule.info.title += " (events)";
    counted.rule = std::move(rule);
    keep(std::move(counted));
    keep(std::move(counting));
}

void BookBuilder::add_correlation(const YamlDocument& document, findings::RuleInfo info,
                                  Warnings& warnings) {
    Unit unit;
    unit.is_correlation = true;
    auto draft = read_correlation(document.root, warnings);
    if (draft) unit.draft = std::move(*draft);
    if (!info.own) info.kind = findings::RuleKind::correlation;
    unit.draft.correlation.info = std::move(info);
    unit.draft.correlation.name = text_of(document.root, "name");
    unit.state = State::unknown;
    if (!draft) refuse_unit(unit, draft.error());
    keep(std::move(unit));
}

void BookBuilder::add_filter(const YamlDocument& document, findings::RuleInfo info,
                             Warnings& warnings) {
    auto filter = read_filter(document.root, placeholders_, warnings);
    if (!filter) return report(info, RuleProblem::Kind::refused, filter.error());
    filter->info = std::move(info);
    filters_.push_back(std::move(*filter));
}

RuleBook BookBuilder::finish() {
    index_units();
    apply_filters();
    for (Unit& unit : units_)
        if (unit.state == State::unknown) resolve(unit, 0);
    number_units();
    return take_book();
}

void BookBuilder::index_units() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const Unit& unit = units_[i];
        auto& same_id = by_id_[unit.info().id];
        if (!same_id.empty())
            report(unit.info(), RuleProblem::Kind::warning,
                   {unit.info().line,
                    "the id stands in `" + units_[same_id.front()].info().file + "` too"});
        same_id.push_back(i);
        if (!unit.name().empty()) by_name_[unit.name()].push_back(i);
        by_title_[unit.info().title].push_back(i);
    }
}

std::vector<std::size_t> BookBuilder::named(std::string_view reference) const {
    const std::string key(reference);
    for (const Index* index : {&by_id_, &by_name_, &by_title_})
        if (const auto found = index->find(key); found != index->end()) return found->second;
    return {};
}

void BookBuilder::apply_filters() {
    for (const Filter& filter : filters_) apply(filter);
}

void BookBuilder::apply(const Filter& filter) {
    std::vector<std::size_t> chosen;
    if (filter.all_rules)
        for (std::size_t i = 0; i < units_.size(); ++i) chosen.push_back(i);
    for (const std::string& reference : filter.rules)
        for (const std::size_t i : named(reference)) {
            chosen.push_back(i);
            // The events of a Sigma 1 count are what its filter is about.
            if (units_[i].is_correlation && i > 0 &&
                units_[i - 1].info().id == reference + "#events")
                chosen.push_back(i - 1);
        }
    std::ranges::sort(chosen);
    chosen.erase(std::ranges::unique(chosen).begin(), chosen.end());
    std::size_t applied = 0;
    for (const std::size_t i : chosen) {
        Unit& unit = units_[i];
        if (unit.is_correlation || unit.state == State::refused ||
            !covers(filter, unit.rule.log_source))
            continue;
        std::vector<Node> both;
        both.push_back(std::move(unit.rule.condition));
        both.push_back(filter.condition);
        unit.rule.condition = join_nodes(Node::Kind::all_of, std::move(both));
        ++applied;
    }
    if (applied == 0)
        report(filter.info, RuleProblem::Kind::warning,
               {filter.info.line, "the filter applies to no rule"});
}

/// The unit that a reference means: by id, name or title; of several the one in the same file, else
/// in the same rule set. Titles and names must leave one.
Parsed<std::size_t> BookBuilder::find(const std::string& reference, const Unit& from) const {
    const std::uint32_t line = from.draft.line;
    const std::vector<std::size_t> found = named(reference);
    if (found.empty()) return refuse(line, "refers to the unknown rule `" + reference + "`");
    const auto closeness = [&](std::size_t i) {
        const findings::RuleInfo& info = units_[i].info();
        if (info.origin != from.info().origin) return 0;
        return info.file == from.info().file ? 2 : 1;
    };
    const int best = closeness(std::ranges::max(found, {}, closeness));
    std::vector<std::size_t> closest;
    for (const std::size_t i : found)
        if (closeness(i) == best) closest.push_back(i);
    if (closest.size() > 1 && !by_id_.contains(reference))
        return refuse(line, "`" + reference + "` names more than one rule");
    return closest.front();
}

void BookBuilder::resolve(Unit& unit, std::size_t depth) {
    unit.state = State::in_work;
    const auto resolved = resolve_references(unit, depth);
    if (!resolved) return refuse_unit(unit, resolved.error());
    unit.state = State::usable;
    for (const std::size_t i : unit.references) {
        units_[i].referenced = true;
        if (unit.draft.correlation.generate) units_[i].generated = true;
    }
}

Parsed<bool> BookBuilder::resolve_references(Unit& unit, std::size_t depth) {
    const std::uint32_t line = unit.draft.line;
    if (depth > max_correlation_depth)
        return refuse(line, "correlations of correlations nest too deep");
    for (const std::string& reference : unit.draft.references) {
        const std::size_t i = TRY(find(reference, unit));
        if (units_[i].state == State::unknown) resolve(units_[i], depth + 1);
        if (units_[i].state == State::in_work) return refuse(line, "refers to itself in a circle");
        if (units_[i].is_historic())
            return refuse(line, "refers to `" + reference + "`, which looks at what was before");
        if (units_[i].state == State::refused)
            return refuse(line, "refers to `" + reference + "`, which cannot be used");
        unit.references.push_back(i);
    }
    Warnings warnings;
    if (!unit.draft.expression.empty())
        unit.draft.correlation.expression = TRY(read_expression(unit.draft, warnings));
    for (const Fault& warning : warnings) report(unit.info(), RuleProblem::Kind::warning, warning);
    resolve_aliases(unit.draft, [this](const std::string& a, const std::string& b) {
        return a == b || (!named(a).empty() && named(a) == named(b));
    });
    for (const auto& [alias, fields] : unit.draft.correlation.aliases)
        if (std::ranges::all_of(fields, &std::string::empty))
            report(unit.info(), RuleProblem::Kind::warning,
                   {line, "the alias `" + alias + "` names none of the listed rules"});
    return true;
}

void BookBuilder::number_units() {
    std::uint32_t position = 0;
    for (Unit& unit : units_)
        if (unit.state == State::usable) unit.position = position++;
}

RuleBook BookBuilder::take_book() {
    RuleBook book;
    for (Unit& unit : units_) {
        if (unit.state != State::usable) continue;
        const std::size_t index =
            unit.is_correlation ? book.correlations.size() : book.rules.size();
        book.order.push_back({unit.is_correlation, static_cast<std::uint32_t>(index)});
        book.base_only.push_back(unit.referenced && !unit.generated);
        if (!unit.is_correlation) {
            book.rules.push_back(std::move(unit.rule));
            continue;
        }
        for (const std::size_t i : unit.references)
            unit.draft.correlation.rules.push_back(units_[i].position);
        book.correlations.push_back(std::move(unit.draft.correlation));
    }
    std::ranges::stable_sort(problems_, [](const RuleProblem& a, const RuleProblem& b) {
        return std::tie(a.origin, a.file, a.line) < std::tie(b.origin, b.file, b.line);
    });
    book.problems = std::move(problems_);
    return book;
}

RuleBook read_rules(const std::vector<RuleFile>& files, const Placeholders& placeholders,
                    const LogSources& log_sources) {
    std::vector<const RuleFile*> ordered;
    for (const RuleFile& file : files) ordered.push_back(&file);
    std::ranges::stable_sort(ordered, [](const RuleFile* a, const RuleFile* b) {
        return std::tie(a->origin, a->path) < std::tie(b->origin, b->path);
    });
    BookBuilder builder(placeholders, log_sources);
    for (const RuleFile* file : ordered) builder.add(*file);
    return builder.finish();
}

}  // namespace konseki::detect::sigma
