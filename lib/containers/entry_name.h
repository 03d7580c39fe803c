#pragma once

#include <string>
#include <string_view>

#include "konseki/base/bytes.h"

namespace konseki::containers {

/// Bytes of a name to UTF-8: valid UTF-8 as it is, else CP932 where all of it fits (Windows' own zip in
/// Japan writes it without saying so), else CP437, the code page of the zip specification (APPNOTE D.1).
std::string decode_name(Bytes name);
/// Windows programs write `\` as separator.
std::string with_slashes(std::string path);
/// True for a path that would land outside the folder it is unpacked into.
bool leaves_folder(std::string_view path);

}  // namespace konseki::containers
