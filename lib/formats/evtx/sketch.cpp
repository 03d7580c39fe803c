#include "evtx/instance.h"
#include "evtx/program.h"
#include "konseki/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

// Token numbers and layouts: [MS-EVEN6] 2.2.12 (grammar), libyal/libevtx documentation, "Binary XML".

namespace konseki::formats::evtx {

namespace {

using records::Value;
using records::WireType;

enum Token : std::uint8_t {
    token_end = 0x00,
    token_open = 0x01,
    token_close_start = 0x02,
    token_close_empty = 0x03,
    token_close = 0x04,
    token_value = 0x05,
    token_attribute = 0x06,
    token_cdata = 0x07,
    token_char_ref = 0x08,
    token_entity_ref = 0x09,
    token_pi_target = 0x0a,
    token_pi_data = 0x0b,
    token_template = 0x0c,
    token_normal_substitution = 0x0d,
    token_optional_substitution = 0x0e,
    token_fragment = 0x0f,
};
/// "More data follows": on elements with attributes, and on values and references that are not the last.
constexpr std::uint8_t more_flag = 0x40;
constexpr std::uint32_t fragment_header_bytes = 4;
constexpr std::uint16_t no_dependency = 0xffff;
/// Values of one content stream: what a record's slots can number.
constexpr std::size_t max_content_values = 0x7000;

/// XML's predefined entities; any other stays as it is written.
std::string_view entity_text(std::string_view name) {
    if (name == "amp") return "&";
    if (name == "lt") return "<";
    if (name == "gt") return ">";
    if (name == "quot") return "\"";
    if (name == "apos") return "'";
    return {};
}

class Walker {
  public:
    /// `bytes`: the chunk up to the end of the stream.
    Walker(Bytes bytes, NameCache& names, StreamKind kind, Sketch& out)
        : bytes_(bytes), cursor_(bytes), names_(names), kind_(kind), out_(out) {}

    Result<void> walk(std::uint32_t begin);

  private:
    Result<void> token(std::uint8_t token);
    Result<void> open(bool has_attributes);
    Result<void> attribute();
    Result<void> close_start();
    Result<void> close(OpKind kind);
    Result<void> value();
    Result<void> typed_value(std::uint8_t type);
    Result<void> substitution(bool optional);
    Result<void> cdata();
    Result<void> entity();
    Result<void> splice();
    Result<std::string_view> name();
    Bytes counted_text(const char* what);

    Error bad(const char* what) const { return Error::bad_value(what, cursor_.offset()); }
    static char letter(OpKind kind) { return static_cast<char>('A' + static_cast<int>(kind)); }
    void put(OpKind kind) { out_.text += letter(kind); }
    void put_u16(std::size_t number) {
        const char bytes[] = {static_cast<char>(number & 0xff),
                              static_cast<char>(number >> 8 & 0xff)};
        out_.text.append(bytes, sizeof bytes);
    }
    void put_text(OpKind kind, std::string_view text);
    void literal(std::string_view text) { put_text(OpKind::text, text); }
    Result<void> content_value(Value value);
    /// In content, the Name of a Data element is structure: it names the field.
    bool is_structural() const {
        return kind_ == StreamKind::definition ||
               (in_start_ && is_name_attribute_ && is_data_element_);
    }

