#pragma once

#include <string>
#include <string_view>

#include "konseki/base/result.h"
#include "konseki/casebook/row.h"
#include "konseki/store/audit.h"

namespace konseki::store {

// The canonical JSON of a row and of an audit event: what is hashed, and how versions are kept. No blanks; members in
// the order written below; texts as they are but for `\" \\ \b \f \n \r \t` and `\u00xx` (lower hex) of what else is
// below U+0020; numbers in decimal; times as ticks of Time. docs/desk.md tells it to whoever wants to check by
// themselves.
//
//   {"entity":"note","id":"01…","created_at":1,"created_by":"01…","updated_at":1,"updated_by":"01…","version":1,
//    "change_no":7,"deleted_at":null,"fields":{"case_id":"01…","title":null,…}}
//
// Fields stand in the order of the entity's description; one without a value is null. An answer is null (not asked),
// {"answer":"unknown"} and the like, or {"answer":"value","value":…}.

std::string canonical_json(const casebook::Row& row);
/// Of all members but `hash`.
std::string canonical_json(const AuditEvent& event);
/// Back from what canonical_json wrote, by this version or one with other fields: one that is not there any more is
/// passed over, one that was not there yet is as in a new row. bad_value where the text is anything else.
Result<casebook::Row> row_from_json(casebook::Entity entity, std::string_view json);

/// `["a","b"]`: a list of codes in a column.
std::string list_to_json(const std::vector<std::string>& list);
Result<std::vector<std::string>> list_from_json(std::string_view json);

/// Lower hex of the SHA-256.
std::string sha256_hex(std::string_view text);

}  // namespace konseki::store
