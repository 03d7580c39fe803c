#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "konseki/base/time.h"
#include "sql.h"

namespace konseki::store {

/// One step of the tables' form; written in migrations/<dialect>/NNNN_what.sql, never changed once released.
struct Migration {
    std::int64_t version = 0;
    std::string_view name;
    std::string_view sql;
};
/// Those of a dialect that are built in, in order from 1 on.
std::span<const Migration> migrations_of(std::string_view dialect);

/// Called before something that holds data is changed, with its version.
using BeforeUpgrade = std::function<Result<void>(std::int64_t)>;

/// Brings the tables up to the last of `known`, each step in a transaction of its own. Fails with `unsupported` where
/// a newer version was there.
Result<void> migrate(Connection& connection, std::span<const Migration> known, Time now,
                     const BeforeUpgrade& before);

}  // namespace konseki::store
