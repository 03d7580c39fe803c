#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/records/shape_cache.h"
#include "konseki/render/json.h"

namespace konseki::report {

/// How much of a record's fields is written.
struct FlatLimits {
    std::size_t fields = SIZE_MAX;
    std::size_t values = SIZE_MAX;  ///< of one field
    std::size_t value_bytes =
        SIZE_MAX;  ///< of text; longer text is cut between code points and ends in `…`
};

/// Our own record line: `{"time","host","log","provider","id","record","level","source":{…},"fields":{…},
/// "notes":[…]}`, and the fields that findings show. One per thread: the field list of each shape is
/// prepared once.
class FlatJsonWriter {
  public:
    /// Only fields of these names (or paths); empty: all but those that stand outside `fields`.
    explicit FlatJsonWriter(std::vector<std::string> only) : only_(std::move(only)) {}
    /// Of the System section only what says which log an event is from: the rest is the same for every
    /// record or stands in the finding itself.
    static FlatJsonWriter of_findings(FlatLimits limits);

    void write(const records::Batch& batch, const records::Record& record, std::string_view path,
               render::JsonBuffer& out);
    /// The `{…}` of the fields alone.
    void write_fields(const records::Batch& batch, const records::Record& record,
                      render::JsonBuffer& out);

  private:
    struct Group {
        std::string key;  ///< `"Name":`
        std::vector<std::uint16_t> fields;
    };
    using Groups = std::vector<Group>;
    Groups make_groups(const records::Shape& shape) const;
    bool is_wanted(const records::Shape& shape, std::size_t field) const;
    void write_group(const records::Batch& batch, const records::Record& record, const Group& group,
                     render::JsonBuffer& out);
    void write_list(const records::Batch& batch, const records::Record& record, const Group& group,
                    render::JsonBuffer& out);

    std::vector<std::string> only_;
    bool of_findings_ = false;
    FlatLimits limits_;
    records::ShapeCache<Groups> groups_;
};

/// Names of the notes on a record, in the order of their bits.
std::span<const std::string_view> note_names();

/// The record's Computer as written; `(none)` where it has none.
std::string host_of(const records::Batch& batch, const records::Record& record);

/// A quoted JSON string of at most `limit` bytes of text; what is longer is cut between code points and
/// ends in `…`.
void append_json_cut(render::JsonBuffer& out, std::string_view utf8, std::size_t limit);

}  // namespace konseki::report
