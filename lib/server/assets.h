#pragma once

#include <span>
#include <string_view>

#include "konseki/base/bytes.h"

namespace konseki::server {

/// A file of the user interface, built into the program.
struct Asset {
    std::string_view path;  ///< `/index.html`, `/assets/…`: names there change with their content
    std::string_view type;  ///< content type
    Bytes bytes;
    Bytes brotli = {};  ///< the same compressed; empty: not worth it
};
/// Empty where the user interface was not built.
std::span<const Asset> assets();

}  // namespace konseki::server
