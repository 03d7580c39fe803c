#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/address.h"
#include "engine/flat.h"
#include "konseki/base/arena.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// One value of a field, with its texts once somebody has asked for them.
struct Item {
    records::Value value;
    std::string_view folded, text;
    bool has_folded = false, has_text = false;
    bool is_ascii = false;           ///< of the folded text
    std::optional<bool> is_address;  ///< once asked
    Address address;
};

/// Where a rule's field comes from in the events of one route.
struct FieldSource {
    std::uint32_t name = 0;        ///< the Sigma name, into Flat::names; 0: any value of the event
    const FlatMap* map = nullptr;  ///< of the route, or null
    bool operator==(const FieldSource&) const = default;
};
FieldSource source_of(const Flat& flat, const FlatRoute& route, std::uint32_t name);

/// Fields of a shape that a source reads.
struct SourceFields {
    std::span<const std::uint16_t> direct;         ///< of the Sigma name
    std::span<const std::uint16_t> first, second;  ///< of the map's from[0], from[1]
};
/// True where events of a shape with these fields can never have the field.
bool is_absent(const FieldSource& source, const SourceFields& fields);

/// Values of one field in one record.
struct Found {
    bool present = false;
    std::uint32_t first = 0, count = 0;  ///< into Values::items
};

/// Working space of a thread: the values of the record at hand and their texts.
class Values {
  public:
    explicit Values(std::size_t block_bytes = 256 * 1024) : arena_(block_bytes) {}
    void begin(const Flat& flat, const records::Batch& batch, const records::Record& record);
    Found collect(const FieldSource& source, const SourceFields& fields);
    /// All values of the event, for keywords.
    Found collect_all();

    std::span<Item> items(const Found& found) {
        return std::span(items_).subspan(found.first, found.count);
    }
    /// Folded text, followed by scan_padding readable bytes.
    std::string_view folded(Item& item);
    /// Text as Windows prints it, valid UTF-8.
    std::string_view text(Item& item);

    /// The first `characters` of the text, and `cut_mark` behind them where it is longer.
    std::string_view shortened(Item& item, std::size_t characters, std::string_view cut_mark);

    const records::Batch& batch() const { return *batch_; }
    const records::Record& record() const { return *record_; }

  private:
    bool add_fields(std::span<const std::uint16_t> fields);
    void add_text(std::string_view text);
    void add_mapped(const FlatMap& map, const SourceFields& fields);
    void add_joined(std::span<const Item> roots, std::string_view tail);
    void add_hash(std::uint32_t name, std::span<const std::uint16_t> fields);
    std::vector<Item> take_from(std::size_t first);

    const Flat* flat_ = nullptr;
    const records::Batch* batch_ = nullptr;
    const records::Record* record_ = nullptr;
    std::vector<Item> items_;
    Arena arena_;
};

}  // namespace konseki::detect
