#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// Our own record line: `{"time","host","log","provider","id","record","level","source":{…},"fields":{…},
/// "notes":[…]}`. One per thread: the field list of each shape is prepared once.
class FlatJsonWriter {
  public:
    /// Only fields of these names (or paths); empty: all but those that stand outside `fields`.
    explicit FlatJsonWriter(std::vector<std::string> only) : only_(std::move(only)) {}

    void write(const records::Batch& batch, const records::Record& record, std::string_view path,
               render::JsonBuffer& out);
    /// The `{…}` of the fields alone.
    void write_fields(const records::Batch& batch, const records::Record& record, render::JsonBuffer& out);

  private:
    struct Group {
        std::string key;  ///< `"Name":`
        std::vector<std::uint16_t> fields;
    };
    using Groups = std::vector<Group>;
    Groups make_groups(const records::Shape& shape) const;
    const Groups& groups_for(const records::Shape& shape);

    std::vector<std::string> only_;
    std::vector<std::unique_ptr<Groups>> by_shape_;
    Groups own_;
};

/// Names of the notes on a record, in the order of their bits.
std::span<const std::string_view> note_names();

/// The record's Computer as written; `(none)` where it has none.
std::string host_of(const records::Batch& batch, const records::Record& record);

}  // namespace konseki::report
