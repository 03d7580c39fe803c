#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "sigma/ast.h"

namespace konseki::detect::sigma {

/// One place where events of a log source are written. Routes of one source may overlap (all of a
/// channel, and one provider of it with maps of its own): an event takes the first that fits.
struct Route {
    /// Channel, folded; a trailing `*` matches any rest; empty = any channel.
    std::string channel;
    std::string provider;                  ///< folded, empty = any
    std::vector<std::uint32_t> event_ids;  ///< sorted; empty = any
    /// Must hold for the event besides (Sysmon 12 with EventType CreateKey); Node::always if none.
    Node condition;
    /// Sigma field → how it is made from this log's fields.
    struct FieldMap {
        std::string sigma;
        enum class How : std::uint8_t {
            /// from[0]
            rename,
            /// from[0] \ from[1] (4657 TargetObject), registry roots written as HKLM and HKU;
            /// from[0] alone where from[1] is empty or absent
            join_backslash,
            /// from[0] looked up in `values` (mandatory label SID → integrity level); else absent
            table,
            /// values of from[0] (an unnamed Data) hold lines `Key=Value`, blanks around both cut
            /// off; the value of the first line with `key` (exact case) is taken
            key_value,
            /// value number `position`, from 1, of from[0] (unnamed Data: one field, many values)
            position,
        } how = How::rename;
        std::vector<std::string> from;
        std::vector<std::pair<std::string, std::string>> values;  ///< folded key → value
        std::string key;
        std::uint32_t position = 0;
        /// Used only where the event has no field of the Sigma name itself.
        bool only_if_absent = false;
    };
    std::vector<FieldMap> fields;
    /// Fields that this log never carries, of those that rules of the source use. Needed only by a
    /// filter, they make a hit `unchecked`. The shape says it as well; this is for lists and lint.
    std::vector<std::string> lacks;
};

/// rules/windows-logsources.yml: where the events of a Sigma log source are.
class LogSources {
  public:
    /// Fails with bad_value, a line and a reason on anything that it does not know.
    static Result<LogSources> parse(std::string_view yaml);

    /// Routes of a rule's logsource: all of product, category and service given must fit. nullopt:
    /// not known (the rule is refused); empty: known, but no Windows event log carries it
    /// (file_access).
    std::optional<std::vector<const Route*>> routes(const LogSource& source) const;
    /// Fields known for a log source or any log, for `rules lint`; those that a log is known to lack
    /// are known names too. Exact case, as rules are matched.
    bool knows_field(const LogSource& source, std::string_view field) const;
    /// The names of fields that a log source carries, sorted: those that knows_field() knows without the
    /// ones that a log is known to lack. Only those of all logs where the table lists none.
    std::vector<std::string> fields_of(const LogSource& source) const;

    /// Why no Windows event log carries the events of a source for which routes() is empty.
    std::string_view why_none(const LogSource& source) const;

    struct Entry {
        LogSource source;
        std::vector<Route> routes;
        std::vector<std::string> known_fields;
        std::string why_none;  ///< set where routes is empty
    };
    const std::vector<Entry>& entries() const { return entries_; }

  private:
    std::vector<Entry> entries_;
    std::vector<std::string> common_fields_;
};

}  // namespace konseki::detect::sigma
