#include "sigma/placeholder.h"

#include <cstddef>

namespace konseki::detect::sigma {
namespace {

/// Bytes of all values together, short of the person's own: bounds long values with long lists.
constexpr std::size_t max_expanded_bytes = std::size_t{64} << 20;

/// Length of `%name%` at the start of the text, or 0. Names are letters, digits and `_` (pySigma:
/// \w+).
std::size_t placeholder_size(std::string_view text) {
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '%'; ++at) {
        const char c = text[at];
        const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '_' ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (!word) return 0;
    }
    return at > 1 && at < text.size() ? at + 1 : 0;
}

void append_to_all(std::vector<std::string>& values, std::string_view text) {
    for (std::string& value : values) value += text;
}

}  // namespace

Parsed<std::vector<std::string>> expand_placeholders(std::string_view written, std::uint32_t line,
                                                     const Placeholders& placeholders) {
    std::vector<std::string> values = {""};
    for (std::size_t at = 0; at < written.size();) {
        const std::string_view rest = written.substr(at);
        if (rest.starts_with("\\%")) {
            append_to_all(values, "%");
            at += 2;
            continue;
        }
        const std::size_t size = rest[0] == '%' ? placeholder_size(rest) : 0;
        if (size == 0) {
            const std::size_t step = rest.starts_with("\\\\") ? 2 : 1;
            append_to_all(values, rest.substr(0, step));
            at += step;
            continue;
        }
        const std::string_view name = rest.substr(1, size - 2);
        const auto found = placeholders.find(name);
        if (found == placeholders.end() || found->second.empty())
            return refuse(line,
                          "no values are given for the placeholder `%" + std::string(name) + "%`");
        const std::size_t count = values.size() * found->second.size();
        if (count > max_expanded_values || count * written.size() > max_expanded_bytes)
            return refuse(line, "placeholders give too many values");
        std::vector<std::string> product;
        for (const std::string& before : values)
            for (const std::string& value : found->second) product.push_back(before + value);
        values = std::move(product);
        at += size;
    }
    return values;
}

}  // namespace konseki::detect::sigma
