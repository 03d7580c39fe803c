#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "engine/store.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// A shape with a channel, a provider and an event id: which program its records run, and where the
/// program's fields are in the shape.
struct Binding {
    std::uint64_t serial = 0;  ///< no two that a binder makes have the same; from 1 on
    const records::Shape* shape = nullptr;
    std::uint32_t event_id = no_index;
    std::vector<std::byte> channel, provider;  ///< value bytes as in the log
    std::uint8_t channel_type = 0, provider_type = 0;

    ShapeFields fields;
    ClassHandle rule_class;
    const Program* program = nullptr;                   ///< null: no rule can fire
    std::vector<std::span<const std::uint16_t>> lists;  ///< per ClassTraits::names, into `fields`
    /// Per rule of the program whether its hits are unchecked, once asked: the same for all records.
    enum class Check : std::uint8_t { unknown, whole, unchecked };
    mutable std::vector<Check> checks;
    /// Whether a keyword of the program may stand in a literal of the shape, once asked.
    enum class Literals : std::uint8_t { unknown, none, keyword };
    mutable Literals literals = Literals::unknown;
    /// Fields that the program's gates scan, into Shape::fields, without those that never change.
    std::vector<std::uint16_t> gate_fields;
    /// How often records with the same values come, for RecordMemo.
    struct Repeats {
        std::uint32_t asked = 0, found = 0, rest = 0;
    };
    mutable Repeats repeats;

    SourceFields of(const Input& input) const;
    /// Appends the fields that are read for an input, but for those that are the same in all records.
    void append_fields(const SourceFields& read, std::vector<std::uint16_t>& out) const;
};

/// Finds the binding of a record. One per thread.
class Binder {
  public:
    /// Bindings kept; live systems show under 2,000. When full all are forgotten and made again.
    static constexpr std::size_t max_bindings = 8192;

    explicit Binder(ProgramStore& store) : store_(store), table_(2 * max_bindings, no_index) {}
    /// Valid until the next call.
    const Binding& find(const records::Batch& batch, const records::Record& record);

  private:
    struct Key {
        const records::Shape* shape;
        std::uint32_t event_id;
        records::Value channel, provider;
    };
    static Key key_of(const records::Batch& batch, const records::Record& record);
    static bool is_same(const Binding& binding, const Key& key);
    static std::size_t hash(const Key& key);
    void bind(const records::Batch& batch, const records::Record& record, const Key& key,
              Binding& out);

    ProgramStore& store_;
    std::deque<Binding> bindings_;
    std::vector<std::uint32_t> table_;
    const Binding* last_ = nullptr;
    std::uint64_t made_ = 0;
    Binding temporary_;
};

}  // namespace konseki::detect
