#include "join/plan.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "konseki/base/bytes.h"

namespace konseki::detect::join {

namespace {

constexpr std::uint32_t absent = 0xffffffff;

void add_once(std::vector<std::string>& names, std::string_view name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

/// Puts the inputs in an order where listed correlations come before those that list them.
class Sorter {
  public:
    Sorter(const std::vector<Input>& inputs, std::vector<std::uint32_t>& order)
        : inputs_(inputs), order_(order) {
        for (std::uint32_t i = 0; i < inputs.size(); ++i) by_number_[inputs[i].number] = i;
        state_.resize(inputs.size(), State::unseen);
    }
    void run() {
        for (std::uint32_t i = 0; i < inputs_.size(); ++i) visit(i);
    }

  private:
    enum class State : std::uint8_t { unseen, open, done };

    // The depth is that of the nesting of correlations, each a document of its own.
    void visit(std::uint32_t input) {
        if (state_[input] != State::unseen) return;
        state_[input] = State::open;
        for (const std::uint32_t rule : inputs_[input].correlation->rules)
            if (const auto at = by_number_.find(rule); at != by_number_.end()) visit(at->second);
        state_[input] = State::done;
        order_.push_back(input);
    }

    const std::vector<Input>& inputs_;
    std::vector<std::uint32_t>& order_;
    std::unordered_map<std::uint32_t, std::uint32_t> by_number_;
    std::vector<State> state_;
};

std::int64_t add_saturating(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

}  // namespace

Plan::Plan(const std::vector<Input>& inputs) {
    std::vector<std::uint32_t> order;
    Sorter(inputs, order).run();
    for (const std::uint32_t input : order) {
        const auto number = static_cast<std::uint32_t>(steps_.size());
        by_number_[inputs[input].number] = number;
        steps_.push_back(
            {*inputs[input].correlation, inputs[input].number, inputs[input].base_only, {}, {}, 0});
    }
    for (std::uint32_t at = 0; at < steps_.size(); ++at) {
        Step& step = steps_[at];
        for (const std::uint32_t rule : step.correlation.rules) {
            std::vector<std::uint32_t>& listeners = listeners_[rule];
            if (std::find(listeners.begin(), listeners.end(), at) == listeners.end())
                listeners.push_back(at);
            const auto child = by_number_.find(rule);
            if (child == by_number_.end() || child->second >= at) continue;
            Step& inner = steps_[child->second];
            if (inner.parents.empty() || inner.parents.back() != at) inner.parents.push_back(at);
            // One tick more than the inner window, so that its finding always comes first.
            const std::int64_t late =
                add_saturating(inner.delay_ticks, inner.correlation.timespan_ticks);
            step.delay_ticks = std::max(step.delay_ticks, add_saturating(late, 1));
        }
    }
    for (std::size_t at = steps_.size(); at-- > 0;) {
        const Step& outer = steps_[at];
        const std::vector<std::string_view> names = row_names(outer);
        for (std::size_t position = 0; position < outer.correlation.rules.size(); ++position) {
            const auto child = by_number_.find(outer.correlation.rules[position]);
            if (child == by_number_.end() || child->second >= at) continue;
            for (const std::string_view name : names)
                add_once(steps_[child->second].carried,
                         field_at(outer.correlation, name, position));
        }
    }
}

const std::vector<std::uint32_t>& Plan::listeners(std::uint32_t rule) const {
    static const std::vector<std::uint32_t> none;
    const auto at = listeners_.find(rule);
    return at == listeners_.end() ? none : at->second;
}

const Step* Plan::step(std::uint32_t number) const {
    const auto at = by_number_.find(number);
    return at == by_number_.end() ? nullptr : &steps_[at->second];
}

std::string_view field_at(const sigma::Correlation& correlation, std::string_view name,
                          std::size_t position) {
    for (const auto& [alias, fields] : correlation.aliases) {
        if (alias != name) continue;
        if (position < fields.size() && !fields[position].empty()) return fields[position];
        return name;
    }
    return name;
}

std::string stem_of(std::string_view path) {
    const std::size_t name = path.find_last_of("\\/");
    const std::size_t dot = path.rfind('.');
    const bool has_extension = dot != path.npos && (name == path.npos || dot > name);
    return std::string(has_extension ? path.substr(0, dot) : path);
}

std::vector<std::string_view> row_names(const Step& step) {
    std::vector<std::string_view> names(step.correlation.group_by.begin(),
                                        step.correlation.group_by.end());
    names.insert(names.end(), step.correlation.value_fields.begin(),
                 step.correlation.value_fields.end());
    names.insert(names.end(), step.carried.begin(), step.carried.end());
    return names;
}

std::string pack_values(const Values& values) {
    std::string out;
    const auto put = [&](std::uint32_t number) {
        for (int shift = 0; shift < 32; shift += 8)
            out += static_cast<char>(number >> shift & 0xff);
    };
    for (const std::optional<std::string>& value : values) {
        put(value ? static_cast<std::uint32_t>(value->size()) : absent);
        if (value) out += *value;
    }
    return out;
}

bool unpack_values(std::string_view bytes, Values& values) {
    values.clear();
    Cursor cursor(as_bytes(bytes));
    while (cursor.left() > 0 && !cursor.failed()) {
        const std::uint32_t size = cursor.u32("size of a value");
        if (size == absent)
            values.emplace_back();
        else
            values.emplace_back(as_text(cursor.take(size, "value")));
    }
    return !cursor.failed();
}

bool is_numeric(sigma::CorrelationType type) {
    using enum sigma::CorrelationType;
    return type == value_sum || type == value_avg || type == value_percentile ||
           type == value_median;
}

std::optional<double> number_of(std::string_view text) {
    const char* const end = text.data() + text.size();
    if (text.starts_with("0x") || text.starts_with("0X")) {
        std::uint64_t hex = 0;
        const auto [stop, error] = std::from_chars(text.data() + 2, end, hex, 16);
        if (error != std::errc() || stop != end) return std::nullopt;
        return static_cast<double>(hex);
    }
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace konseki::detect::join
