#include "engine/keyword_finder.h"

#include <algorithm>
#include <bit>

namespace konseki::detect {
namespace {

using records::Value;
using records::WireType;

bool could_match_literal(const KeywordScan& keywords, const records::Shape& shape) {
    return std::any_of(shape.fields.begin(), shape.fields.end(), [&](const records::Field& field) {
        return field.slot != records::no_slot && field.slot >= records::literal_base &&
               keywords.could_match(shape.literals[field.slot - records::literal_base]);
    });
}

/// Where a value starts in the bytes; their size where it lies elsewhere.
std::size_t place_in(Bytes bytes, const Value& value) {
    const auto at =
        std::bit_cast<std::uintptr_t>(value.data) - std::bit_cast<std::uintptr_t>(bytes.data());
    return at < bytes.size() && value.size <= bytes.size() - at ? at : bytes.size();
}

}  // namespace

void KeywordFinder::begin(const records::Batch& batch) {
    batch_ = &batch;
    is_surveyed_ = false;
    searched_ = 0;
}

/// Finds out where the batch's texts lie.
void KeywordFinder::survey() {
    is_surveyed_ = true;
    has_elsewhere_ = false;
    const Bytes bytes = batch_->bytes;
    std::size_t first = bytes.size(), last = 0;
    for (const records::Record& record : batch_->records) {
        if (!record.shape) continue;
        const Value* value = batch_->values.data() + record.first_value;
        for (const Value* const end = value + record.shape->value_count; value != end; ++value) {
            const WireType type = value->wire();
            if (value->size == 0 || (type != WireType::string && type != WireType::utf8)) continue;
            const std::size_t at = place_in(bytes, *value);
            if (type == WireType::utf8 || at == bytes.size()) {
                has_elsewhere_ = true;
                continue;
            }
            first = std::min(first, at);
            last = std::max(last, at + value->size);
        }
    }
    text_ = first < last ? bytes.subspan(first, last - first) : Bytes{};
}

const KeywordFinder::Search* KeywordFinder::search(const KeywordScan& keywords) {
    for (std::size_t i = 0; i < searched_; ++i)
        if (searches_[i].keywords == &keywords) return &searches_[i];
    if (searched_ == max_sets) return nullptr;
    Search& fresh = searches_[searched_++];
    fresh.keywords = &keywords;
    fresh.places.clear();
    keywords.find(text_, fresh.places);
    return &fresh;
}

bool KeywordFinder::is_in_text(const Value& value) const {
    return value.wire() == WireType::string && place_in(text_, value) != text_.size();
}

bool KeywordFinder::has_place(const Search& search, const Value& value) const {
    const std::size_t at = place_in(text_, value);
    const auto found = std::lower_bound(search.places.begin(), search.places.end(), at);
    return found != search.places.end() && *found < at + value.size;
}

bool KeywordFinder::could_match(const KeywordScan& keywords, const records::Record& record,
                                const Binding& binding) {
    if (!keywords.is_usable()) return true;
    if (binding.literals == Binding::Literals::unknown)
        binding.literals = could_match_literal(keywords, *record.shape) ? Binding::Literals::keyword
                                                                        : Binding::Literals::none;
    if (binding.literals == Binding::Literals::keyword) return true;
    if (!is_surveyed_) survey();
    const Search* const search = this->search(keywords);
    if (!search) return keywords.could_match(*batch_, record);
    if (search->places.empty() && !has_elsewhere_) return false;
    const Value* const values = batch_->values.data() + record.first_value;
    return std::any_of(values, values + record.shape->value_count, [&](const Value& value) {
        return is_in_text(value) ? has_place(*search, value) : keywords.could_match(value);
    });
}

}  // namespace konseki::detect
