#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "konseki/base/arena.h"
#include "konseki/base/time.h"
#include "konseki/records/shape.h"

namespace konseki::records {

/// Number of an item within a run (a file or a child of one), in the order of their paths.
enum class ItemId : std::uint32_t {};

/// What could not be read: a place and a reason. A result, not an exception (design, idea 4).
struct Damage {
    std::uint64_t offset = 0;  ///< in the item
    std::uint64_t bytes = 0;
    std::string
        reason;  ///< one clause, English, no final dot: "record size 0", "chunk checksum is wrong"
};

/// What a reader noted about one record; bit set in Record::notes.
enum class Note : std::uint8_t {
    code_page_guessed = 1,  ///< ANSI text, decoded as 932 or 1252 by its bytes
    code_page_host = 2,     ///< ANSI text, decoded by the language of the host
    values_missing = 4,     ///< the value table is shorter than the template asks for
    value_damaged = 8,      ///< a value or a nested part could not be read
    truncated_output = 16,  ///< a cap was reached inside the record
};

/// One record: a shape and where its values start. Views stay valid as long as the Batch is unchanged.
struct Record {
    const Shape* shape = nullptr;
    std::uint32_t first_value = 0;  ///< into Batch::values; shape->value_count of them
    std::uint8_t notes = 0;         ///< bits of Note
    bool recovered = false;         ///< carved from slack or unallocated space
    std::uint64_t offset = 0;       ///< of the record in the item
    std::uint32_t size = 0;         ///< bytes of the record in the item
    std::uint64_t record_id = 0;    ///< number in the record header
    Time time;  ///< System/TimeCreated, else the header's; Time{} if neither is sound
};

/// Leaves new values as they are: a reader fills them right away, and a record has dozens.
template <class T>
struct UninitialisedAllocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = UninitialisedAllocator<U>;
    };
    UninitialisedAllocator() = default;
    template <class U>
    UninitialisedAllocator(const UninitialisedAllocator<U>&) {}  // NOLINT: allocators convert
    template <class U>
    void construct(U*) noexcept {}
    template <class U, class... Args>
    void construct(U* at, Args&&... args) {
        std::construct_at(at, std::forward<Args>(args)...);
    }
};
/// Values and bytes of a batch. resize() leaves new ones unset: whoever grows them fills them.
using Values = std::vector<Value, UninitialisedAllocator<Value>>;
using OwnedBytes = std::vector<std::byte, UninitialisedAllocator<std::byte>>;

/// The unit of work that goes through a run: records of one piece of one item (for EVTX one 64 KiB chunk).
/// Owns all bytes that its records point to. Reused: clear() keeps capacity.
struct Batch {
    ItemId item{};
    std::uint64_t base_offset = 0;  ///< where `bytes` stands in the item
    OwnedBytes bytes;
    std::vector<Record> records;
    Values values;
    Arena arena;
    std::vector<std::unique_ptr<Shape>> own_shapes;
    std::vector<Damage> damage;

    void clear();

    /// The value in a slot of a record (natural slot or literal).
    const Value& value(const Record& record, std::uint16_t slot) const {
        return slot < literal_base ? values[record.first_value + slot]
                                   : record.shape->literals[slot - literal_base];
    }
    /// False where the field is absent from this record (not: null).
    bool has(const Record& record, const Field& field) const {
        for (const std::uint16_t slot : field.needs)
            if (value(record, slot).is_null()) return false;
        return true;
    }
    /// The value of a field by its index in the shape; null for SystemFields::none or where absent.
    Value field(const Record& record, std::uint16_t index) const {
        if (index == SystemFields::none) return {};
        const Field& f = record.shape->fields[index];
        return has(record, f) ? value(record, f.slot) : Value{};
    }
};

}  // namespace konseki::records
