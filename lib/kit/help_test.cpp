#include "konseki/kit/help.h"
#include "konseki/render/terminal.h"

#include "konseki/base/text.h"

#include <doctest/doctest.h>

namespace {

using namespace konseki;
using namespace konseki::kit;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char character : text) {
        if (character == '\n')
            lines.emplace_back();
        else
            lines.back() += character;
    }
    return lines;
}

/// Every key that help, man page or problems ask for, gathered while they are made.
template <class Make>
void check_every_sentence_exists(Make make) {
    for (const Language language : {Language::en, Language::ja}) {
        const TextOf catalogue = catalogue_in(language);
        make([&](std::string_view key) {
            std::string sentence = catalogue(key);
            CHECK_MESSAGE(sentence != key, "no sentence for ", key);
            return sentence;
        });
    }
}

TEST_CASE("help: every command has every sentence in both languages") {
    check_every_sentence_exists([](const TextOf& text) {
        for (const CommandSpec& command : command_table())
            CHECK(!help_text(command.id, text, 80).empty());
        CHECK(!man_page(text, "1").empty());
        CHECK(!zsh_completion(text).empty());
    });
}

TEST_CASE("help: no line is wider than the terminal in either language") {
    for (const Language language : {Language::en, Language::ja})
        for (const CommandSpec& command : command_table())
            for (const std::string& line :
                 lines_of(help_text(command.id, catalogue_in(language), 80)))
                // An example is typed as it stands, whatever its length.
                if (!line.starts_with("  konseki")) CHECK_MESSAGE(display_width(line) <= 80, line);
}

TEST_CASE("help: names every option and example of a command") {
    for (const CommandSpec& command : command_table()) {
        const std::string help = help_text(command.id, catalogue_in(Language::en), 80);
        for (const OptionSpec& option : command.options) CHECK(help.contains(option.name));
        for (const ExampleSpec& example : command.examples) CHECK(help.contains(example.line));
    }
}

TEST_CASE("wrapped: breaks between words and indents what follows") {
    CHECK(render::wrapped("one two three four five six seven", 24, 4) ==
          "one two three four\n    five six seven");
    CHECK(render::wrapped("  a   b ", 40, 0) == "a b");
    CHECK(render::wrapped(std::string(60, 'x'), 30, 0) == std::string(60, 'x'));
}

TEST_CASE("wrapped: Japanese breaks anywhere but before a closing mark") {
    // 22 columns hold eleven characters; the full stop would be the twelfth and takes its neighbour along.
    CHECK(render::wrapped("あいうえおかきくけこさ。たち", 22, 0) ==
          "あいうえおかきくけこ\nさ。たち");
    CHECK(render::wrapped("読めないレコードは--recoverで復元する", 22, 0) ==
          "読めないレコードは\n--recoverで復元する");
}

TEST_CASE("usage line: one line, escapes from the command line made visible") {
    const auto parsed = parse_arguments(std::vector<std::string>{"check", "--\x1b[31mred\n", "a"});

    const std::string line = usage_line(parsed.error(), catalogue_in(Language::en));

    CHECK(lines_of(line).size() == 2);
    CHECK(!line.contains('\x1b'));
    CHECK(line.contains("konseki help check"));
}

TEST_CASE("man page: a backslash in an example survives troff, and hyphens stay hyphens") {
    const std::string page = man_page(catalogue_in(Language::en), "1.2.3");

    CHECK(page.starts_with(".TH KONSEKI 1"));
    CHECK(page.contains("endswith=\\epowershell.exe"));
    CHECK(page.contains("\\-\\-fail\\-on"));
    for (const std::string& line : lines_of(page)) CHECK(!line.starts_with("'"));
}

TEST_CASE("completion: both shells know every command and option") {
    const std::string bash = bash_completion();
    const std::string zsh = zsh_completion(catalogue_in(Language::en));
    for (const CommandSpec& command : command_table())
        for (const OptionSpec& option : command.options) {
            CHECK_MESSAGE(bash.contains(option.name), option.name);
            if (command.id != CommandId::none)
                CHECK_MESSAGE(zsh.contains(option.name), option.name);
        }
}

}  // namespace
