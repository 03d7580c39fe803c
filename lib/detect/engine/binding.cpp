#include "engine/binding.h"

#include <algorithm>
#include <cstring>

namespace konseki::detect {
namespace {

std::uint64_t sample(const records::Value& value) {
    std::uint64_t out = value.size;
    // The end of a channel or provider name tells most; a mismatch is only a slower look-up.
    if (value.size >= 24)
        out ^=
            load_u64(value.data + value.size - 8) ^ (load_u64(value.data + value.size - 24) << 1);
    return out;
}

bool same_bytes(const std::vector<std::byte>& bytes, const records::Value& value) {
    return bytes.size() == value.size &&
           (bytes.empty() || std::memcmp(bytes.data(), value.data, bytes.size()) == 0);
}

std::vector<std::byte> copy_of(const records::Value& value) {
    return {value.data, value.data + value.size};
}

}  // namespace

SourceFields Binding::of(const Input& input) const {
    const auto list = [&](std::uint32_t index) {
        return index == no_index ? std::span<const std::uint16_t>{} : lists[index];
    };
    return {list(input.direct), list(input.first), list(input.second)};
}

void Binding::append_fields(const SourceFields& read, std::vector<std::uint16_t>& out) const {
    for (const std::span<const std::uint16_t> part : {read.direct, read.first, read.second}) {
        for (const std::uint16_t index : part) {
            const records::Field& field = shape->fields[index];
            const bool is_constant = field.slot >= records::literal_base && field.needs.empty();
            if (!is_constant && std::find(out.begin(), out.end(), index) == out.end())
                out.push_back(index);
        }
    }
}

Binder::Key Binder::key_of(const records::Batch& batch, const records::Record& record) {
    const records::SystemFields& system = record.shape->system;
    return {record.shape, event_id_of(batch, record), batch.field(record, system.channel),
            batch.field(record, system.provider)};
}

bool Binder::is_same(const Binding& binding, const Key& key) {
    return binding.shape == key.shape && binding.event_id == key.event_id &&
           binding.channel_type == key.channel.type && binding.provider_type == key.provider.type &&
           same_bytes(binding.channel, key.channel) && same_bytes(binding.provider, key.provider);
}

std::size_t Binder::hash(const Key& key) {
    std::uint64_t h = key.shape->id * 0x9e3779b97f4a7c15u + key.event_id;
    h = (h ^ sample(key.channel)) * 0xff51afd7ed558ccdu;
    h = (h ^ (h >> 32) ^ sample(key.provider)) * 0xc4ceb9fe1a85ec53u;
    return h >> 40;
}

const Binding& Binder::find(const records::Batch& batch, const records::Record& record) {
    const Key key = key_of(batch, record);
    // A shape that lives with its batch may be followed by another at the same address.
    if (key.shape->id == records::Shape::batch_owned) {
        bind(batch, record, key, temporary_);
        return temporary_;
    }
    if (last_ && is_same(*last_, key)) return *last_;
    std::size_t slot = hash(key) & (table_.size() - 1);
    for (; table_[slot] != no_index; slot = (slot + 1) & (table_.size() - 1))
        if (is_same(bindings_[table_[slot]], key)) return *(last_ = &bindings_[table_[slot]]);
    if (bindings_.size() >= max_bindings) {
        bindings_.clear();
        std::fill(table_.begin(), table_.end(), no_index);
        slot = hash(key) & (table_.size() - 1);
    }
    table_[slot] = static_cast<std::uint32_t>(bindings_.size());
    bind(batch, record, key, bindings_.emplace_back());
    return *(last_ = &bindings_.back());
}

void Binder::bind(const records::Batch& batch, const records::Record& record, const Key& key,
                  Binding& out) {
    out.serial = ++made_;
    out.shape = key.shape;
    out.event_id = key.event_id;
    out.channel = copy_of(key.channel);
    out.provider = copy_of(key.provider);
    out.channel_type = key.channel.type;
    out.provider_type = key.provider.type;
    out.fields = store_.names().resolve(*key.shape);

    out.rule_class = store_.find_class(route_key_of(batch, record));

    const std::vector<std::uint32_t>& names = out.rule_class.get().traits.names;
    Presence presence(names.size() / 64 + 1, 0);
    out.lists.clear();
    out.checks.clear();
    out.literals = Binding::Literals::unknown;
    for (std::size_t i = 0; i < names.size(); ++i) {
        out.lists.push_back(out.fields.of(names[i]));
        if (!out.lists.back().empty()) presence[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    out.program = store_.find_program(out.rule_class, presence);
    out.gate_fields.clear();
    out.repeats = {};
    if (!out.program) return;
    for (const Gate& gate : out.program->gates)
        out.append_fields(out.of(out.program->inputs[gate.input]), out.gate_fields);
}

}  // namespace konseki::detect
