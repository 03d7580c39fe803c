#pragma once

#include <cstdint>
#include <vector>

#include "engine/binding.h"
#include "engine/keyword_scan.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Tells for most records of a batch that none of a program's keywords is in them.
///
/// Nearly all text of a batch lies in its bytes as UTF-16, so these are searched once for each set of
/// keywords, and as a rule that settles it for all records. Texts that lie elsewhere (decoded, put
/// together, literals of shapes) are looked at one by one. One per thread.
class KeywordFinder {
  public:
    /// Sets of keywords that a batch is searched for as a whole; records that ask for further ones are
    /// searched by themselves. Live logs ask for one to three.
    static constexpr std::size_t max_sets = 4;

    /// A new batch, or new content of one.
    void begin(const records::Batch& batch);
    /// False: none of the keywords is in the values of a record of the batch. `binding` is the record's.
    bool could_match(const KeywordScan& keywords, const records::Record& record,
                     const Binding& binding);

  private:
    struct Search {
        const KeywordScan* keywords = nullptr;
        std::vector<std::uint32_t> places;  ///< in text_, sorted
    };
    void survey();
    const Search* search(const KeywordScan& keywords);
    bool has_place(const Search& search, const records::Value& value) const;
    bool is_in_text(const records::Value& value) const;

    const records::Batch* batch_ = nullptr;
    bool is_surveyed_ = false;
    Bytes text_;                  ///< from the first to the last UTF-16 value in the batch's bytes
    bool has_elsewhere_ = false;  ///< some record has text that lies elsewhere or is not UTF-16
    std::size_t searched_ = 0;
    Search searches_[max_sets];
};

}  // namespace konseki::detect
