#pragma once

#include <cstdint>
#include <vector>

#include "engine/flat.h"
#include "engine/runtime.h"
#include "engine/values.h"

namespace konseki::detect {

/// Bytes of text that regular expressions may read for one record. A full chunk's value against all of
/// SigmaHQ's expressions for one event stays below; beyond it a test is false and counted.
inline constexpr std::uint64_t max_regex_bytes = 8u << 20;

/// Evaluates single tests on values. One per thread.
class Tester {
  public:
    Tester(const Flat& flat, const Runtime& runtime);

    void begin_record() { regex_left_ = max_regex_bytes; }
    /// A test other than field_ref. `found` are the values of its field.
    bool test(std::uint32_t index, Values& values, const Found& found);
    bool field_ref(std::uint32_t index, Values& values, const Found& one, const Found& other);
    bool list(const ListMatcher& list, Values& values, const Found& found);
    /// Appends the tests of all patterns of a list that match any of the values, in no order.
    void list_all(const ListMatcher& list, Values& values, const Found& found,
                  std::vector<std::uint32_t>& out);
    const ListMatcher& list_of(std::uint32_t node) const { return runtime_.list(node); }
    /// Tests that were not run because of max_regex_bytes.
    std::uint64_t capped() const { return capped_; }

  private:
    void next_epoch();
    bool test_item(const FlatTest& test, std::uint32_t index, Values& values, Item& item);
    bool regex(std::uint32_t index, Values& values, Item& item);

    const Flat& flat_;
    const Runtime& runtime_;
    std::uint64_t regex_left_ = max_regex_bytes, capped_ = 0;
    std::vector<std::uint32_t> marks_;  ///< per test of Flat, for ListMatcher
    std::uint32_t epoch_ = 0;
};

}  // namespace konseki::detect
