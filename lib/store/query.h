#pragma once

#include <string>

#include "konseki/casebook/row.h"
#include "konseki/store/store.h"
#include "sight.h"
#include "sql.h"

namespace konseki::store {

/// Most rows of one page, whatever was asked for.
inline constexpr std::size_t max_page_rows = 500;

/// The rows of a page and one more. Fails with `usage` where a field, a value or the page before is none: those are what
/// people typed.
Result<Asked> list_sql(const Query& query, const Dialect& dialect);
Result<Asked> count_sql(const Query& query, const Dialect& dialect);
/// What `Query::after` is for the page behind a row.
std::string page_after(const Query& query, const casebook::Row& row);

}  // namespace konseki::store
