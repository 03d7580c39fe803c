#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"

namespace konseki::detect {

/// Tells for most records, from their raw bytes, that none of a program's keywords is in them.
///
/// A keyword may stand in any value, so every byte of text is looked at. Three bytes of each keyword
/// (of the rarest part, either case) are looked for at 16 places at once by nibble tables; UTF-16 is
/// packed to bytes on the way. Only records with such three bytes are searched properly.
class KeywordScan {
  public:
    /// More keywords than this share too few table bits to rule anything out.
    static constexpr std::size_t max_keywords = 64;

    /// `folded` has three bytes or more.
    void add(std::string_view folded);
    void build();
    /// False: none of the keywords is in the record's values.
    bool could_match(const records::Batch& batch, const records::Record& record) const;

  private:
    bool scan_units(const std::byte* units, std::size_t count) const;
    bool scan_bytes(const std::byte* bytes, std::size_t count) const;

    std::vector<std::string_view> keywords_;
    bool usable_ = false;        ///< all keywords are ASCII, and not too many
    bool needs_numbers_ = false; ///< one could stand in a value that is not text
    std::uint8_t low_[3][16] = {}, high_[3][16] = {};
};

}  // namespace konseki::detect
