#pragma once

#include <span>
#include <string>
#include <vector>

#include "konseki/casebook/row.h"
#include "sql.h"

namespace konseki::store {

// Between rows and the columns of their tables. Names come from the entity's description alone.

/// All columns of an entity's table behind a SELECT, each with `alias.` before it.
std::string columns_of(const casebook::EntityInfo& info, std::string_view alias);
std::size_t column_count(const casebook::EntityInfo& info);

/// In the order of columns_of.
std::vector<Cell> cells_of(const casebook::Row& row);
Result<casebook::Row> row_of(casebook::Entity entity, std::span<const Cell> cells);
Result<std::vector<casebook::Row>> rows_of(casebook::Entity entity, const Table& table);

/// Binds cells_of.
std::string insert_sql(const casebook::EntityInfo& info);
/// Binds cells_of, then id and version of the row that is replaced.
std::string update_sql(const casebook::EntityInfo& info);

}  // namespace konseki::store
