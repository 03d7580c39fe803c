#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"

namespace konseki {

/// Windows code pages that evidence holds: 932 Shift_JIS, 936 GBK, 949 Korean, 950 Big5, 125x, 874 Thai,
/// 437, 65001.
using CodePage = std::uint32_t;

/// True where decode() knows it.
bool is_known_code_page(CodePage page);
/// Bytes in a code page to UTF-8; what the page does not define becomes U+FFFD, and so does all but
/// ASCII where the page is not known.
std::string decode(CodePage page, Bytes bytes);
/// True where every byte is valid CP932 and at least one double-byte character occurs.
bool looks_like_cp932(Bytes bytes);

}  // namespace konseki
