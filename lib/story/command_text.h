#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace konseki::story {

/// A command line in a form that can be compared: folded, without quotation marks, one blank between its words.
struct CommandText {
    explicit CommandText(std::string_view written);

    /// The first word, without `.exe`; without its folder where that is one of the programs of Windows.
    std::string program;
    std::vector<std::string> arguments;  ///< the other words
    std::string image;  ///< as `program`, but the shell where one was told to start it (`cmd /c`)

    /// The same program with the same arguments, through a shell or not.
    bool operator==(const CommandText& other) const {
        return program == other.program && arguments == other.arguments;
    }
    /// Whether a whole path names the file that runs with this command line: its text is the caller's and may name
    /// anything.
    bool is_image(std::string_view path) const;
    /// Whether a whole path names the same program.
    bool is_program(std::string_view path) const;
    /// Whether an argument is this path, with or without the `\??\` that the kernel puts before it.
    bool has_path(std::string_view path) const;
};

}  // namespace konseki::story
