#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sigma/fault.h"
#include "sigma/log_sources.h"

namespace konseki::detect::sigma {

/// What a log-source file says (rules/windows-logsources.yml describes the format in its head).
struct LogSourceFile {
    std::vector<std::string> common_fields;  ///< aliases included
    std::vector<LogSources::Entry> entries;
};

/// Reads a log-source file. Anything unknown in it is a fault: a typing error must not silence
/// rules.
Parsed<LogSourceFile> read_log_sources(std::string_view yaml);

}  // namespace konseki::detect::sigma
