#pragma once

#include <string>
#include <vector>

#include "konseki/store/store.h"
#include "sql.h"

namespace konseki::store {

/// SQL under way and what is bound to it, in the order of its `?`.
struct Asked {
    std::string sql;
    std::vector<Cell> bound;

    void add(std::string_view text) { sql += text; }
    void bind(std::string_view text, Cell value) {
        sql += text;
        bound.push_back(std::move(value));
    }
};

/// Appends the condition that a row, whose table goes by the name `t`, may be seen.
///
/// A case is seen by who has a role on it that shows cases, and, unless it is closed off, by who sees the whole desk. What
/// belongs to a case is seen with the case, a link with both of its cases, a channel with its contact. What belongs to
/// none (organisations, contacts, consultations and tasks without a case) is of the whole desk; a task is its owner's too.
void add_sight(Asked& asked, casebook::Entity entity, const Sight& sight);

}  // namespace konseki::store
