#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::detect::sigma {

struct YamlEntry;

/// A node of a YAML document. Scalars keep the text as written (quotes and escapes of YAML
/// resolved), so that an unquoted `0x17`, `1.10` or `yes` stays that text; what it could mean is
/// asked by is_null(), as_bool() and as_integer(), which follow the core schema of YAML 1.2
/// (10.3.2), not YAML 1.1.
struct YamlNode {
    enum class Kind : std::uint8_t { scalar, list, map };
    Kind kind = Kind::scalar;
    bool plain = true;               ///< scalar: written without quotes and not as a block
    std::uint32_t line = 0;          ///< counted from 1
    std::string text;                ///< scalar
    std::vector<YamlNode> items;     ///< list
    std::vector<YamlEntry> entries;  ///< map, in the order of the file; keys are unique

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_list() const { return kind == Kind::list; }
    bool is_map() const { return kind == Kind::map; }
    /// Plain `null`, `Null`, `NULL`, `~` or nothing at all.
    bool is_null() const;
    /// Plain `true` or `false` (also True, TRUE, ..).
    std::optional<bool> as_bool() const;
    /// Plain decimal digits with an optional sign, within int64. Hex and octal forms stay text.
    std::optional<std::int64_t> as_integer() const;
    /// Value of a key of a map; null where the node is no map or lacks the key.
    const YamlNode* find(std::string_view key) const;
};

/// One key of a map with its value.
struct YamlEntry {
    std::string key;
    std::uint32_t line = 0;  ///< of the key
    YamlNode value;
};

/// Why a document could not be read.
struct YamlError {
    std::uint32_t line = 0;
    std::string message;  ///< one clause in English
};

/// One document of a file (`---` parts them). With an error the root is not usable.
struct YamlDocument {
    YamlNode root;
    std::uint32_t line = 1;  ///< where it starts
    std::optional<YamlError> error;
};

/// More bytes than any real rule file has (the largest known is under 300 KiB).
constexpr std::size_t max_yaml_bytes = std::size_t{4} << 20;
/// Nodes of one file: bounds the memory that 4 MiB of `- ` can ask for.
constexpr std::size_t max_yaml_nodes = 500'000;
/// Real rules nest 6 deep.
constexpr std::size_t max_yaml_depth = 64;

/// Reads all documents of a file (UTF-8, or UTF-16 with a byte order mark; CR-LF is fine). Empty
/// documents are left out. Duplicate keys, anchors, aliases, foreign tags and keys that are no
/// scalars make the document an error, the others are still read; a fault of syntax or a cap ends
/// the file with an error.
std::vector<YamlDocument> read_yaml(std::string_view text);

}  // namespace konseki::detect::sigma
