#pragma once

#include <filesystem>
#include <memory>

#include "sql.h"

namespace konseki::store {

/// How a SQLite file is opened.
enum class Access : std::uint8_t { read, write };

/// Opens `file`; for writing it is made where it is not there, readable by its owner alone.
Result<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& file, Access access);
/// A copy as it stands at one moment, while others write. `target` must not be there.
Result<void> copy_sqlite(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace konseki::store
