#include "engine/record_memo.h"

#include <algorithm>
#include <cstring>

#include "konseki/base/hash.h"

namespace konseki::detect {
namespace {

using records::Batch;
using records::Record;
using records::Value;

/// Lookups after which a binding whose records hardly repeat is judged, and records it then rests.
constexpr std::uint32_t judged_after = 128;
constexpr std::uint32_t rest_records = 2048;
/// It goes on where one lookup in so many finds something.
constexpr std::uint32_t least_share = 12;

/// What tells one value of a field from another, but for its bytes.
struct Head {
    std::uint32_t size = 0;
    std::uint8_t type = 0;
    std::uint8_t is_present = 0;
    std::uint16_t spare = 0;
    bool operator==(const Head&) const = default;
};

/// A field of a record; `value` has no bytes where it is absent or null.
Head look_at(const Batch& batch, const Record& record, std::uint16_t index, Value& value) {
    const records::Field& field = record.shape->fields[index];
    if (!batch.has(record, field)) {
        value = {};
        return {};
    }
    value = field.slot == records::no_slot ? Value{} : batch.value(record, field.slot);
    return {value.size, value.type, 1, 0};
}

bool is_same(const RecordMemo::Entry& entry, const Batch& batch, const Record& record) {
    const std::byte* at = entry.key.data();
    for (const std::uint16_t field : entry.fields) {
        Value value;
        const Head head = look_at(batch, record, field, value);
        if (std::memcmp(at, &head, sizeof head) != 0) return false;
        at += sizeof head;
        if (head.size != 0 && std::memcmp(at, value.data, head.size) != 0) return false;
        at += head.size;
    }
    return true;
}

std::uint64_t hash_of(const Batch& batch, const Record& record, const Binding& binding) {
    std::uint64_t hash = binding.serial;
    for (const std::uint16_t field : binding.gate_fields) {
        Value value;
        const Head head = look_at(batch, record, field, value);
        hash = hash64({value.data, head.size}, hash + head.type);
    }
    return hash;
}

}  // namespace

const RecordMemo::Explained* RecordMemo::Entry::find_explained(std::uint32_t rule) const {
    for (std::size_t i = 0; i < explained_count; ++i)
        if (explained[i].rule == rule) return &explained[i];
    return nullptr;
}

bool RecordMemo::rests(const Binding& binding) const {
    Binding::Repeats& repeats = binding.repeats;
    if (repeats.rest != 0) {
        --repeats.rest;
        return true;
    }
    if (repeats.asked < judged_after) return false;
    if (repeats.found * least_share < repeats.asked) repeats.rest = rest_records;
    repeats.asked = repeats.found = 0;
    return repeats.rest != 0;
}

RecordMemo::Entry* RecordMemo::find(const Batch& batch, const Record& record,
                                    const Binding& binding) {
    is_open_ = false;
    // A shape that lives with its batch does not come again.
    if (record.shape->id == records::Shape::batch_owned || rests(binding)) return nullptr;
    if (entries_.empty()) entries_.resize(max_entries);
    hash_ = hash_of(batch, record, binding);
    is_open_ = true;
    ++binding.repeats.asked;
    Entry& entry = entries_[hash_ & (max_entries - 1)];
    if (entry.binding != binding.serial || entry.hash != hash_ || !is_same(entry, batch, record))
        return nullptr;
    ++binding.repeats.found;
    is_open_ = false;
    return &entry;
}

void RecordMemo::forget_all() {
    entries_.clear();
    entries_.resize(max_entries);
    bytes_ = 0;
}

bool RecordMemo::add_fields(Entry& entry, const Batch& batch, const Record& record,
                            const std::vector<std::uint16_t>& fields) {
    for (const std::uint16_t field : fields) {
        if (std::find(entry.fields.begin(), entry.fields.end(), field) != entry.fields.end())
            continue;
        Value value;
        const Head head = look_at(batch, record, field, value);
        const std::size_t at = entry.key.size();
        if (at + sizeof head + head.size > max_key_bytes) return false;
        entry.key.resize(at + sizeof head + head.size);
        std::memcpy(entry.key.data() + at, &head, sizeof head);
        if (head.size != 0) std::memcpy(entry.key.data() + at + sizeof head, value.data, head.size);
        entry.fields.push_back(field);
        bytes_ += sizeof head + head.size;
    }
    return true;
}

RecordMemo::Entry* RecordMemo::store(const Batch& batch, const Record& record,
                                     const Binding& binding,
                                     const std::vector<std::uint16_t>& fields,
                                     std::span<const Hit> hits) {
    if (!is_open_) return nullptr;
    is_open_ = false;
    if (bytes_ > max_bytes) forget_all();
    Entry& entry = entries_[hash_ & (max_entries - 1)];
    bytes_ -= std::min(bytes_, entry.key.size());
    entry.fields.clear();
    entry.key.clear();
    entry.explained_count = 0;
    entry.binding = 0;
    if (!add_fields(entry, batch, record, fields)) return nullptr;
    entry.binding = binding.serial;
    entry.hash = hash_;
    entry.hits.assign(hits.begin(), hits.end());
    return &entry;
}

void RecordMemo::store(Entry& entry, const Batch& batch, const Record& record,
                       const std::vector<std::uint16_t>& fields, std::uint32_t rule,
                       const Explanation& why) {
    if (!add_fields(entry, batch, record, fields)) {
        entry.binding = 0;
        return;
    }
    if (entry.explained_count == entry.explained.size()) entry.explained.emplace_back();
    Explained& kept = entry.explained[entry.explained_count++];
    kept.rule = rule;
    kept.why = why;
    std::size_t size = 0;
    for (const Explanation::Matched& each : why.matched) size += each.value.size();
    kept.texts.resize(size);
    char* at = kept.texts.data();
    for (Explanation::Matched& each : kept.why.matched) {
        char* const end = std::copy(each.value.begin(), each.value.end(), at);
        each.value = {at, each.value.size()};
        at = end;
    }
    bytes_ += size + sizeof kept + kept.why.matched.size() * sizeof(Explanation::Matched);
}

}  // namespace konseki::detect
