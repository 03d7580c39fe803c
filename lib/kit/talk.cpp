#include "talk.h"

#include "konseki/base/text.h"

namespace konseki::kit {
namespace {

int rank(ExitStatus status) {
    switch (status) {
        case ExitStatus::done: return 0;
        case ExitStatus::incomplete: return 1;
        case ExitStatus::found: return 2;
        case ExitStatus::failed: return 3;
        case ExitStatus::usage: return 4;
        case ExitStatus::interrupted: return 5;
    }
    return 0;
}

}  // namespace

ExitStatus worse(ExitStatus a, ExitStatus b) { return rank(a) < rank(b) ? b : a; }

void Talk::warn(std::string_view line) const {
    environment_.err("konseki: " + for_terminal(line) + '\n');
}

void Talk::warn(std::string_view key, std::initializer_list<render::Filling> fillings) const {
    warn(say(key, fillings));
}

CommandResult Talk::fail_with(const Error& error) const {
    warn(error.message);
    return {error.kind == ErrorKind::usage ? ExitStatus::usage : ExitStatus::failed};
}

CommandResult Talk::fail_with(ExitStatus status, std::string_view key,
                              std::initializer_list<render::Filling> fillings) const {
    warn(say(key, fillings));
    return {status};
}

}  // namespace konseki::kit
