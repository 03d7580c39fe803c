#include <algorithm>

#include "konseki/detect/log_sources.h"
#include "sigma/route.h"
#include "sigma/yaml.h"

namespace konseki::detect {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error refused(std::string_view name, std::uint32_t line, const std::string& reason) {
    return Error::usage(std::string(name) + ':' + std::to_string(line) + ": " + reason);
}

}  // namespace

Result<std::string> extend_log_sources(std::string_view table, std::string_view own,
                                       std::string_view name) {
    if (own.starts_with(byte_order_mark)) own.remove_prefix(byte_order_mark.size());
    if (sigma::read_yaml(own).empty()) return fail(refused(name, 1, "the file holds no document"));
    std::string both(table);
    both += "\n---\n";
    const auto lines_before = static_cast<std::uint32_t>(std::ranges::count(both, '\n'));
    both += own;
    if (const auto read = sigma::read_log_sources(both); !read) {
        const std::uint32_t line = read.error().line;
        return fail(
            refused(name, line > lines_before ? line - lines_before : 1, read.error().reason));
    }
    return both;
}

}  // namespace konseki::detect
