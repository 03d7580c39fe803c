#include "konseki/scenario/evtx_damage.h"

#include <algorithm>
#include <cstring>

#include "konseki/base/bytes.h"

namespace konseki::scenario::evtx {

namespace {
template <class T>
void set(Image& image, std::uint64_t at, T number) {
    if (at + sizeof number <= image.bytes.size())
        std::memcpy(image.bytes.data() + at, &number, sizeof number);
}
std::uint64_t chunk_at(std::size_t chunk) { return header_bytes + chunk * chunk_bytes; }

void invert_u32(Image& image, std::uint64_t at) {
    set(image, at, ~load_u32(image.bytes.data() + at));
}
}  // namespace

void cut(Image& image, std::uint64_t offset) { image.bytes.resize(offset); }
void set_record_size(Image& image, std::size_t record, std::uint32_t size) {
    set(image, image.records[record].offset + 4, size);
}
void set_size_copy(Image& image, std::size_t record, std::uint32_t size) {
    const RecordPlace& place = image.records[record];
    set(image, place.offset + place.size - 4, size);
}
void set_definition_offset(Image& image, std::size_t record, std::uint32_t offset) {
    set(image, image.records[record].definition_field, offset);
}
void link_definition_to_itself(Image& image, std::size_t record) {
    const std::uint64_t definition = image.records[record].definition;
    set(image, definition, static_cast<std::uint32_t>((definition - header_bytes) % chunk_bytes));
}
void set_definition_size(Image& image, std::size_t record, std::uint32_t size) {
    set(image, image.records[record].definition + 20, size);
}
void set_value_count(Image& image, std::size_t record, std::uint32_t count) {
    set(image, image.records[record].count_field, count);
}
void set_descriptor(Image& image, std::size_t record, std::size_t value, std::uint16_t size,
                    std::uint8_t type) {
    set(image, image.records[record].descriptors + value * 4, size);
    set(image, image.records[record].descriptors + value * 4 + 2, type);
}
void break_chunk_checksums(Image& image, std::size_t chunk) {
    invert_u32(image, chunk_at(chunk) + 52);
    invert_u32(image, chunk_at(chunk) + 124);
}
void break_file_checksum(Image& image) { invert_u32(image, 124); }
void break_chunk_magic(Image& image, std::size_t chunk) {
    set(image, chunk_at(chunk), std::uint32_t{0x6b636142});
}
void break_file_magic(Image& image) { set(image, 0, std::uint32_t{0x6b636142}); }
void set_free_space(Image& image, std::size_t chunk, std::uint32_t offset) {
    set(image, chunk_at(chunk) + 48, offset);
}
void set_chunk_ids(Image& image, std::size_t chunk, std::uint64_t first, std::uint64_t last) {
    set(image, chunk_at(chunk) + 24, first);
    set(image, chunk_at(chunk) + 32, last);
}

void make_header_stale(Image& image, std::uint64_t last_chunk, std::uint16_t count,
                       std::uint64_t next_record_id) {
    set(image, 16, last_chunk);
    set(image, 24, next_record_id);
    set(image, 42, count);
    set(image, 120, std::uint32_t{1});
    set(image, 124, crc32(Bytes(image.bytes).first(120)));
}

void zero_chunk(Image& image, std::size_t chunk, std::size_t bytes) {
    const auto start = image.bytes.begin() + static_cast<std::ptrdiff_t>(chunk_at(chunk));
    std::fill(start, start + static_cast<std::ptrdiff_t>(bytes), std::byte{0});
}

void exchange_chunks(Image& image, std::size_t a, std::size_t b) {
    const auto at = [&](std::size_t chunk) {
        return image.bytes.begin() + static_cast<std::ptrdiff_t>(chunk_at(chunk));
    };
    std::swap_ranges(at(a), at(a) + static_cast<std::ptrdiff_t>(chunk_bytes), at(b));
    for (RecordPlace& place : image.records) {
        const std::size_t chunk = (place.offset - header_bytes) / chunk_bytes;
        if (chunk != a && chunk != b) continue;
        const std::uint64_t move = chunk_at(chunk == a ? b : a) - chunk_at(chunk);
        for (std::uint64_t* offset : {&place.offset, &place.definition_field, &place.count_field,
                                      &place.descriptors, &place.definition})
            if (*offset != 0) *offset += move;
    }
}

void make_slack(Image& image, std::size_t chunk, std::size_t count) {
    std::vector<const RecordPlace*> inside;
    for (const RecordPlace& place : image.records)
        if ((place.offset - header_bytes) / chunk_bytes == chunk) inside.push_back(&place);
    if (count >= inside.size()) return;
    const RecordPlace& last = *inside[inside.size() - count - 1];
    const std::uint64_t start = chunk_at(chunk);
    set(image, start + 16, load_u64(image.bytes.data() + start + 16) - count);
    set(image, start + 32, last.id);
    set(image, start + 44, static_cast<std::uint32_t>(last.offset - start));
    set(image, start + 48, static_cast<std::uint32_t>(last.offset + last.size - start));
}

void fill_tables(Image& image, std::size_t chunk, std::uint32_t offset) {
    for (std::size_t at = 128; at < chunk_header_bytes; at += 4)
        set(image, chunk_at(chunk) + at, offset);
}

void link_names_in_a_circle(Image& image, std::size_t chunk) {
    const std::uint64_t start = chunk_at(chunk);
    std::vector<std::uint32_t> names;
    for (std::size_t at = 128; at < 384; at += 4)
        if (const std::uint32_t name = load_u32(image.bytes.data() + start + at); name != 0)
            names.push_back(name);
    if (names.empty()) return;
    for (std::size_t i = 0; i < names.size(); ++i)
        set(image, start + names[i], names[(i + 1) % names.size()]);
    for (std::size_t at = 128; at < 384; at += 4)
        set(image, start + at, names[at / 4 % names.size()]);
}

void reseal(Image& image) {
    const Bytes all(image.bytes);
    if (all.size() < header_bytes) return;
    set(image, 124, crc32(all.first(120)));
    for (std::uint64_t at = header_bytes; at + chunk_bytes <= all.size(); at += chunk_bytes) {
        const Bytes chunk = all.subspan(at, chunk_bytes);
        const std::uint32_t free = load_u32(chunk.data() + 48);
        if (free >= chunk_header_bytes && free <= chunk_bytes)
            set(image, at + 52,
                crc32(chunk.subspan(chunk_header_bytes, free - chunk_header_bytes)));
        set(image, at + 124, crc32(chunk.subspan(128, 384), crc32(chunk.first(120))));
    }
}

namespace {
Image log_of(const Template& definition, std::vector<Value> values) {
    Instance instance{&definition, std::move(values)};
    return make_log({record(1, filetime_of(1'555'462'800), std::move(instance))});
}
}  // namespace

Image doubling_bomb(std::size_t levels) {
    Template pair;
    pair.guid[0] = 2;
    pair.nodes = {element("E", {slot(0, Type::binxml), slot(0, Type::binxml)})};
    Instance inner{&pair, {value::string("x")}};
    for (std::size_t level = 0; level < levels; ++level)
        inner = Instance{&pair, {value::nested(inner)}};
    return make_log({record(1, filetime_of(1'555'462'800), std::move(inner))});
}

Image repeating_bomb(std::size_t uses, std::size_t value_bytes) {
    Template many;
    many.guid[0] = 3;
    many.nodes = {element("Event", std::vector<Node>(uses, slot(0, Type::string)))};
    return log_of(many, {value::raw(Type::string, std::string(value_bytes, 'A'))});
}

Image deep_elements(std::size_t depth) {
    Template deep;
    deep.guid[0] = 4;
    Node node = element("E", {slot(0, Type::string)});
    for (std::size_t level = 1; level < depth; ++level) {
        Node outer = element("E");
        outer.children.push_back(std::move(node));
        node = std::move(outer);
    }
    deep.nodes.push_back(std::move(node));
    return log_of(deep, {value::string("bottom")});
}

Image deep_instances(std::size_t depth) {
    Template one;
    one.guid[0] = 5;
    one.nodes = {element("E", {slot(0, Type::binxml)})};
    Value inner = value::string("bottom");
    for (std::size_t level = 1; level < depth; ++level) {
        Instance instance{&one, {}};
        instance.values.push_back(std::move(inner));
        inner = value::nested(std::move(instance));
    }
    Instance top{&one, {}};
    top.values.push_back(std::move(inner));
    return make_log({record(1, filetime_of(1'555'462'800), std::move(top))});
}

}  // namespace konseki::scenario::evtx
