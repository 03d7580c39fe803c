#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sigma/document.h"
#include "sigma/log_sources.h"

namespace konseki::detect::sigma {

/// Correlations of correlations of ..: bounds recursion; real ones have 2.
constexpr std::size_t max_correlation_depth = 16;

/// Collects documents one by one and makes the rule book of them: filters applied, references
/// resolved.
class BookBuilder {
  public:
    BookBuilder(const Placeholders& placeholders, const LogSources& log_sources)
        : placeholders_(placeholders), log_sources_(log_sources) {}

    /// Files in the order of the book.
    void add(const RuleFile& file);
    RuleBook finish();

  private:
    enum class State : std::uint8_t { unknown, in_work, usable, refused };

    /// A rule or a correlation on its way into the book.
    struct Unit {
        bool is_correlation = false;
        Rule rule;
        CorrelationDraft draft;
        std::vector<std::size_t> references;  ///< units, as draft.references; set when resolved
        State state = State::usable;
        std::uint32_t position = 0;  ///< in RuleBook::order
        bool referenced = false;     ///< by a usable correlation
        bool generated = false;      ///< by one that says `generate: true`

        const findings::RuleInfo& info() const {
            return is_correlation ? draft.correlation.info : rule.info;
        }
        bool is_historic() const {
            return is_correlation && sigma::is_historic(draft.correlation.type);
        }
        const std::string& name() const {
            return is_correlation ? draft.correlation.name : rule.name;
        }
    };
    using Index = std::unordered_map<std::string, std::vector<std::size_t>>;

    void add_document(const YamlDocument& document, const RuleFile& file, std::size_t number);
    void add_rule(const YamlDocument& document, findings::RuleInfo info, Warnings& warnings);
    void add_aggregated(Rule rule, Correlation correlation);
    void add_correlation(const YamlDocument& document, findings::RuleInfo info, Warnings& warnings);
    void add_filter(const YamlDocument& document, findings::RuleInfo info, Warnings& warnings);
    std::optional<std::string> why_no_log(const LogSource& source) const;
    void keep(Unit unit);
    void refuse_unit(Unit& unit, Fault fault);
    void report(const findings::RuleInfo& info, findings::RuleProblem::Kind kind,
                const Fault& fault);

    void index_units();
    void apply_filters();
    void apply(const Filter& filter);
    std::vector<std::size_t> named(std::string_view reference) const;
    Parsed<std::size_t> find(const std::string& reference, const Unit& from) const;
    void resolve(Unit& unit, std::size_t depth);
    Parsed<bool> resolve_references(Unit& unit, std::size_t depth);
    void number_units();
    RuleBook take_book();

    const Placeholders& placeholders_;
    const LogSources& log_sources_;
    std::vector<Unit> units_;
    std::vector<Filter> filters_;
    Index by_id_, by_name_, by_title_;
    std::vector<findings::RuleProblem> problems_;
};

}  // namespace konseki::detect::sigma
