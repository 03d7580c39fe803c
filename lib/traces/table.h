#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/base/arena.h"
#include "konseki/base/hash.h"
#include "row.h"

namespace konseki::traces {

/// What an occurrence adds to a value.
struct Seen {
    Place place;
    Time time;
    std::uint32_t host = 0;  ///< number from TraceTable::host
    std::uint8_t level = 0;
};

/// Raw values of one thread with what is known about each: one cache line per value for what most
/// occurrences touch, everything else apart. Raw bytes are the key (as a keyed 128-bit hash), so a
/// normal form is made once per spelling.
class TraceTable {
  public:
    explicit TraceTable(std::uint64_t seed);

    /// Fetches the line of a key before it is needed.
    void prefetch(const Hash128& key) const {
        __builtin_prefetch(entries_.data() + (key.low & mask_), 1);
    }
    /// Counts an occurrence; false where the key is not known yet and add() must be called.
    bool touch(const Hash128& key, const Seen& seen);
    /// Adds a key with the traces that its value stands for (none for a value without meaning).
    void add(const Hash128& key, std::span<const Trace> traces, const Seen& seen);
    /// Appends the traces of a known key as those of `record`. Valid until clear().
    void append_traces(const Hash128& key, std::uint32_t record, std::vector<RecordTrace>& out);
    /// The number of a host name, until clear().
    std::uint32_t host(std::string_view name);

    /// Everything known, one row per (trace, raw value), in the order of row_before; equal ones merged.
    template <class F>
    void for_each_row(F&& f) const;
    void clear();
    std::size_t memory_used() const;
    bool is_empty() const { return details_.empty(); }

  private:
    struct alignas(64) Entry {
        Hash128 key;
        Time first, last;
        std::uint64_t count = 0;
        std::uint64_t limit_offset = 0;  ///< of the largest place that is kept, where all are taken
        std::uint32_t limit_item = 0;
        std::uint32_t detail = 0;
        std::uint32_t last_host = 0;
        std::uint8_t level = 0;
        enum class Kind : std::uint8_t { free, idle, live } kind = Kind::free;
        bool has_limit = false;
    };
    static_assert(sizeof(Entry) == 64);
    struct Detail {
        Bytes traces;                      ///< packed, in the arena
        std::vector<Place> lines;          ///< sorted
        std::vector<std::uint32_t> hosts;  ///< in the order of their names
    };
    /// A trace as it is packed.
    struct Packed {
        TraceType type{};
        bool victim = false;
        std::string_view value, written, domain;
    };
    /// One trace of one raw value, for sorting.
    struct Ref : Packed {
        std::uint32_t entry = 0;
    };
    Entry& slot(const Hash128& key);
    void grow();
    void note(Entry& entry, const Seen& seen);
    void note_line(Entry& entry, Place place);
    void note_host(Entry& entry, std::uint32_t host);
    Bytes pack(std::span<const Trace> traces);
    template <class F>
    static void for_each_packed(Bytes packed, F&& f);
    std::vector<Ref> sorted_refs() const;
    Row row_of(const Ref& ref) const;

    std::size_t mask_ = 0;
    std::size_t used_ = 0;
    std::vector<Entry> entries_;
    std::vector<Detail> details_;
    std::size_t detail_bytes_ = 0, trace_count_ = 0;
    Arena arena_;
    struct TextHash {
        using is_transparent = void;
        std::uint64_t seed = 0;
        std::size_t operator()(std::string_view text) const { return hash64(as_bytes(text), seed); }
    };
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> host_numbers_;
    std::vector<std::string> host_names_;
    std::size_t host_bytes_ = 0;
};

template <class F>
void TraceTable::for_each_row(F&& f) const {
    const std::vector<Ref> refs = sorted_refs();
    for (std::size_t i = 0; i < refs.size();) {
        Row row = row_of(refs[i]);
        for (++i; i < refs.size() && refs[i].type == row.type && refs[i].value == row.value; ++i)
            merge_into(row, row_of(refs[i]));
        f(std::as_const(row));
    }
}

}  // namespace konseki::traces
