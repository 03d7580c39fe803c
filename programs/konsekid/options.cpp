#include "options.h"

#include <charconv>
#include <optional>

namespace konseki::desk_program {
namespace {

struct Named {
    std::string_view word;
    Command command;
    bool has_argument;
};
constexpr Named commands[] = {
    {"help", Command::help, false},    {"--help", Command::help, false},
    {"-h", Command::help, false},      {"--version", Command::version, false},
    {"serve", Command::serve, false},  {"init", Command::init, false},
    {"demo", Command::demo, false},    {"check", Command::check, false},
    {"backup", Command::backup, true}, {"describe", Command::describe, false},
};

/// `127.0.0.1:8470`, `[::1]:8470`, or a port alone.
bool take_listen(Options& options, std::string_view text) {
    std::string_view port = text;
    const std::size_t colon = text.rfind(':');
    if (colon != text.npos) {
        std::string_view address = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        options.address = address;
    }
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    return error == std::errc{} && end == port.data() + port.size() && !options.address.empty();
}

bool take(Options& options, std::string_view name, const std::string& value) {
    if (name == "--data") return options.data = value, !value.empty();
    if (name == "--db") return options.postgresql = value, value.starts_with("postgresql://");
    if (name == "--listen") return take_listen(options, value);
    if (name == "--cert") return options.certificate = value, !value.empty();
    if (name == "--key") return options.key = value, !value.empty();
    if (name == "--origin")
        return options.origin = value,
               value.starts_with("https://") || value.starts_with("http://");
    if (name == "--name") return options.name = value, !value.empty();
    return false;
}

}  // namespace

std::variant<Options, BadWord> parse_options(const std::vector<std::string>& words) {
    Options options;
    if (words.empty()) return options;
    std::size_t at = 1;
    bool needs_argument = false, is_known = false;
    for (const Named& named : commands) {
        if (named.word != words[0]) continue;
        options.command = named.command;
        needs_argument = named.has_argument;
        is_known = true;
    }
    if (words[0] == "user" && words.size() > 1 && words[1] == "link") {
        options.command = Command::user_link;
        needs_argument = is_known = true;
        at = 2;
    }
    if (!is_known) return BadWord{words[0]};
    for (; at < words.size(); ++at) {
        const std::string& word = words[at];
        if (word.starts_with("--")) {
            if (at + 1 == words.size() || !take(options, word, words[at + 1])) return BadWord{word};
            ++at;
        } else if (needs_argument && options.argument.empty()) {
            options.argument = word;
        } else {
            return BadWord{word};
        }
    }
    if (needs_argument && options.argument.empty()) return BadWord{words[0]};
    if (options.certificate.empty() != options.key.empty()) return BadWord{"--cert"};
    return options;
}

}  // namespace konseki::desk_program
