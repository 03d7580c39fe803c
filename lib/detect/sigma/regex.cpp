#include "sigma/regex.h"

#include <re2/re2.h>

namespace konseki::detect::sigma {

std::string regex_text(const Test& test) {
    std::string flags;
    if (test.ignore_case) flags += 'i';
    if (test.multi_line) flags += 'm';
    if (test.dot_all) flags += 's';
    return flags.empty() ? test.written : "(?" + flags + ")" + test.written;
}

std::optional<std::string> why_not_regex(const Test& test) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_regex_bytes);
    const RE2 regex(regex_text(test), options);
    if (regex.ok()) return std::nullopt;
    return "regular expression: " + regex.error();
}

}  // namespace konseki::detect::sigma
