#include "evtx/decoder.h"

#include <algorithm>
#include <bit>

// A record is one stream of BinXml: nearly always one template instance, whose last value holds the
// event's own data as another one. Each is read by walking its descriptor table once.

namespace konseki::formats::evtx {

namespace {

using records::Note;
using records::Record;
using records::Shape;
using records::Value;
using records::WireType;

constexpr std::uint8_t token_end = 0x00;
constexpr std::uint8_t token_template = 0x0c;
constexpr std::uint8_t token_fragment = 0x0f;
constexpr std::uint32_t fragment_header_bytes = 4;
constexpr std::uint32_t descriptor_bytes = 4;
/// Of the GUID in a template definition's header, behind the offset of the next definition.
constexpr std::uint32_t guid_at = 4;
/// Streams within streams. Real records nest one or two levels.
constexpr std::uint32_t max_stream_depth = 64;

/// What the decoder must do with a value besides keeping it.
enum class Care : std::uint8_t { none, fixed, ansi, nested, unknown };
struct TypeInfo {
    Care care = Care::unknown;
    std::uint8_t size = 0;
};

/// By the type byte of a descriptor.
constexpr std::array<TypeInfo, 256> type_table = [] {
    std::array<TypeInfo, 256> table{};
    for (std::size_t type = 0; type <= static_cast<std::size_t>(WireType::hex64); ++type) {
        const std::uint8_t size = records::fixed_size(static_cast<WireType>(type));
        table[type] = {size != 0 ? Care::fixed : Care::none, size};
        table[type | records::array_flag] = {Care::none, 0};
    }
    table[0x02] = table[0x82] = {Care::ansi, 0};
    table[0x21] = {Care::nested, 0};
    return table;
}();

bool is_ascii(Bytes bytes) {
    return std::ranges::all_of(bytes,
                               [](std::byte byte) { return static_cast<unsigned>(byte) < 0x80; });
}

}  // namespace

void Decoder::start_chunk(records::Batch& batch, const FileFacts& facts) {
    batch_ = &batch;
    facts_ = facts;
    chunk_ = batch.bytes;
    wants_host_code_page_ = false;
    template_was_cut_ = false;
    if (programs_.bytes() + known_definitions_.bytes() + known_bytes_ > max_cache_bytes) {
        programs_.clear();
        known_shapes_.clear();
        recent_shapes_.fill(nullptr);
        known_definitions_.clear();
        known_bytes_ = 0;
    }
    names_.start_chunk(chunk_);
    ++epoch_;
}

Result<void> Decoder::decode(std::uint32_t begin, std::uint32_t end, Record& record) {
    uses_.clear();
    notes_ = 0;
    depth_ = 0;
    first_value_ = batch_->values.size();
    Result<void> read = read_stream({begin, end, no_parent, 0, false});
    if (read && uses_.empty()) read = fail(Error::bad_value("a record without an event", begin));
    if (!read) {
        batch_->values.resize(first_value_);
        return read;
    }
    const Result<const Shape*> shape = shape_of_record();
    if (!shape) {
        batch_->values.resize(first_value_);
        return fail(shape.error());
    }
    record.shape = *shape;
    record.first_value = static_cast<std::uint32_t>(first_value_);
    if (!record.shape->composites.empty()) fill_composites(*record.shape);
    record.notes = notes_;
    return {};
}

/// A stream: fragment headers, template instances, or elements without a template, up to its end.
Result<void> Decoder::read_stream(const Place& place) {
    std::uint32_t at = place.begin;
    while (at < place.end) {
        const std::uint8_t token = load_u8(chunk_.data() + at);
        if (token == token_end) return {};
        if (token == token_fragment) {
            if (place.end - at < fragment_header_bytes)
                return fail(
                    Error::truncated("fragment header", at, fragment_header_bytes, place.end - at));
            at += fragment_header_bytes;
        } else if (token == token_template) {
            const Instance instance = TRY(read_instance(chunk_.first(place.end), at));
            TRY_VOID(read_template(instance, place));
            at = instance.end;
        } else {
            return read_content({at, place.end, place.parent, place.parent_slot, place.is_splice});
        }
    }
    return {};
}

/// Elements without a template: their texts are the values.
Result<void> Decoder::read_content(const Place& place) {
    if (uses_.size() >= max_record_uses)
        return fail(Error::limit("a record with too many parts", place.begin));
    TRY_VOID(sketch_stream(chunk_, names_, place.begin, place.end, StreamKind::content, sketch_));
    const std::size_t first = batch_->values.size() - first_value_;
    if (first + sketch_.values.size() > max_record_values)
        return fail(Error::limit("a record with too many values", place.begin));
    const auto use = static_cast<std::uint16_t>(uses_.size());
    uses_.push_back({programs_.get(sketch_), static_cast<std::uint16_t>(first), place.parent,
                     place.parent_slot, place.is_splice});
    batch_->values.insert(batch_->values.end(), sketch_.values.begin(), sketch_.values.end());
    const std::vector<std::uint32_t> splices = sketch_.splices;  // the sketch is used again below
    for (std::size_t n = 0; n < splices.size(); ++n) {
        const Instance instance = TRY(read_instance(chunk_.first(place.end), splices[n]));
        TRY_VOID(read_template(instance,
                               {splices[n], place.end, use, static_cast<std::uint16_t>(n), true}));
    }
    return {};
}

/// The definition at a chunk offset, sketched and compiled on its first use in this chunk.
Result<Decoder::Definition*> Decoder::definition_at(std::uint32_t offset) {
    Definition& entry = definitions_[(offset >> 3 ^ offset) % definition_entries];
    if (entry.epoch == epoch_ && entry.offset == offset) return &entry;
    if (offset > chunk_.size() || chunk_.size() - offset < definition_header_bytes)
        return fail(Error::bad_value("a template that lies outside its chunk", offset));
    const std::uint32_t size = load_u32(chunk_.data() + offset + 20);
    const std::uint32_t begin = offset + definition_header_bytes;
    // A size past the chunk is a lie, but the body ends with its own token.
    const auto room = static_cast<std::uint32_t>(chunk_.size() - begin);
    const Bytes body = chunk_.subspan(begin, std::min(size, room));
    if (size > room) template_was_cut_ = true;
    entry.host_texts.clear();
    if (const KnownDefinitions::Entry* const known =
            known_definitions_.find(chunk_, offset, body)) {
        entry.program = known->program;
        for (const KnownDefinitions::Part& text : known->host_texts)
            entry.host_texts.push_back({body.data() + text.offset, text.size,
                                        static_cast<std::uint8_t>(WireType::string)});
    } else {
        entry.epoch = 0;
        TRY_VOID(sketch_stream(chunk_, names_, begin,
                               begin + static_cast<std::uint32_t>(body.size()),
                               StreamKind::definition, sketch_));
        entry.program = programs_.get(sketch_);
        entry.host_texts = sketch_.values;
        known_definitions_.add(chunk_, offset, body, sketch_, entry.program);
    }
    entry.epoch = epoch_;
    entry.offset = offset;
    return &entry;
}

Result<void> Decoder::read_template(const Instance& instance, const Place& place) {
    if (uses_.size() >= max_record_uses || depth_ >= max_stream_depth)
        return fail(Error::limit("a record with too many parts", place.begin));
    const Definition* const definition = TRY(definition_at(instance.definition));
    if (checks_template_ids_ &&
        load_u32(chunk_.data() + instance.definition + guid_at) != instance.template_id)
        return fail(Error::bad_value("its template was overwritten", instance.definition));
    const Program& program = *definition->program;
    const std::size_t first = batch_->values.size() - first_value_;
    const std::size_t count = program.slot_count + definition->host_texts.size();
    if (first + count > max_record_values)
        return fail(Error::limit("a record with too many values", place.begin));
    const auto use = static_cast<std::uint16_t>(uses_.size());
    uses_.push_back({&program, static_cast<std::uint16_t>(first), place.parent, place.parent_slot,
                     place.is_splice});
    // Room for all values first: nested streams append behind them.
    batch_->values.resize(batch_->values.size() + count);
    std::ranges::copy(definition->host_texts,
                      batch_->values.begin() +
                          static_cast<std::ptrdiff_t>(first_value_ + first + program.slot_count));
    read_values(instance, program, use);
    return {};
}

void Decoder::read_values(const Instance& instance, const Program& program, std::uint16_t use) {
    const std::uint32_t count = std::min<std::uint32_t>(instance.value_count, program.slot_count);
    if (count < program.slot_count) note(Note::values_missing);
    const std::byte* descriptor = chunk_.data() + instance.descriptors;
    std::uint32_t at = instance.values;
    const std::size_t base = first_value_ + uses_[use].first_slot;
    std::uint32_t slot = 0;
    for (; slot < count; ++slot, descriptor += descriptor_bytes) {
        const std::uint32_t size = load_u16(descriptor);
        const std::uint8_t type = load_u8(descriptor + 2);
        if (size > instance.end - at) {
            note(Note::value_damaged);
            break;
        }
        const Value value{chunk_.data() + at, size, type};
        at += size;
        const TypeInfo info = type_table[type];
        if (info.care == Care::none || (info.care == Care::fixed && size == info.size)) [[likely]]
            batch_->values[base + slot] = value;
        else
            add_value(value, use, static_cast<std::uint16_t>(slot));
    }
    for (; slot < program.slot_count; ++slot)
        batch_->values[base + slot] = {nullptr, 0, static_cast<std::uint8_t>(WireType::missing)};
}

/// Values that need care: nested BinXml, ANSI text, and sizes that do not fit their type.
void Decoder::add_value(Value value, std::uint16_t use, std::uint16_t slot) {
    const TypeInfo info = type_table[value.type];
    Value& place = batch_->values[first_value_ + uses_[use].first_slot + slot];
    switch (info.care) {
        case Care::none: place = value; return;
        case Care::fixed:
            // Size 0 is "no value"; any other wrong size is kept as the bytes that are there.
            if (value.size == 0) {
                place = {value.data, 0, 0x00};
            } else {
                place = {value.data, value.size, static_cast<std::uint8_t>(WireType::binary)};
                note(Note::value_damaged);
            }
            return;
        case Care::ansi: place = decode_ansi(value); return;
        case Care::nested:
            place = value.size == 0 ? Value{value.data, 0, 0x00} : value;
            if (value.size != 0) nested(value, use, slot);
            return;
        case Care::unknown:
            place = {value.data, value.size, static_cast<std::uint8_t>(WireType::binary)};
            note(Note::value_damaged);
            return;
    }
}

/// BinXml inside a value. What of it cannot be read costs this value only.
void Decoder::nested(const Value& value, std::uint16_t use, std::uint16_t slot) {
    const auto begin = static_cast<std::uint32_t>(value.data - chunk_.data());
    const std::size_t values_before = batch_->values.size(), uses_before = uses_.size();
    ++depth_;
    const Result<void> read = read_stream({begin, begin + value.size, use, slot, false});
    --depth_;
    if (read && uses_.size() != uses_before) return;
    batch_->values.resize(values_before);
    uses_.resize(uses_before);
    batch_->values[first_value_ + uses_[use].first_slot + slot] = {value.data, 0, 0x00};
    if (!read) note(Note::value_damaged);  // else nothing but an end token: no content
}

/// ANSI text by: the code page asked for; the host's language; 932 where the bytes are that; 1252.
Value Decoder::decode_ansi(const Value& value) {
    Bytes bytes = value.bytes();
    const std::uint8_t array = value.type & records::array_flag;
    if (array == 0)
        while (!bytes.empty() && bytes.back() == std::byte{0})
            bytes = bytes.first(bytes.size() - 1);
    if (is_ascii(bytes))
        return {bytes.data(), static_cast<std::uint32_t>(bytes.size()),
                static_cast<std::uint8_t>(0x60 | array)};
    CodePage page = 1252;
    if (facts_.code_page) {
        page = *facts_.code_page;
    } else if (facts_.host_code_page) {
        page = *facts_.host_code_page;
        note(Note::code_page_host);
    } else {
        wants_host_code_page_ = true;
        page = looks_like_cp932(bytes) ? 932 : 1252;
        note(Note::code_page_guessed);
    }
    if (batch_->arena.used() > max_chunk_text) {
        note(Note::truncated_output);
        return {bytes.data(), 0, static_cast<std::uint8_t>(0x60 | array)};
    }
    const std::string_view text = batch_->arena.copy(konseki::decode(page, bytes));
    return {as_bytes(text).data(), static_cast<std::uint32_t>(text.size()),
            static_cast<std::uint8_t>(0x60 | array)};
}

Result<const Shape*> Decoder::shape_of_record() {
    std::uint64_t hash = uses_.size();
    for (const ProgramUse& use : uses_) {
        // Programs live as long as this cache, so their address stands for their content.
        hash = (hash ^ std::bit_cast<std::uintptr_t>(use.program)) * 0x9e3779b97f4a7c15ULL;
        hash ^= hash >> 29 ^ use.parent_slot ^ std::uint64_t{use.parent} << 20;
    }
    const KnownShape* known = recent_shapes_[hash % recent_shapes_.size()];
    if (known == nullptr || known->uses != uses_) known = find_known_shape(hash);
    if (known != nullptr) {
        batch_->values.resize(first_value_ + known->shape->value_count);
        recent_shapes_[hash % recent_shapes_.size()] = known;
        return known->shape;
    }
    const Shape* const shape = TRY(build_new_shape());
    batch_->values.resize(first_value_ + shape->value_count);
    if (shape->id != Shape::batch_owned) {
        known_shapes_.emplace(hash, KnownShape{uses_, shape});
        known_bytes_ += uses_.size() * sizeof(ProgramUse) + 128;
    }
    return shape;
}

const Decoder::KnownShape* Decoder::find_known_shape(std::uint64_t hash) const {
    const auto [begin, end] = known_shapes_.equal_range(hash);
    for (auto at = begin; at != end; ++at)
        if (at->second.uses == uses_) return &at->second;
    return nullptr;
}

Result<const Shape*> Decoder::build_new_shape() {
    write_shape_key(uses_, key_);
    if (const Shape* const known = shapes_.find(key_)) return known;
    const auto value_count = static_cast<std::uint16_t>(batch_->values.size() - first_value_);
    std::unique_ptr<Shape> shape = TRY(build_shape(uses_, value_count));
    if (const Shape* const added = shapes_.add(shape)) return added;
    batch_->own_shapes.push_back(std::move(shape));
    return batch_->own_shapes.back().get();
}

void Decoder::fill_composites(const Shape& shape) {
    for (const records::Composite& composite : shape.composites) {
        text_.clear();
        bool any_value = false;
        for (const records::Composite::Part& part : composite.parts) {
            if (part.slot == records::no_slot) {
                text_ += part.text;
                continue;
            }
            const Value& value = batch_->values[first_value_ + part.slot];
            any_value = any_value || !value.is_null();
            records::append_text(text_, value);
        }
        Value& place = batch_->values[first_value_ + composite.slot];
        if (batch_->arena.used() + text_.size() > max_chunk_text) {
            note(Note::truncated_output);
            place = {};
        } else {
            place = any_value ? Value::utf8(batch_->arena.copy(text_)) : Value{};
        }
    }
}

}  // namespace konseki::formats::evtx
