#include "evtx_chunk.h"

#include <cstring>

#include "konseki/base/bytes.h"

namespace konseki::scenario::evtx {

namespace {
constexpr std::uint32_t more_follows = 0x40;
constexpr std::string_view chunk_magic{"ElfChnk\0", 8};
constexpr std::string_view record_magic{"\x2a\x2a\0\0", 4};
}  // namespace

ChunkBuilder::ChunkBuilder(const LogOptions& options, std::uint64_t first_number)
    : options_(options), first_number_(first_number), bytes_(chunk_header_bytes, '\0') {
    bytes_.reserve(chunk_bytes * 2);
}

void ChunkBuilder::put_u16(std::uint32_t number) {
    put_u8(number & 0xff);
    put_u8(number >> 8 & 0xff);
}
void ChunkBuilder::put_u32(std::uint32_t number) {
    bytes_.append(4, '\0');
    set_u32(bytes_.size() - 4, number);
}
void ChunkBuilder::put_u64(std::uint64_t number) {
    bytes_.append(8, '\0');
    set_u64(bytes_.size() - 8, number);
}
void ChunkBuilder::set_u16(std::size_t at, std::uint32_t number) {
    const auto narrow = static_cast<std::uint16_t>(number);
    std::memcpy(bytes_.data() + at, &narrow, sizeof narrow);
}
void ChunkBuilder::set_u32(std::size_t at, std::uint32_t number) {
    std::memcpy(bytes_.data() + at, &number, sizeof number);
}
void ChunkBuilder::set_u64(std::size_t at, std::uint64_t number) {
    std::memcpy(bytes_.data() + at, &number, sizeof number);
}

// Name offset, and at the first use in the chunk the name itself behind it: link to the older name of the
// bucket, hash, number of characters, text, NUL (libyal/libevtx documentation, "Name").
void ChunkBuilder::put_name(const std::string& name) {
    if (const auto known = names_.find(std::string_view(name)); known != names_.end()) {
        put_u32(known->second);
        return;
    }
    const std::uint32_t offset = here() + 4;
    const std::string units = utf16(name);
    const std::uint16_t hash = name_hash(units);
    put_u32(offset);
    std::uint32_t& head = name_heads_[hash % name_heads_.size()];
    put_u32(head);
    head = offset;
    put_u16(hash);
    put_u16(static_cast<std::uint32_t>(units.size() / 2));
    bytes_ += units;
    put_u16(0);
    names_.emplace(name, offset);
    name_order_.push_back(name);
}

void ChunkBuilder::put_text(std::uint32_t token, std::string_view utf8) {
    const std::string units = utf16(utf8);
    put_u8(token);
    if ((token & ~more_follows) == 0x05) put_u8(static_cast<std::uint32_t>(Type::string));
    put_u16(static_cast<std::uint32_t>(units.size() / 2));
    bytes_ += units;
}

void ChunkBuilder::put_nodes(const std::vector<Node>& nodes, bool in_template) {
    for (std::size_t i = 0; i < nodes.size(); ++i)
        put_node(nodes[i], in_template, i + 1 < nodes.size());
}

void ChunkBuilder::put_node(const Node& node, bool in_template, bool more) {
    const std::uint32_t flag = more ? more_follows : 0;
    switch (node.kind) {
        case Node::Kind::element: put_element(node, in_template); break;
        case Node::Kind::text: put_text(0x05 | flag, node.text); break;
        case Node::Kind::cdata: put_text(0x07 | flag, node.text); break;
        case Node::Kind::char_ref:
            put_u8(0x08 | flag);
            put_u16(node.number);
            break;
        case Node::Kind::entity_ref:
            put_u8(0x09 | flag);
            put_name(node.name);
            break;
        case Node::Kind::pi:
            put_u8(0x0a);
            put_name(node.name);
            put_text(0x0b, node.text);
            break;
        case Node::Kind::slot:
        case Node::Kind::optional:
            put_u8(node.kind == Node::Kind::slot ? 0x0d : 0x0e);
            put_u16(node.number);
            put_u8(static_cast<std::uint32_t>(node.type));
            break;
        case Node::Kind::raw: bytes_ += node.text; break;
    }
}

void ChunkBuilder::put_element(const Node& node, bool in_template) {
    put_u8(node.attributes.empty() ? 0x01 : 0x01 | more_follows);
    if (in_template) put_u16(node.dependency);
    const std::size_t size_at = bytes_.size();
    put_u32(0);
    put_name(node.name);
    if (!node.attributes.empty()) put_attributes(node.attributes, in_template);
    if (node.closed_empty) {
        put_u8(0x03);
    } else {
        put_u8(0x02);
        put_nodes(node.children, in_template);
        put_u8(0x04);
    }
    set_u32(size_at, static_cast<std::uint32_t>(bytes_.size() - size_at - 4));
}

void ChunkBuilder::put_attributes(const std::vector<Attribute>& attributes, bool in_template) {
    const std::size_t size_at = bytes_.size();
    put_u32(0);
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        put_u8(i + 1 < attributes.size() ? 0x06 | more_follows : 0x06);
        put_name(attributes[i].name);
        put_nodes(attributes[i].value, in_template);
    }
    set_u32(size_at, static_cast<std::uint32_t>(bytes_.size() - size_at - 4));
}

void ChunkBuilder::put_fragment(const Fragment& fragment, RecordPlace* place) {
    if (fragment.fragment_header) bytes_.append("\x0f\x01\x01\x00", 4);
    put_nodes(fragment.nodes, false);
    for (const Instance& instance : fragment.instances) {
        put_instance(instance, place);
        place = nullptr;
    }
}

