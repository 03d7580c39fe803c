#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/records/batch.h"

namespace konseki::detect {

/// A field of a record made by hand. `value`: absent = in the shape, but not in the record; text is
/// UTF-16 as EVTX has it.
struct Put {
    std::string name;
    std::optional<std::string> text;
    std::optional<records::Value> raw = {};  ///< instead of text; bytes must outlive the batch
};

inline Put null_field(std::string name) {
    return {std::move(name), std::nullopt, records::Value{}};
}
inline Put absent_field(std::string name) { return {std::move(name), std::nullopt}; }

/// Batches of records that are given as (name, value) pairs: of a rule's tests, and of our own. System
/// fields are put first.
class MadeLog {
  public:
    records::Batch batch;

    /// Adds a record; the fields after the system ones are EventData.
    void add(std::string_view channel, std::string_view provider, std::uint32_t event_id,
             const std::vector<Put>& fields, std::string_view host = "HOST-1");

    records::Value utf16(std::string_view text);
    records::Value number(std::uint32_t value);
    /// As number, printed 0x…
    records::Value hex(std::uint32_t value);
    /// An array of strings.
    records::Value array(const std::vector<std::string>& items);

  private:
    void add_field(records::Shape& shape, std::string_view name, std::string_view path,
                   records::Value value, bool optional);
};

}  // namespace konseki::detect
