#pragma once

#include <cstdint>
#include <vector>

#include "engine/binding.h"
#include "konseki/detect/match.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Remembers what records gave, by the values that were looked at on the way.
///
/// Systems do the same things all day: the same task starts, the same account logs on. Such records differ
/// in times and numbers that no rule reads. A record is found again by the fields that are scanned for
/// literals, and counts as the same where every field that was looked at the first time, whatever the
/// reason, has the same bytes now: then the same tests would be asked and give the same answers. So the
/// memory never changes what is found. It is bounded, and rests for a binding whose records do not repeat.
class RecordMemo {
  public:
    static constexpr std::size_t max_entries = 8192;
    /// Bytes of values and texts that are kept; beyond it all is forgotten and filled anew.
    static constexpr std::size_t max_bytes = 16u << 20;
    /// Bytes of values of one record; larger ones are not kept.
    static constexpr std::size_t max_key_bytes = 32u << 10;

    struct Explained {
        std::uint32_t rule = 0;
        Explanation why;
        std::vector<char> texts;  ///< what the values in `why` lie in
    };
    struct Entry {
        std::uint64_t binding = 0;  ///< Binding::serial; 0: empty
        std::uint64_t hash = 0;
        std::vector<std::uint16_t> fields;  ///< that were looked at, into Shape::fields
        std::vector<std::byte> key;         ///< their values
        std::vector<Hit> hits;              ///< `record` is that of the first
        std::vector<Explained>
            explained;  ///< the first `explained_count`; the rest only keeps memory
        std::size_t explained_count = 0;
        const Explained* find_explained(std::uint32_t rule) const;
    };

    /// The entry for a record like this one, or null. Also remembers the place for store().
    Entry* find(const records::Batch& batch, const records::Record& record, const Binding& binding);
    /// Keeps the hits of the record last asked for, which depend on `fields`. Null where they are not kept.
    Entry* store(const records::Batch& batch, const records::Record& record, const Binding& binding,
                 const std::vector<std::uint16_t>& fields, std::span<const Hit> hits);
    /// Keeps an explanation with an entry; it depends on `fields` as well. Null where it is not kept.
    void store(Entry& entry, const records::Batch& batch, const records::Record& record,
               const std::vector<std::uint16_t>& fields, std::uint32_t rule,
               const Explanation& why);

  private:
    bool rests(const Binding& binding) const;
    void forget_all();
    bool add_fields(Entry& entry, const records::Batch& batch, const records::Record& record,
                    const std::vector<std::uint16_t>& fields);

    std::vector<Entry> entries_;
    std::uint64_t hash_ = 0;
    bool is_open_ = false;  ///< find() has missed, so store() is wanted
    std::size_t bytes_ = 0;
};

}  // namespace konseki::detect
