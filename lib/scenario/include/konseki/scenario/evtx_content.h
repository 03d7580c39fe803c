#pragma once

// What a made event log says: element trees, templates, values. Independent of the reader: every fact is
// taken from [MS-EVEN6] 2.2.12 and the libyal/libevtx documentation, not from lib/formats.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::scenario::evtx {

/// Value types ([MS-EVEN6] 2.2.12, "Value Types").
enum class Type : std::uint8_t {
    null = 0x00,
    string = 0x01,
    ansi = 0x02,
    int8 = 0x03,
    uint8 = 0x04,
    int16 = 0x05,
    uint16 = 0x06,
    int32 = 0x07,
    uint32 = 0x08,
    int64 = 0x09,
    uint64 = 0x0a,
    real32 = 0x0b,
    real64 = 0x0c,
    boolean = 0x0d,
    binary = 0x0e,
    guid = 0x0f,
    size = 0x10,
    filetime = 0x11,
    systemtime = 0x12,
    sid = 0x13,
    hex32 = 0x14,
    hex64 = 0x15,
    binxml = 0x21,
};
/// The array form of a type.
constexpr Type array_of(Type type) {
    return static_cast<Type>(static_cast<std::uint8_t>(type) | 0x80);
}

/// No dependency: the element does not hang on a value.
inline constexpr std::uint16_t no_dependency = 0xffff;

struct Attribute;

/// A piece of an element tree. Text is UTF-8 in which a lone surrogate may stand as its three bytes.
struct Node {
    enum class Kind : std::uint8_t {
        element,
        text,
        cdata,
        char_ref,
        entity_ref,
        pi,        ///< name is the target, text the data
        slot,      ///< normal substitution (0x0d)
        optional,  ///< optional substitution (0x0e)
        raw,       ///< bytes of `text` as they are, for damage
    };
    Kind kind = Kind::element;
    std::string name;  ///< element, entity, PI target
    std::string text;
    std::uint16_t number = 0;  ///< slot index or code of a character reference
    Type type = Type::string;  ///< value type that the substitution names
    std::uint16_t dependency =
        no_dependency;          ///< element of a template: left out when that value is null
    bool closed_empty = false;  ///< element written as `<X/>`; it must have no children
    std::vector<Attribute> attributes;
    std::vector<Node> children;
};

/// An attribute: its value is texts, references and slots, one after the other.
struct Attribute {
    std::string name;
    std::vector<Node> value;
};

/// `<name>children</name>`.
Node element(std::string name, std::vector<Node> children = {});
/// `<name attributes>children</name>`.
Node element(std::string name, std::vector<Attribute> attributes, std::vector<Node> children = {});
/// `<X a="b"/>`.
Node empty_element(std::string name, std::vector<Attribute> attributes = {});
Node text(std::string utf8);
Node cdata(std::string utf8);
Node char_ref(std::uint16_t code);
Node entity_ref(std::string name);
Node pi(std::string target, std::string data);
Node slot(std::uint16_t index, Type type);
Node optional_slot(std::uint16_t index, Type type);
Node raw(std::string bytes);
/// `<Data Name="name">{slot}</Data>`, as event data templates of Windows have it.
Node data_slot(std::string name, std::uint16_t index, Type type);
/// The same element, hanging on a value.
Node depends_on(std::uint16_t index, Node node);

/// A template definition. Its identity is its address: keep it where it is while a log uses it.
struct Template {
    std::array<std::uint8_t, 16> guid{};
    std::vector<Node> nodes;  ///< one element in Windows
    bool fragment_header = true;
};

struct Fragment;

/// A substitution value: a type and its bytes, or BinXML content (type 0x21).
struct Value {
    Type type = Type::null;
    std::string bytes;
    std::vector<Fragment> fragments;  ///< type binxml; `bytes` are written first
    bool ends = true;                 ///< an end-of-fragment token stands after the fragments
};

/// A template with values for its slots.
struct Instance {
    const Template* definition = nullptr;
    std::vector<Value> values;
};

/// One fragment of a record's or value's BinXML: an element tree or a template instance.
struct Fragment {
    bool fragment_header = true;
    std::vector<Node> nodes;  ///< written first; without dependency ids, as outside of templates
    std::vector<Instance> instances;
};
Fragment fragment(Instance instance);
Fragment fragment(Node node);

/// Values of every type. Numbers are little-endian; nothing is checked.
namespace value {
Value null();
/// A type with no bytes.
Value empty(Type type);
Value raw(Type type, std::string bytes);
Value string(std::string_view utf8);
Value ansi(std::string_view bytes);
Value int8(std::int8_t number);
Value uint8(std::uint8_t number);
Value int16(std::int16_t number);
Value uint16(std::uint16_t number);
Value int32(std::int32_t number);
Value uint32(std::uint32_t number);
Value int64(std::int64_t number);
Value uint64(std::uint64_t number);
Value real32(float number);
Value real64(double number);
/// Four bytes, any number.
Value boolean(std::uint32_t number);
Value binary(std::string_view bytes);
/// `{2d4d81d2-94bd-4667-a2af-2343f9d83462}`, braces or not.
Value guid(std::string_view text);
Value size32(std::uint32_t number);
Value size64(std::uint64_t number);
Value filetime(std::uint64_t ticks);
/// Year, month, day of week, day, hour, minute, second, millisecond.
Value systemtime(const std::array<std::uint16_t, 8>& fields);
/// `S-1-5-21-…`.
Value sid(std::string_view text);
Value hex32(std::uint32_t number);
Value hex64(std::uint64_t number);
Value nested(Instance instance);
Value nested(std::vector<Fragment> fragments);
/// NUL after each item; without `last_nul` not after the last one.
Value strings(const std::vector<std::string>& items, bool last_nul = true);
Value ansi_strings(const std::vector<std::string>& items, bool last_nul = true);
/// The items' bytes one after the other, under the array form of their type.
Value array(const std::vector<Value>& items);
}  // namespace value

/// The 16 bytes of a GUID as they stand in a log; anything but its 32 hex digits is skipped.
std::array<std::uint8_t, 16> parse_guid(std::string_view text);
/// UTF-8 (with three-byte surrogates allowed) to UTF-16LE bytes.
std::string utf16(std::string_view utf8);
/// 100 ns steps since 1601 from Unix seconds and ticks.
std::uint64_t filetime_of(std::int64_t unix_seconds, std::uint32_t ticks = 0);

}  // namespace konseki::scenario::evtx
