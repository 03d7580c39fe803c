#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/explain.h"
#include "engine/store.h"
#include "konseki/detect/match.h"
#include "konseki/records/shape_cache.h"

namespace konseki::detect {

/// Texts of fields of a hit's record as the hit's rule sees them (field maps, names without blanks, real
/// paths). One per thread.
class FieldReader {
  public:
    explicit FieldReader(const Engine& engine);
    FieldReader(const FieldReader&) = delete;
    FieldReader& operator=(const FieldReader&) = delete;

    /// A batch must be begun before its hits are asked about, and stay unchanged meanwhile.
    void begin(const records::Batch& batch);
    /// Index of a field's name, no_index where no rule or correlation names it.
    std::uint32_t find(std::string_view field) const { return store_.names().find(field); }
    /// The first value where there are several; nothing where it is absent or has no value. Valid until
    /// another record is asked about.
    std::optional<std::string_view> text(const Hit& hit, std::uint32_t name);

  private:
    void begin_record(std::uint32_t record);

    const ProgramStore& store_;
    Values values_;
    Tester tester_;
    const records::Batch* batch_ = nullptr;
    std::uint32_t record_ = no_index;
    std::optional<SlowMatch> slow_;  ///< of the record at hand
    std::uint32_t rule_ = no_index, route_ = no_index;
    records::ShapeCache<ShapeFields> fields_;
};

}  // namespace konseki::detect
