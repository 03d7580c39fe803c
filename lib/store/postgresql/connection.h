#pragma once

#include <memory>
#include <string>

#include "sql.h"

namespace konseki::store {

/// Connects to `url`. What it says wrong about it never repeats the URL: it may hold a password.
Result<std::unique_ptr<Connection>> open_postgresql(const std::string& url);

}  // namespace konseki::store
