#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "konseki/render/catalogue.h"

namespace konseki::desk_program {

enum class Command : std::uint8_t {
    help,
    version,
    serve,
    init,
    demo,
    check,
    backup,
    user_link,
    describe
};

/// What the command line asks for.
struct Options {
    Command command = Command::help;
    std::filesystem::path data;  ///< empty: the usual place
    std::string postgresql;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8470;
    std::filesystem::path certificate, key;
    std::string origin;
    std::string name = "konseki";
    render::Language language = render::Language::en;  ///< of the person at the terminal
    std::string argument;  ///< of backup the folder, of user link the login
};

/// A word that cannot be used.
struct BadWord {
    std::string word;
};
std::variant<Options, BadWord> parse_options(const std::vector<std::string>& words);

}  // namespace konseki::desk_program
