#include "konseki/scenario/evtx_content.h"

#include <cstring>
#include <utility>

namespace konseki::scenario::evtx {

Node element(std::string name, std::vector<Node> children) {
    return element(std::move(name), std::vector<Attribute>{}, std::move(children));
}

Node element(std::string name, std::vector<Attribute> attributes, std::vector<Node> children) {
    Node node;
    node.name = std::move(name);
    node.attributes = std::move(attributes);
    node.children = std::move(children);
    return node;
}

Node empty_element(std::string name, std::vector<Attribute> attributes) {
    Node node = element(std::move(name), std::move(attributes), {});
    node.closed_empty = true;
    return node;
}

namespace {
Node with_text(Node::Kind kind, std::string utf8) {
    Node node;
    node.kind = kind;
    node.text = std::move(utf8);
    return node;
}
Node substitution(Node::Kind kind, std::uint16_t index, Type type) {
    Node node;
    node.kind = kind;
    node.number = index;
    node.type = type;
    return node;
}
}  // namespace

Node text(std::string utf8) { return with_text(Node::Kind::text, std::move(utf8)); }
Node cdata(std::string utf8) { return with_text(Node::Kind::cdata, std::move(utf8)); }
Node raw(std::string bytes) { return with_text(Node::Kind::raw, std::move(bytes)); }
Node slot(std::uint16_t index, Type type) { return substitution(Node::Kind::slot, index, type); }
Node optional_slot(std::uint16_t index, Type type) {
    return substitution(Node::Kind::optional, index, type);
}
Node char_ref(std::uint16_t code) { return substitution(Node::Kind::char_ref, code, Type::null); }

Node entity_ref(std::string name) {
    Node node;
    node.kind = Node::Kind::entity_ref;
    node.name = std::move(name);
    return node;
}

Node pi(std::string target, std::string data) {
    Node node = with_text(Node::Kind::pi, std::move(data));
    node.name = std::move(target);
    return node;
}

Node data_slot(std::string name, std::uint16_t index, Type type) {
    return element("Data", std::vector<Attribute>{{"Name", {text(std::move(name))}}},
                   {slot(index, type)});
}

Node depends_on(std::uint16_t index, Node node) {
    node.dependency = index;
    return node;
}

Fragment fragment(Instance instance) {
    Fragment made;
    made.instances.push_back(std::move(instance));
    return made;
}

Fragment fragment(Node node) {
    Fragment made;
    made.nodes.push_back(std::move(node));
    return made;
}

std::array<std::uint8_t, 16> parse_guid(std::string_view text) {
    std::array<std::uint8_t, 16> in_order{};
    std::size_t digits = 0;
    for (const char c : text) {
        int digit = -1;
        if (c >= '0' && c <= '9') digit = c - '0';
        if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0 || digits == 32) continue;
        in_order[digits / 2] = static_cast<std::uint8_t>(in_order[digits / 2] * 16 + digit);
        ++digits;
    }
    // The first three groups are numbers and so stand little-endian ([MS-DTYP] 2.3.4.2).
    std::swap(in_order[0], in_order[3]);
    std::swap(in_order[1], in_order[2]);
    std::swap(in_order[4], in_order[5]);
    std::swap(in_order[6], in_order[7]);
    return in_order;
}

namespace {
void put_unit(std::string& out, std::uint32_t unit) {
    out.push_back(static_cast<char>(unit & 0xff));
    out.push_back(static_cast<char>(unit >> 8));
}
}  // namespace

std::string utf16(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size() * 2);
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<std::uint8_t>(utf8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        std::uint32_t code = length == 1 ? lead : lead & (0xffu >> (length + 1));
        for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i)
            code = code << 6 | (static_cast<std::uint8_t>(utf8[at + i]) & 0x3fu);
        at += length;
        if (code < 0x10000) {
            put_unit(out, code);
        } else {
            put_unit(out, 0xd800 + ((code - 0x10000) >> 10));
            put_unit(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
        }
    }
    return out;
}

