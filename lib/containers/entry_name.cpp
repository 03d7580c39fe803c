#include "entry_name.h"

#include "konseki/base/codepage.h"
#include "konseki/base/text.h"

#include <algorithm>

namespace konseki::containers {

std::string decode_name(Bytes name) {
    if (is_valid_utf8(as_text(name))) return std::string(as_text(name));
    return decode(looks_like_cp932(name) ? 932 : 437, name);
}

std::string with_slashes(std::string path) {
    std::ranges::replace(path, '\\', '/');
    return path;
}

bool leaves_folder(std::string_view path) {
    if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return true;
    std::ptrdiff_t depth = 0;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part == "..")
            --depth;
        else if (!part.empty() && part != ".")
            ++depth;
        if (depth < 0) return true;
        at = end + 1;
    }
    return false;
}

}  // namespace konseki::containers
