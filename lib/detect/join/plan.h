#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sigma/ast.h"

namespace konseki::detect::join {

/// A correlation with its number among all rules (index into Rules::info()).
struct Input {
    const sigma::Correlation* correlation = nullptr;
    std::uint32_t number = 0;
    bool base_only = false;  ///< makes no finding of its own
};

/// A correlation as the joiner runs it.
struct Step {
    sigma::Correlation correlation;
    std::uint32_t number = 0;
    bool base_only = false;
    /// Fields of its events that correlations above it need, without repeats.
    std::vector<std::string> carried;
    /// Correlations (index into Plan::steps()) that list this one.
    std::vector<std::uint32_t> parents;
    /// How long the findings of correlations that it lists may be late: its rows wait so long.
    std::int64_t delay_ticks = 0;
};

/// All correlations of a rule set, innermost first, and who listens to which rule.
class Plan {
  public:
    Plan() = default;
    /// Correlations that list each other in a circle lose the link that closes it.
    explicit Plan(const std::vector<Input>& inputs);

    const std::vector<Step>& steps() const { return steps_; }
    /// Steps that list a rule; none for most rules.
    const std::vector<std::uint32_t>& listeners(std::uint32_t rule) const;
    /// The step of a correlation by its number, or null.
    const Step* step(std::uint32_t number) const;

  private:
    std::vector<Step> steps_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> listeners_;
    std::unordered_map<std::uint32_t, std::uint32_t> by_number_;
};

/// A plan made on first use, for a value that is shared by threads.
class LazyPlan {
  public:
    template <class MakeInputs>
    const Plan& get(MakeInputs&& make_inputs) const {
        std::call_once(once_, [&] { plan_ = Plan(make_inputs()); });
        return plan_;
    }

  private:
    mutable std::once_flag once_;
    mutable Plan plan_;
};

/// The field that `name` stands for in events of the rule at `position` (aliases resolved).
std::string_view field_at(const sigma::Correlation& correlation, std::string_view name,
                          std::size_t position);
/// Path without the extension of its last part: `a\x.docx` and `a\x.exe` have the same.
std::string stem_of(std::string_view path);
/// Names whose values a row carries: group-by, value fields, carried, in this order.
std::vector<std::string_view> row_names(const Step& step);

using Values = std::vector<std::optional<std::string>>;
/// Values as bytes for JoinRow::keys, and back. False where the bytes are not of this form.
std::string pack_values(const Values& values);
bool unpack_values(std::string_view bytes, Values& values);

/// True for correlation types that compute with numbers.
bool is_numeric(sigma::CorrelationType type);
/// A decimal number, with sign, fraction or exponent, or a 0x hex integer.
std::optional<double> number_of(std::string_view text);

}  // namespace konseki::detect::join