std::uint64_t filetime_of(std::int64_t unix_seconds, std::uint32_t ticks) {
    // 11,644,473,600 seconds lie between 1601-01-01 and 1970-01-01.
    return static_cast<std::uint64_t>(unix_seconds + 11'644'473'600) * 10'000'000 + ticks;
}

namespace value {
namespace {
template <class T>
std::string little(T number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}
}  // namespace

Value raw(Type type, std::string bytes) {
    Value made;
    made.type = type;
    made.bytes = std::move(bytes);
    return made;
}
Value null() { return {}; }
Value empty(Type type) { return raw(type, {}); }
Value string(std::string_view utf8) { return raw(Type::string, utf16(utf8)); }
Value ansi(std::string_view bytes) { return raw(Type::ansi, std::string(bytes)); }
Value int8(std::int8_t number) { return raw(Type::int8, little(number)); }
Value uint8(std::uint8_t number) { return raw(Type::uint8, little(number)); }
Value int16(std::int16_t number) { return raw(Type::int16, little(number)); }
Value uint16(std::uint16_t number) { return raw(Type::uint16, little(number)); }
Value int32(std::int32_t number) { return raw(Type::int32, little(number)); }
Value uint32(std::uint32_t number) { return raw(Type::uint32, little(number)); }
Value int64(std::int64_t number) { return raw(Type::int64, little(number)); }
Value uint64(std::uint64_t number) { return raw(Type::uint64, little(number)); }
Value real32(float number) { return raw(Type::real32, little(number)); }
Value real64(double number) { return raw(Type::real64, little(number)); }
Value boolean(std::uint32_t number) { return raw(Type::boolean, little(number)); }
Value binary(std::string_view bytes) { return raw(Type::binary, std::string(bytes)); }
Value size32(std::uint32_t number) { return raw(Type::size, little(number)); }
Value size64(std::uint64_t number) { return raw(Type::size, little(number)); }
Value filetime(std::uint64_t ticks) { return raw(Type::filetime, little(ticks)); }
Value hex32(std::uint32_t number) { return raw(Type::hex32, little(number)); }
Value hex64(std::uint64_t number) { return raw(Type::hex64, little(number)); }

Value guid(std::string_view text) {
    const auto parsed = parse_guid(text);
    return raw(Type::guid, std::string(parsed.begin(), parsed.end()));
}

Value systemtime(const std::array<std::uint16_t, 8>& fields) {
    std::string bytes;
    for (const std::uint16_t field : fields) bytes += little(field);
    return raw(Type::systemtime, std::move(bytes));
}

// [MS-DTYP] 2.4.2.2: revision, number of sub-authorities, 48-bit authority big-endian, sub-authorities.
Value sid(std::string_view text) {
    std::vector<std::uint64_t> numbers;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '-')
            numbers.push_back(0);
        else if (!numbers.empty())
            numbers.back() = numbers.back() * 10 + static_cast<std::uint64_t>(text[at] - '0');
    }
    if (numbers.size() < 2) return raw(Type::sid, {});
    std::string bytes;
    bytes.push_back(static_cast<char>(numbers[0]));
    bytes.push_back(static_cast<char>(numbers.size() - 2));
    for (int shift = 40; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>(numbers[1] >> shift & 0xff));
    for (std::size_t i = 2; i < numbers.size(); ++i)
        bytes += little(static_cast<std::uint32_t>(numbers[i]));
    return raw(Type::sid, std::move(bytes));
}

Value nested(std::vector<Fragment> fragments) {
    Value made;
    made.type = Type::binxml;
    made.fragments = std::move(fragments);
    return made;
}

Value nested(Instance instance) {
    std::vector<Fragment> fragments;
    fragments.push_back(fragment(std::move(instance)));
    return nested(std::move(fragments));
}

Value strings(const std::vector<std::string>& items, bool last_nul) {
    std::string bytes;
    for (const std::string& item : items) bytes += utf16(item) + std::string(2, '\0');
    if (!last_nul && !items.empty()) bytes.resize(bytes.size() - 2);
    return raw(array_of(Type::string), std::move(bytes));
}

Value ansi_strings(const std::vector<std::string>& items, bool last_nul) {
    std::string bytes;
    for (const std::string& item : items) bytes += item + std::string(1, '\0');
    if (!last_nul && !items.empty()) bytes.pop_back();
    return raw(array_of(Type::ansi), std::move(bytes));
}

Value array(const std::vector<Value>& items) {
    Value made;
    for (const Value& item : items) {
        made.type = array_of(item.type);
        made.bytes += item.bytes;
    }
    return made;
}
}  // namespace value

}  // namespace konseki::scenario::evtx
