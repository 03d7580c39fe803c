#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/records/shape.h"

namespace konseki::slow_sigma {

/// A value to be put into a record by hand.
struct MadeValue {
    records::WireType type = records::WireType::utf8;
    bool array = false;
    std::string bytes;  ///< as they stand in the record
};
MadeValue made_text(std::string_view utf8, bool utf16);
MadeValue made_null();
/// A little-endian integer of `size` bytes.
MadeValue made_number(records::WireType type, std::uint64_t number, std::size_t size);
/// Texts as an array of NUL-terminated UTF-16 strings.
MadeValue made_array(const std::vector<std::string>& texts);

/// One field of a record to be made. No value: the field is absent.
struct MadeField {
    std::string name;
    std::optional<MadeValue> value;
};

/// Makes batches of records without any file. Every field has a slot for its value and one that says
/// whether it is there, so that absent, null and empty can follow each other in one shape.
class RecordMaker {
  public:
    explicit RecordMaker(records::ShapeTable& shapes) : shapes_(&shapes) {}

    /// Shape with these field names in this order (a name may occur twice). With `owned` it belongs to
    /// the batch and has no number.
    const records::Shape* shape(const std::vector<std::string>& names, records::Batch& batch,
                                bool owned);
    /// Appends a record: a value (or absence) for each field of the shape.
    void add(records::Batch& batch, const records::Shape& shape,
             const std::vector<std::optional<MadeValue>>& values);

  private:
    records::ShapeTable* shapes_;
};

}  // namespace konseki::slow_sigma
