#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "konseki/detect/rules.h"
#include "konseki/findings/rule.h"
#include "sigma/ast.h"
#include "sigma/fault.h"
#include "sigma/yaml.h"

namespace konseki::detect::sigma {

/// What a document says about itself. `number` counts the documents of its file from 0. A document
/// without an id gets `file:<path>`, a later one of the same file `file:<path>#2` and so on.
findings::RuleInfo read_info(const YamlNode& document, const RuleFile& file, std::size_t number,
                             Warnings& warnings);

/// `logsource` in lower case. Fails where it is missing or says nothing.
Parsed<LogSource> read_log_source(const YamlNode& document);

/// `windows/process_creation`: what is given, parted by `/`.
std::string to_text(const LogSource& source);

/// Text of a scalar member of a map; empty where it is missing.
std::string text_of(const YamlNode& document, std::string_view key);

}  // namespace konseki::detect::sigma
