// The desk's program: reads everything that lies outside (arguments, environment, clock, signals) and hands it down as
// values. What an officer does is in lib/desk, the web in lib/server.

#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <string>
#include <vector>

#include "commands.h"
#include "surroundings.h"

int main(int count, char** words) {
    using namespace konseki;
    using namespace konseki::desk_program;
    umask(077);  // what lies in the data folder is for its owner
    const render::Language language = language_of_locale();
    const Say say = [language](std::string_view key, std::initializer_list<render::Filling> with) {
        write_all(STDERR_FILENO, render::say(language, key, with) + '\n');
    };
    try {
        auto parsed = parse_options(std::vector<std::string>(words + 1, words + count));
        if (const BadWord* const bad = std::get_if<BadWord>(&parsed))
            return say("desk.unknown_word", {{"word", bad->word}}), 2;
        auto& options = std::get<Options>(parsed);
        options.language = language;
        return run(options, say);
    } catch (const std::exception& error) {
        say("desk.cannot", {{"reason", error.what()}});
        return 1;
    }
}
