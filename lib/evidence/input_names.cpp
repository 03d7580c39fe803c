#include "input_names.h"

#include "konseki/base/text.h"

#include <algorithm>
#include <iterator>

namespace konseki::evidence {
namespace {

/// The last `count` components; the whole path without its first `/` where it has no more.
std::string end_of(const std::filesystem::path& path, std::ptrdiff_t count) {
    std::filesystem::path out;
    const std::filesystem::path whole = path.relative_path();
    const std::ptrdiff_t all = std::distance(whole.begin(), whole.end());
    for (auto part = std::next(whole.begin(), std::max<std::ptrdiff_t>(all - count, 0));
         part != whole.end(); ++part)
        out /= *part;
    return out.string();
}

}  // namespace

std::string shown_name(std::string_view raw) {
    if (is_valid_utf8(raw)) return std::string(raw);
    std::string out;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t start = at;
        const bool is_bad = next_code_point(raw, at) == 0xfffd && at - start == 1;
        if (is_bad)
            out.append("\\x").append(to_hex(as_bytes(raw.substr(start, 1))));
        else
            out.append(raw.substr(start, at - start));
    }
    return out;
}

std::vector<std::string> unique_ends(std::span<const std::filesystem::path> paths) {
    std::vector<std::ptrdiff_t> counts(paths.size(), 1);
    std::vector<std::string> out(paths.size());
    const auto update = [&] {
        for (std::size_t i = 0; i < paths.size(); ++i) out[i] = end_of(paths[i], counts[i]);
    };
    update();
    while (true) {
        std::vector<bool> clashes(paths.size(), false);
        bool can_grow = false;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            clashes[i] = std::ranges::count(out, out[i]) > 1;
            can_grow = can_grow || (clashes[i] && end_of(paths[i], counts[i] + 1) != out[i]);
        }
        if (!can_grow) return out;
        for (std::size_t i = 0; i < paths.size(); ++i)
            if (clashes[i]) ++counts[i];
        update();
    }
}

}  // namespace konseki::evidence
