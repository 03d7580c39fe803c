#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "evtx/program.h"
#include "konseki/base/bytes.h"

namespace konseki::formats::evtx {

/// Template definitions met in earlier chunks, by their bytes and place: names are written by their offset,
/// so only the same bytes at the same place with the same names outside them are the same definition.
class KnownDefinitions {
  public:
    /// A part of the body or of the bytes behind it.
    struct Part {
        std::uint32_t offset = 0, size = 0;
    };
    struct Entry {
        const Program* program = nullptr;  ///< null: free
        std::uint32_t offset = 0, body_bytes = 0;
        std::vector<std::byte>
            bytes;                ///< the body, then length and characters of each name outside it
        std::vector<Part> names;  ///< chunk offset, and how many of `bytes`
        std::vector<Part> host_texts;  ///< within the body
    };

    KnownDefinitions();
    /// The definition whose header stands at `offset` of the chunk, with this body; null where it is new.
    const Entry* find(Bytes chunk, std::uint32_t offset, Bytes body) const;
    /// Keeps what a sketch of the body gave, in place of the one of its kind that was kept first.
    void add(Bytes chunk, std::uint32_t offset, Bytes body, const Sketch& sketch,
             const Program* program);
    std::size_t bytes() const { return bytes_; }
    void clear();

  private:
    /// A gigabyte of logs shows some thousand; each keeps about a kilobyte.
    static constexpr std::size_t set_count = 2048;
    static constexpr std::size_t ways = 4;
    using Set = std::array<Entry, ways>;

    std::size_t set_of(Bytes chunk, std::uint32_t offset) const;

    std::vector<Set> sets_;
    std::vector<std::uint8_t> next_way_;
    std::size_t bytes_ = 0;
};

}  // namespace konseki::formats::evtx
