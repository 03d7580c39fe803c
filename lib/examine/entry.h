#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/detect/join.h"
#include "konseki/detect/match.h"
#include "konseki/findings/finding.h"

namespace konseki::examine {

// The compact form in which what findings show waits in the spill: numbers as variable-length integers
// (7 bits a byte, low first), texts with their length before them. It lives for one run only.

/// Longer values are cut between code points and end in `…`: one 64 KB script block must not stand in
/// every finding that it caused.
inline constexpr std::size_t max_value_bytes = 2'048;
/// Fields shown of one record: the widest events of Windows have fewer than 100.
inline constexpr std::size_t max_shown_fields = 256;
/// Values shown of one field.
inline constexpr std::size_t max_shown_values = 64;
/// Traces shown of one record.
inline constexpr std::size_t max_shown_traces = 64;

/// Fills account, fields and traces anew. Fails where the bytes are not what RecordEntries made.
Result<void> read_record_entry(Bytes entry, findings::Finding& finding);

/// Appends why a rule fired.
void append_hit_entry(std::vector<std::byte>& out, const detect::Explanation& explanation);
/// Fills matched and unchecked anew.
Result<void> read_hit_entry(Bytes entry, findings::Finding& finding);

/// Appends a correlation's events, their number, and its group.
void append_joined_entry(std::vector<std::byte>& out, const detect::JoinedFinding& joined);
/// Fills events (host numbers as the joiner was given them), count and fields; the rest becomes empty.
Result<void> read_joined_entry(Bytes entry, findings::Finding& finding);

/// A row of a correlation: everything of it.
void append_join_row(std::vector<std::byte>& out, const detect::JoinRow& row);
Result<detect::JoinRow> read_join_row(Bytes bytes);

}  // namespace konseki::examine
