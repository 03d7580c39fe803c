#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/flat.h"
#include "engine/gram_filter.h"
#include "engine/keyword_scan.h"
#include "engine/regex.h"

namespace konseki::detect {

/// A long list of patterns of one field, asked in one pass.
class ListMatcher {
  public:
    ListMatcher(const Flat& flat, const FlatNode& node, const Rarity& rarity);
    /// True where any pattern matches the folded text, which is padded (scan_padding). `marks` has a
    /// place for every test of Flat; those equal to `epoch` were tried before.
    bool match(const Flat& flat, std::string_view folded, bool is_ascii,
               std::vector<std::uint32_t>& marks, std::uint32_t epoch) const;
    /// The same, but appends the tests of all patterns that match, in no order.
    void match_all(const Flat& flat, std::string_view folded, bool is_ascii,
                   std::vector<std::uint32_t>& marks, std::uint32_t epoch,
                   std::vector<std::uint32_t>& out) const;

  private:
    template <class Matches>
    bool visit(std::string_view folded, bool is_ascii, Matches&& matches) const;

    GramFilter filter_;
    std::vector<std::uint32_t> rest_;         ///< tests without a literal
    std::vector<std::uint32_t> beyond_rest_;  ///< those that need a character beyond ASCII
    bool all_beyond_ = true;                  ///< all of the list needs one
};

/// What the flat tables need to be matched: regexes, lists and keyword scans, the last two made on first
/// use. Thread-safe.
class Runtime {
  public:
    explicit Runtime(const Flat& flat);  ///< keeps a reference
    ~Runtime();

    const Rarity& rarity() const { return rarity_; }
    /// Offset of the rarest gram of a test's literal, which has gram_bytes or more.
    std::size_t rarest_gram(std::uint32_t test) const;
    /// Of a test that is a regex.
    const Regex& regex(std::uint32_t test) const { return regexes_.find(test)->second; }
    /// Of a node that is a list.
    const ListMatcher& list(std::uint32_t node) const;
    /// A scan for these keywords, which must be sorted and last as long as the runtime: most programs
    /// share theirs.
    const KeywordScan& keywords(std::vector<std::string_view> keywords) const;

  private:
    const Flat& flat_;
    Rarity rarity_;
    std::unordered_map<std::uint32_t, Regex> regexes_;
    /// Per test 1 + what rarest_gram() gives, once asked: programs share most of their literals.
    mutable std::vector<std::atomic<std::uint32_t>> grams_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::uint32_t, std::unique_ptr<ListMatcher>> lists_;
    mutable std::map<std::vector<std::string_view>, KeywordScan> keywords_;
};

}  // namespace konseki::detect