// The hash that Windows uses for this table is not published: readers can take it as a hint only.
std::uint32_t ChunkBuilder::link_template(const Template& definition, std::uint32_t offset) {
    std::uint32_t& head = template_heads_[definition.guid[0] % template_heads_.size()];
    const std::uint32_t older = head;
    head = offset;
    templates_.emplace(&definition, offset);
    template_order_.push_back(&definition);
    return older;
}

void ChunkBuilder::put_definition(const Template& definition) {
    put_u32(link_template(definition, here()));
    bytes_.append(as_text(std::as_bytes(std::span(definition.guid))));
    const std::size_t size_at = bytes_.size();
    put_u32(0);
    if (definition.fragment_header) bytes_.append("\x0f\x01\x01\x00", 4);
    put_nodes(definition.nodes, true);
    put_u8(0x00);
    set_u32(size_at, static_cast<std::uint32_t>(bytes_.size() - size_at - 4));
}

void ChunkBuilder::put_instance(const Instance& instance, RecordPlace* place) {
    put_u8(0x0c);
    put_u8(0x01);
    std::uint32_t id = 0;
    std::memcpy(&id, instance.definition->guid.data(), sizeof id);
    put_u32(id);
    const std::size_t field = bytes_.size();
    if (const auto known = templates_.find(instance.definition); known != templates_.end()) {
        put_u32(known->second);
    } else {
        put_u32(here() + 4);
        put_definition(*instance.definition);
    }
    const std::size_t count_at = bytes_.size();
    put_u32(static_cast<std::uint32_t>(instance.values.size()));
    const std::size_t descriptors = bytes_.size();
    for (const Value& value : instance.values) {
        put_u16(0);
        put_u16(static_cast<std::uint32_t>(value.type));
    }
    for (std::size_t i = 0; i < instance.values.size(); ++i) {
        const std::size_t start = bytes_.size();
        put_value(instance.values[i]);
        const std::size_t size = bytes_.size() - start;
        if (size > 0xffff) value_too_large_ = true;
        set_u16(descriptors + i * 4, static_cast<std::uint32_t>(size));
    }
    if (place == nullptr) return;
    place->definition_field = field;
    place->count_field = count_at;
    place->descriptors = descriptors;
    place->definition = templates_.find(instance.definition)->second;
}

void ChunkBuilder::put_value(const Value& value) {
    bytes_ += value.bytes;
    for (const Fragment& fragment : value.fragments) put_fragment(fragment, nullptr);
    if (!value.fragments.empty() && value.ends) put_u8(0x00);
}

void ChunkBuilder::undo(const Undo& state) {
    bytes_.resize(state.bytes);
    for (; name_order_.size() > state.names; name_order_.pop_back())
        names_.erase(name_order_.back());
    for (; template_order_.size() > state.templates; template_order_.pop_back())
        templates_.erase(template_order_.back());
    name_heads_ = state.name_heads;
    template_heads_ = state.template_heads;
}

bool ChunkBuilder::add(const Record& record, RecordPlace& place) {
    const Undo before{bytes_.size(), name_order_.size(), template_order_.size(), name_heads_,
                      template_heads_};
    const std::uint32_t start = here();
    bytes_ += record_magic;
    put_u32(0);
    put_u64(record.id);
    put_u64(record.written);
    value_too_large_ = false;
    for (std::size_t i = 0; i < record.fragments.size(); ++i)
        put_fragment(record.fragments[i], i == 0 ? &place : nullptr);
    if (record.ends) put_u8(0x00);
    while ((bytes_.size() + 4) % 8 != 0)
        put_u8(0x00);  // records of Windows are multiples of 8 bytes
    const auto size = static_cast<std::uint32_t>(bytes_.size() + 4 - start);
    put_u32(size);
    set_u32(start + 4, size);
    // A record never fills its chunk to the last byte: none does in 1,067 chunks of Windows, and libevtx
    // 20181227 leaves such a record out.
    if (bytes_.size() >= chunk_bytes || value_too_large_) {
        undo(before);
        return false;
    }
    place.offset = last_record_ = start;
    place.size = size;
    place.id = last_id_ = record.id;
    if (count_++ == 0) first_id_ = record.id;
    return true;
}

// libyal/libevtx documentation, "Chunk header".
std::string ChunkBuilder::finish() {
    std::memcpy(bytes_.data(), chunk_magic.data(), chunk_magic.size());
    set_u64(8, first_number_);
    set_u64(16, count_ == 0 ? first_number_ : first_number_ + count_ - 1);
    set_u64(24, first_id_);
    set_u64(32, last_id_);
    set_u32(40, 128);
    set_u32(44, last_record_);
    set_u32(48, here());
    if (options_.tables) {
        for (std::size_t i = 0; i < name_heads_.size(); ++i) set_u32(128 + i * 4, name_heads_[i]);
        for (std::size_t i = 0; i < template_heads_.size(); ++i)
            set_u32(384 + i * 4, template_heads_[i]);
    }
    set_u32(120, 1);
    if ((options_.flags & 4) == 0) {
        const Bytes all = as_bytes(bytes_);
        set_u32(52, crc32(all.subspan(chunk_header_bytes)));
        set_u32(124, crc32(all.subspan(128, 384), crc32(all.first(120))));
    }
    bytes_.resize(chunk_bytes, '\0');
    return std::move(bytes_);
}

}  // namespace konseki::scenario::evtx
