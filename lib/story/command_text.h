#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace konseki::story {

/// A command line in a form that can be compared: folded, without quotation marks, one blank between its words.
struct CommandText {
    explicit CommandText(std::string_view written);

    /// The first word, without `.exe`; without its folder where that is System32 or one below it.
    std::string program;
    std::vector<std::string> arguments;  ///< the other words

    bool operator==(const CommandText&) const = default;
    /// Whether a whole path names the same program.
    bool is_program(std::string_view path) const;
    /// Whether an argument is this path, with or without the `\??\` that the kernel puts before it.
    bool has_path(std::string_view path) const;
};

}  // namespace konseki::story
