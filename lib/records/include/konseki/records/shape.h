#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/arena.h"
#include "konseki/records/value.h"

namespace konseki::records {

inline constexpr std::uint16_t no_slot = 0xffff;
/// Slots from here on are literals of the shape, the same in every record: Shape::literals[slot - literal_base].
inline constexpr std::uint16_t literal_base = 0x8000;

enum class FieldKind : std::uint8_t { element, attribute };
/// Where in the event a field stands.
enum class Section : std::uint8_t { system, event_data, user_data, other };

/// One field of a shape: a leaf of the event that can hold a value.
struct Field {
    /// Sigma name: `EventID`, `Provider_Name`, `CommandLine`; unnamed Data is `Data`. Case as in the log.
    std::string_view name;
    /// `Event/System/Provider/@Name`, `Event/EventData/Data[@Name='CommandLine']`, `Event/UserData/X/Y`.
    std::string_view path;
    FieldKind kind = FieldKind::element;
    Section section = Section::other;
    std::uint16_t slot = no_slot;
    /// The field is absent from a record where one of these slots is null (optional substitutions and
    /// dependency ids, of the element itself and those around it).
    std::span<const std::uint16_t> needs;
};

/// One step of the skeleton from which XML and JSON are written, in document order.
enum class StepKind : std::uint8_t {
    open,  ///< text = element name; needs = slots that must not be null, else skip to the matching close
    attribute,  ///< text = attribute name; its value is the following text/slot steps up to attribute_end
    attribute_end,
    text,   ///< literal text, unescaped
    cdata,  ///< literal text that was a CDATA section
    slot,   ///< slot; optional = leaves out the element or attribute when null
    close,  ///< end of the element; `optional` here: the template closed it empty (`<X/>`)
};
struct Step {
    StepKind kind = StepKind::text;
    bool optional = false;
    std::uint16_t slot = no_slot;
    std::uint32_t match = 0;  ///< open: index of its close; close: index of its open
    std::string_view text;
    std::span<const std::uint16_t> needs;
};

/// A value that a record's reader puts together: an element or attribute whose content is more than one
/// literal or slot. It stands in the slot after the natural ones and is UTF-8.
struct Composite {
    struct Part {
        std::uint16_t slot = no_slot;  ///< no_slot: the literal text
        std::string_view text;
    };
    std::uint16_t slot = no_slot;
    std::vector<Part> parts;
};

/// Index into Shape::fields of the System fields that everybody asks for; none where the shape lacks it.
struct SystemFields {
    static constexpr std::uint16_t none = 0xffff;
    std::uint16_t provider = none, event_id = none, level = none, time = none, record_id = none,
                  channel = none, computer = none;
};

/// What records of one kind have in common (design: "a record is a shape and its values").
/// Immutable once built; owned by a ShapeTable or by the Batch. All views point into `text`.
struct Shape {
    /// Dense number within its table, for per-run caches only: never in an output. `batch_owned` for a
    /// shape past the cap, which lives as long as its batch and must not be cached.
    static constexpr std::uint32_t batch_owned = 0xffffffff;
    std::uint32_t id = batch_owned;
    std::uint16_t value_count = 0;  ///< values that each record of this shape has
    std::vector<Field> fields;      ///< in log order
    std::vector<Step> steps;
    std::vector<Value> literals;
    std::vector<Composite> composites;
    SystemFields system;
    Arena text{4096};                       ///< holds names, paths and literals
    std::vector<std::uint16_t> slot_lists;  ///< what the `needs` of fields and steps point into
    std::vector<std::byte> key;             ///< what identifies it, compared on look-up

    Shape() = default;
    Shape(const Shape&) = delete;
    Shape& operator=(const Shape&) = delete;
};

/// All shapes of a run. Thread-safe. Shapes are never removed, so pointers stay valid as long as the table.
class ShapeTable {
  public:
    /// Each shape costs some kilobytes: 16,384 stay below 100 MB, and live systems show under 2,000.
    static constexpr std::size_t max_shapes = 16'384;

    /// `capacity` below max_shapes is for tests of what happens past the cap.
    explicit ShapeTable(std::size_t capacity = max_shapes);
    ~ShapeTable();
    ShapeTable(const ShapeTable&) = delete;
    ShapeTable& operator=(const ShapeTable&) = delete;
    /// The shape with this key, or null.
    const Shape* find(Bytes key) const;
    /// Adds a shape under shape->key and gives it a number. Returns the one that is in the table (another
    /// thread may have been first), or null when the table is full: then the caller's batch keeps it.
    const Shape* add(std::unique_ptr<Shape>& shape);
    std::size_t size() const;

  private:
    struct Index;
    std::unique_ptr<Index> index_;
};

}  // namespace konseki::records