    Bytes bytes_;
    Cursor cursor_;
    NameCache& names_;
    StreamKind kind_;
    Sketch& out_;
    std::uint32_t depth_ = 0;
    bool in_start_ = false;       ///< between an element's name and the end of its start tag
    bool has_attribute_ = false;  ///< an attribute is open in it
    bool is_name_attribute_ = false;
    bool is_data_element_ = false;
    bool is_computer_ = false;
    std::string scratch_;
};

Result<std::string_view> Walker::name() {
    const std::uint32_t offset = cursor_.u32("name offset");
    if (cursor_.failed()) return fail(cursor_.error());
    const std::string_view text = names_.at(offset);
    if (text.empty()) return fail(bad("a name that cannot be read"));
    // A name that is used here for the first time in its chunk stands right here.
    if (offset == cursor_.offset()) {
        cursor_.skip(6, "name");
        const std::size_t units = cursor_.u16("name length");
        cursor_.skip(units * 2 + 2, "name");
    } else {
        out_.names.push_back(offset);
    }
    return text;
}

void Walker::put_text(OpKind kind, std::string_view text) {
    // In one piece: content without a template writes a dozen of these for each record.
    const std::size_t size = text.size(), before = out_.text.size();
    out_.text.resize(before + 5 + size);
    char* const at = out_.text.data() + before;
    at[0] = letter(kind);
    for (std::size_t n = 0; n < 4; ++n) at[n + 1] = static_cast<char>(size >> (8 * n) & 0xff);
    if (size != 0) std::memcpy(at + 5, text.data(), size);
}

Bytes Walker::counted_text(const char* what) {
    const std::size_t units = cursor_.u16(what);
    return cursor_.take(units * 2, what);
}

Result<void> Walker::content_value(Value value) {
    if (out_.values.size() >= max_content_values)
        return fail(Error::limit("too many values", cursor_.offset()));
    const std::size_t slot = out_.values.size();
    const char bytes[] = {letter(OpKind::slot), static_cast<char>(slot & 0xff),
                          static_cast<char>(slot >> 8), '\0'};
    out_.text.append(bytes, sizeof bytes);
    out_.values.push_back(value);
    return {};
}

Result<void> Walker::open(bool has_attributes) {
    if (in_start_) return fail(bad("an element inside a start tag"));
    if (depth_ >= max_element_depth)
        return fail(Error::limit("elements nested too deeply", cursor_.offset()));
    std::uint16_t dependency = no_dependency;
    if (kind_ == StreamKind::definition) dependency = cursor_.u16("dependency id");
    cursor_.skip(4, "element size");
    const std::string_view text = TRY(name());
    if (has_attributes) cursor_.skip(4, "attribute list size");
    put_text(OpKind::open, text);
    put_u16(dependency);
    // The value table must hold what an element depends on.
    if (dependency != no_dependency && dependency < max_content_values)
        out_.slot_count =
            std::max<std::uint16_t>(out_.slot_count, static_cast<std::uint16_t>(dependency + 1));
    in_start_ = true;
    has_attribute_ = is_name_attribute_ = false;
    is_data_element_ = text == "Data" || text == "ComplexData";
    is_computer_ = text == "Computer" && depth_ == 2;
    return {};
}

Result<void> Walker::attribute() {
    if (!in_start_) return fail(bad("an attribute outside a start tag"));
    const std::string_view text = TRY(name());
    put_text(OpKind::attribute, text);
    has_attribute_ = true;
    is_name_attribute_ = text == "Name";
    return {};
}

Result<void> Walker::close_start() {
    if (!in_start_) return fail(bad("the end of a start tag outside one"));
    // Tells an attribute's value from the element's text.
    if (has_attribute_) put(OpKind::close_start);
    in_start_ = false;
    ++depth_;
    return {};
}

Result<void> Walker::close(OpKind kind) {
    const bool is_empty = kind == OpKind::close_empty;
    if (is_empty != in_start_) return fail(bad("an end tag out of place"));
    if (!is_empty && depth_-- == 0) return fail(bad("an end tag without its start"));
    in_start_ = false;
    is_computer_ = false;
    put(kind);
    return {};
}

Result<void> Walker::value() {
    const std::uint8_t type = cursor_.u8("value type");
    if (in_start_ && !has_attribute_) return fail(bad("a value inside a start tag"));
    if (type != static_cast<std::uint8_t>(WireType::string)) return typed_value(type);
    const Bytes text = counted_text("value text");
    const Value view{text.data(), static_cast<std::uint32_t>(text.size()), type};
    if (!is_structural()) return content_value(view);
    if (is_computer_ && !in_start_) {
        put(OpKind::host_text);
        put_u16(out_.values.size());
        out_.values.push_back(view);
        return {};
    }
    scratch_.clear();
    append_utf8(scratch_, text);
    literal(scratch_);
    return {};
}

/// A literal of another type than text: manifests do not make them, the grammar allows them.
Result<void> Walker::typed_value(std::uint8_t type) {
    const std::size_t size = records::fixed_size(static_cast<WireType>(type));
    if (type == static_cast<std::uint8_t>(WireType::null)) return {};
    if (size == 0) return fail(bad("a literal of a type that has no size"));
    const Bytes bytes = cursor_.take(size, "value");
    const Value view{bytes.data(), static_cast<std::uint32_t>(bytes.size()), type};
    if (cursor_.failed()) return fail(cursor_.error());
    if (!is_structural()) return content_value(view);
    literal(records::to_text(view));
    return {};
}

Result<void> Walker::substitution(bool optional) {
    if (kind_ != StreamKind::definition) return fail(bad("a substitution outside a template"));
    if (in_start_ && !has_attribute_) return fail(bad("a substitution inside a start tag"));
    const std::uint16_t slot = cursor_.u16("substitution");
    cursor_.skip(1, "substitution type");  // the value table's type is the one that holds
    if (slot >= max_content_values)
        return fail(bad("a substitution number that no record can have"));
    put(OpKind::slot);
    put_u16(slot);
    out_.text += static_cast<char>(optional ? 1 : 0);
    out_.slot_count =
        std::max<std::uint16_t>(out_.slot_count, static_cast<std::uint16_t>(slot + 1));
    return {};
}

Result<void> Walker::cdata() {
    const Bytes text = counted_text("CDATA");
    if (kind_ == StreamKind::content)
        return content_value({text.data(), static_cast<std::uint32_t>(text.size()), 0x01});
    scratch_.clear();
    append_utf8(scratch_, text);
    put_text(OpKind::cdata, scratch_);
    return {};
}

Result<void> Walker::entity() {
    const std::string_view text = TRY(name());
    const std::string_view known = entity_text(text);
    if (!known.empty()) {
        literal(known);
        return {};
    }
    scratch_.assign("&");
    scratch_.append(text).append(";");
    literal(scratch_);
    return {};
}

Result<void> Walker::splice() {
    if (kind_ != StreamKind::content || in_start_)
        return fail(bad("a template instance out of place"));
    const auto at = static_cast<std::uint32_t>(cursor_.offset() - 1);
    const Instance instance = TRY(read_instance(bytes_, at));
    put(OpKind::splice);
    put_u16(out_.splices.size());
    out_.splices.push_back(at);
    cursor_.seek(instance.end, "template instance");
    return {};
}

Result<void> Walker::token(std::uint8_t token) {
    switch (token & ~more_flag) {
        case token_open: return open((token & more_flag) != 0);
        case token_close_start: return close_start();
        case token_close_empty: return close(OpKind::close_empty);
        case token_close: return close(OpKind::close);
        case token_value: return value();
        case token_attribute: return attribute();
        case token_cdata: return cdata();
        case token_char_ref: {
            scratch_.clear();
            append_code_point(scratch_, cursor_.u16("character reference"));
            literal(scratch_);
            return {};
        }
        case token_entity_ref: return entity();
        // Processing instructions carry nothing that an event's fields could hold.
        case token_pi_target: TRY(name()); return {};
        case token_pi_data: counted_text("processing instruction"); return {};
        case token_normal_substitution: return substitution(false);
        case token_optional_substitution: return substitution(true);
        case token_template: return splice();
        case token_fragment: cursor_.skip(fragment_header_bytes - 1, "fragment header"); return {};
        default: return fail(bad("an unknown BinXml token"));
    }
}

Result<void> Walker::walk(std::uint32_t begin) {
    cursor_.seek(begin, "BinXml");
    // Each token takes at least its own byte, so this ends.
    while (!cursor_.failed() && cursor_.left() > 0) {
        const std::uint8_t next = cursor_.u8("token");
        if (next == token_end) break;
        TRY_VOID(token(next));
    }
    if (cursor_.failed()) return fail(cursor_.error());
    if (in_start_ || depth_ != 0) return fail(bad("BinXml that ends inside an element"));
    // A definition of zeros would fit any record and say nothing.
    if (kind_ == StreamKind::definition && out_.text.empty()) return fail(bad("an empty template"));
    out_.end = static_cast<std::uint32_t>(cursor_.offset());
    return {};
}

}  // namespace

Result<void> sketch_stream(Bytes chunk, NameCache& names, std::uint32_t begin, std::uint32_t end,
                           StreamKind kind, Sketch& sketch) {
    sketch.text.clear();
    sketch.values.clear();
    sketch.splices.clear();
    sketch.names.clear();
    sketch.slot_count = 0;
    Walker walker(chunk.first(std::min<std::size_t>(end, chunk.size())), names, kind, sketch);
    TRY_VOID(walker.walk(begin));
    if (kind == StreamKind::content)
        sketch.slot_count = static_cast<std::uint16_t>(sketch.values.size());
    return {};
}

}  // namespace konseki::formats::evtx
