#include "engine/evaluate.h"

#include <algorithm>
#include <cstring>

#include "engine/numbers.h"
#include "engine/pattern.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Test::Kind;

/// Pairs of values that a field_ref compares: both fields may hold thousands of values.
constexpr std::uint64_t max_compared_pairs = 65'536;

bool refers(sigma::Test::RefKind kind, std::string_view one, std::string_view other) {
    switch (kind) {
        case sigma::Test::RefKind::equals: return one == other;
        case sigma::Test::RefKind::contains:
            return find_text(one, other, 0) != std::string_view::npos;
        case sigma::Test::RefKind::starts_with: return one.starts_with(other);
        default: return one.ends_with(other);
    }
}

}  // namespace

Tester::Tester(const Flat& flat, const Runtime& runtime) : flat_(flat), runtime_(runtime) {}

bool Tester::test(std::uint32_t index, Values& values, const Found& found) {
    const FlatTest& test = flat_.tests[index];
    const auto kind = static_cast<Kind>(test.kind);
    if (kind == Kind::exists) return found.present;
    if (kind == Kind::is_null && !found.present) return true;
    for (Item& item : values.items(found)) {
        // A value that is not there matches nothing but null.
        if (item.value.is_null()) {
            if (kind == Kind::is_null) return true;
            continue;
        }
        if (test_item(test, index, values, item)) return true;
    }
    return false;
}

bool Tester::test_item(const FlatTest& test, std::uint32_t index, Values& values, Item& item) {
    switch (static_cast<Kind>(test.kind)) {
        case Kind::pattern:
            // The folded text is there already and rules most out.
            if (test.beyond_ascii != 0 && (values.folded(item), item.is_ascii)) return false;
            if (test.cased == 0) return match_pattern(flat_, test, values.folded(item));
            if (find_text(values.folded(item), flat_.text(test.literal), 0) ==
                std::string_view::npos)
                return false;
            return match_pattern(flat_, test, values.text(item));
        case Kind::number: return equals_number(test, flat_.text(test.written), values.text(item));
        case Kind::regex: return regex(index, values, item);
        case Kind::cidr:
            if (!item.is_address) item.is_address = parse_address(values.text(item), item.address);
            return *item.is_address && is_within(item.address, test.address, test.prefix_bits);
        case Kind::compare:
        case Kind::time_equal: return compares(test, item.value, values.text(item));
        default: return false;
    }
}

bool Tester::regex(std::uint32_t index, Values& values, Item& item) {
    const Regex& regex = runtime_.regex(index);
    if (!regex.could_match(values.folded(item))) return false;
    const std::string_view text = values.text(item);
    if (text.size() > regex_left_) {
        ++capped_;
        return false;
    }
    regex_left_ -= text.size();
    return regex.search(text);
}

bool Tester::field_ref(std::uint32_t index, Values& values, const Found& one, const Found& other) {
    const auto kind = static_cast<sigma::Test::RefKind>(flat_.tests[index].ref_kind);
    std::uint64_t pairs = 0;
    for (Item& left : values.items(one)) {
        if (left.value.is_null() || pairs > max_compared_pairs) continue;
        pairs += other.count;
        for (Item& right : values.items(other))
            if (!right.value.is_null() && refers(kind, values.folded(left), values.folded(right)))
                return true;
    }
    return false;
}

void Tester::next_epoch() {
    if (marks_.empty()) marks_.resize(flat_.tests.size());
    if (++epoch_ != 0) return;
    std::fill(marks_.begin(), marks_.end(), 0);
    epoch_ = 1;
}

bool Tester::list(const ListMatcher& list, Values& values, const Found& found) {
    for (Item& item : values.items(found)) {
        if (item.value.is_null()) continue;
        next_epoch();
        const std::string_view folded = values.folded(item);
        if (list.match(flat_, folded, item.is_ascii, marks_, epoch_)) return true;
    }
    return false;
}

void Tester::list_all(const ListMatcher& list, Values& values, const Found& found,
                      std::vector<std::uint32_t>& out) {
    for (Item& item : values.items(found)) {
        if (item.value.is_null()) continue;
        next_epoch();
        const std::string_view folded = values.folded(item);
        list.match_all(flat_, folded, item.is_ascii, marks_, epoch_, out);
    }
}

}  // namespace konseki::detect
