#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "sigma/ast.h"

namespace konseki::detect::sigma {

/// One place where events of a log source are written.
struct Route {
    /// Channel, folded; a trailing `*` matches any rest; empty = any channel.
    std::string channel;
    std::string provider;                 ///< folded, empty = any
    std::vector<std::uint32_t> event_ids; ///< sorted; empty = any
    /// Must hold for the event besides (Sysmon 12 with EventType CreateKey); Node::always when none.
    Node condition;
    /// Sigma field → how it is made from this log's fields.
    struct FieldMap {
        std::string sigma;
        enum class How : std::uint8_t {
            rename,        ///< from[0]
            join_backslash,///< from[0] \ from[1] (4657 TargetObject), registry roots written as HKLM and HKU
            table,         ///< from[0] looked up in `values` (mandatory label SID → integrity level); else absent
            key_value,     ///< from[0] (an unnamed Data) holds lines or parts `Key=Value`; `key` is taken
        } how = How::rename;
        std::vector<std::string> from;
        std::vector<std::pair<std::string, std::string>> values;  ///< folded key → value
        std::string key;
    };
    std::vector<FieldMap> fields;
    /// Fields that this log never carries, of those that rules of the source use: needed only by filters
    /// they make a hit `unchecked`. Known from the shape as well; this is for lists and lint.
    std::vector<std::string> lacks;
};

/// rules/windows-logsources.yml: where the events of a Sigma log source are.
class LogSources {
  public:
    static Result<LogSources> parse(std::string_view yaml);

    /// Routes of a rule's logsource: all of product, category and service given must fit. nullopt: not
    /// known (the rule is refused); empty: known, but no Windows event log carries it (file_access).
    std::optional<std::vector<const Route*>> routes(const LogSource& source) const;
    /// Fields known for a log source or any log, for `rules lint`. Folded look-up is not used: exact case.
    bool knows_field(const LogSource& source, std::string_view field) const;

    struct Entry {
        LogSource source;
        std::vector<Route> routes;
        std::vector<std::string> known_fields;
    };
    const std::vector<Entry>& entries() const { return entries_; }

  private:
    std::vector<Entry> entries_;
};

}  // namespace konseki::detect::sigma
