#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace konseki::detect::sigma {

/// UTF-8 to the bytes of UTF-16. Source: sigma-appendix-modifiers.md, "Encoding".
std::string to_utf16le(std::string_view utf8);
std::string to_utf16be(std::string_view utf8);

/// What every base64 text that holds `bytes` must hold: for each of the three offsets the
/// characters that depend on `bytes` alone.
std::array<std::string, 3> to_base64_offsets(std::string_view bytes);

}  // namespace konseki::detect::sigma
