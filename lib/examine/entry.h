#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/detect/join.h"
#include "konseki/findings/finding.h"

namespace konseki::examine {

// The compact form in which what findings show waits in the spill: numbers as variable-length integers
// (7 bits a byte, low first), texts with their length before them. It lives for one run only. What is
// read back are views into the entry.

/// Appends what is shown of a record.
void append_record_entry(std::vector<std::byte>& out, const findings::RecordText& text);
/// Fails where the bytes are not such an entry.
Result<findings::RecordText> read_record_entry(Bytes entry);

/// Why a rule fired on a record.
struct HitText {
    findings::MatchText text;
    bool is_unchecked = false;
};
void append_hit_entry(std::vector<std::byte>& out, const HitText& hit);
Result<HitText> read_hit_entry(Bytes entry);

/// Appends a correlation's events, their number, and its group.
void append_joined_entry(std::vector<std::byte>& out, const detect::JoinedFinding& joined,
                         const findings::RecordText& group, const findings::MatchText& match);
/// Fills events (host numbers as the joiner was given them), count, record and what the rule says. Gives
/// the group as `name=value` lines, uncut.
Result<std::string_view> read_joined_entry(Bytes entry, findings::Finding& finding);

/// A row of a correlation: everything of it.
void append_join_row(std::vector<std::byte>& out, const detect::JoinRow& row);
/// Fails where the bytes are no whole row.
Result<detect::JoinRow> read_join_row(Bytes bytes);
/// The order in which rows are joined, of rows as they were appended: (time, record id, place, correlation,
/// rule, keys).
bool join_row_less(Bytes a, Bytes b);

}  // namespace konseki::examine
