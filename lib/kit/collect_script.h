#pragma once

#include <string>
#include <string_view>

#include "konseki/render/catalogue.h"

namespace konseki::kit {

/// collect.cmd for the console of Windows in that language: CRLF; ASCII in English, CP932 in Japanese.
std::string collect_script(render::Language language);

/// UTF-8 in CP932; what it does not know becomes `?`.
std::string to_cp932(std::string_view utf8);

}  // namespace konseki::kit
