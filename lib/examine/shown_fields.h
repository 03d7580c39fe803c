#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/records/batch.h"
#include "konseki/traces/trace.h"

namespace konseki::examine {

/// Which fields findings show of the records of a shape, and which name an account. Numbers are indexes
/// into Shape::fields.
struct ShownFields {
    /// Fields of one name, in log order, where the first of them stands.
    std::vector<std::vector<std::uint16_t>> groups;
    /// Name and domain of accounts in the order in which they are tried; none where there is no domain.
    struct Account {
        std::uint16_t name, domain;
    };
    std::vector<Account> accounts;
};

/// Appends what findings show of records (see entry.h). One per thread: it remembers each shape.
class RecordEntries {
  public:
    /// Account, fields, traces.
    void append(std::vector<std::byte>& out, const records::Batch& batch,
                const records::Record& record, const std::vector<traces::Trace>& traces);

  private:
    const ShownFields& fields_of(const records::Shape& shape);
    std::string account_of(const ShownFields& shown, const records::Batch& batch,
                           const records::Record& record) const;
    void append_field(std::vector<std::byte>& out, const records::Batch& batch,
                      const records::Record& record, const std::vector<std::uint16_t>& group);

    std::vector<std::unique_ptr<ShownFields>> by_shape_;
    ShownFields own_;  ///< of a shape that belongs to its batch
    std::string text_;
};

}  // namespace konseki::examine
