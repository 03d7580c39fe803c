#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/print_search.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Tells for most records, from their raw bytes, that none of a program's keywords is in them.
///
/// A keyword may stand in any value, so every byte of text is looked at. Three bytes of each keyword
/// (of the rarest part, either case) are looked for at 16 places at once by nibble tables; UTF-16 is
/// packed to bytes on the way. Where they stand, the whole keyword is compared.
class KeywordScan {
  public:
    /// More keywords than this share too few table bits to rule anything out.
    static constexpr std::size_t max_keywords = 256;

    /// `folded` has three bytes or more.
    void add(std::string_view folded);
    void build();
    /// False: the keywords cannot be looked for, or one could stand in a value that is not text. Every
    /// record must be searched properly then.
    bool is_usable() const { return usable_ && !needs_numbers_; }
    /// False: none of the keywords is in the record's values.
    bool could_match(const records::Batch& batch, const records::Record& record) const;
    /// The same for one value.
    bool could_match(const records::Value& value) const;
    /// Appends places in `bytes`, in order, at which a keyword stands as UTF-16; those that begin at an
    /// odd byte as well.
    void find(Bytes bytes, std::vector<std::uint32_t>& places) const;

  private:
    static constexpr std::size_t buckets = 8;
    struct Keyword {
        std::string_view text;
        std::size_t print = 0;  ///< where its three bytes stand
    };
    /// UTF-16 text of a value.
    struct Units {
        const std::byte* data;
        std::size_t count;
    };
    void add_to_bucket(const Keyword& keyword, std::size_t bucket);
    bool scan(Units units) const;
    bool scan_bytes(Bytes bytes) const;
    bool is_at(Units units, std::size_t place, std::uint8_t bucket_bits) const;
    bool is_keyword_at(Bytes bytes, std::size_t at) const;
    static bool matches(Units units, std::size_t from, std::string_view keyword);

    std::vector<Keyword> keywords_;
    std::vector<Keyword> in_bucket_[buckets];
    std::size_t longest_ = 0;
    bool usable_ = false;         ///< all keywords are ASCII, and not too many
    bool needs_numbers_ = false;  ///< one could stand in a value that is not text
    PrintTables prints_;
};

}  // namespace konseki::detect
