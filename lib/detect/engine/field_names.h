#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/flat.h"
#include "engine/values.h"
#include "konseki/records/shape.h"

namespace konseki::detect {

/// The fields of one shape by the names that rules use for them.
class ShapeFields {
  public:
    /// Indices into Shape::fields, in log order; empty where the shape has none of this name.
    std::span<const std::uint16_t> of(std::uint32_t name) const;
    /// What a source reads of them.
    SourceFields of(const Flat& flat, const FieldSource& source) const;

  private:
    friend class FieldNames;
    std::vector<std::pair<std::uint32_t, std::uint16_t>> found_;  ///< (name, field), sorted
    std::vector<std::uint16_t> fields_;                           ///< second of each
};

/// Names of Flat::names as they reach a shape's fields: the Sigma name itself, the name without blanks
/// (`Source Name` is SourceName in rules: sigma.md 8), the real path (`EventData.X`,
/// `Event.System.Provider.Name`), `Source` for Provider_Name, and `md5 sha1 sha256 imphash` for Hashes.
class FieldNames {
  public:
    explicit FieldNames(const Flat& flat);
    ShapeFields resolve(const records::Shape& shape) const;
    /// Index of a name, no_index where no rule uses it.
    std::uint32_t find(std::string_view name) const;

  private:
    struct Alias {
        std::uint32_t name, stands_for;
    };
    std::unordered_map<std::string_view, std::uint32_t> index_;
    std::vector<Alias> aliases_;
    bool has_paths_ = false;
};

/// True for the names that are cut out of Hashes: md5, sha1, sha256, imphash.
bool is_hash_name(std::string_view name);

}  // namespace konseki::detect
