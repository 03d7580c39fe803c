#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/records/batch.h"

// Batches made by hand, for the tests of this room.
namespace konseki::traces {

/// A batch whose records have shapes of their own. Values are UTF-16LE as in event logs.
class MadeBatch {
  public:
    explicit MadeBatch(std::uint32_t item) { batch.item = static_cast<records::ItemId>(item); }

    struct Named {
        std::string_view name, value;
    };
    /// Adds a record with a host and EventData fields, in a shape that the batch owns.
    void add(std::uint64_t offset, std::int64_t ticks, std::string_view host,
             const std::vector<Named>& fields) {
        auto shape = std::make_unique<records::Shape>();
        shape->fields.push_back(field("Computer", records::Section::system, 0));
        for (const Named& named : fields)
            shape->fields.push_back(field(shape->text.copy(named.name),
                                          records::Section::event_data,
                                          static_cast<std::uint16_t>(shape->fields.size())));
        shape->system.computer = 0;
        shape->value_count = static_cast<std::uint16_t>(shape->fields.size());
        records::Record record;
        record.shape = shape.get();
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        record.offset = offset;
        record.time = Time{ticks};
        batch.values.push_back(utf16(host));
        for (const Named& named : fields) batch.values.push_back(utf16(named.value));
        batch.records.push_back(record);
        batch.own_shapes.push_back(std::move(shape));
    }
    /// UTF-16LE of BMP text in the batch's arena.
    records::Value utf16(std::string_view utf8) {
        std::string units;
        for (std::size_t at = 0; at < utf8.size();) {
            const auto lead = static_cast<unsigned char>(utf8[at]);
            const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
            unsigned unit = size == 1 ? lead : size == 2 ? lead & 0x1fu : lead & 0x0fu;
            for (std::size_t i = 1; i < size; ++i)
                unit = unit << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3fu);
            units += static_cast<char>(unit & 0xff);
            units += static_cast<char>(unit >> 8);
            at += size;
        }
        const Bytes bytes = as_bytes(batch.arena.copy(units));
        return {bytes.data(), static_cast<std::uint32_t>(bytes.size()), 0x01};
    }

    records::Batch batch;

  private:
    static records::Field field(std::string_view name, records::Section section,
                                std::uint16_t slot) {
        records::Field out;
        out.name = name;
        out.section = section;
        out.slot = slot;
        return out;
    }
};

}  // namespace konseki::traces
