// The field kit's program: reads everything that lies outside (arguments, environment, terminal, clock,
// signals) and hands it down as values. What the commands do is in lib/kit.

#include "heap.h"
#include "konseki/kit/commands.h"
#include "konseki/kit/help.h"
#include "konseki/kit/invocation.h"
#include "surroundings.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

namespace {

using namespace konseki;
using namespace konseki::kit;

/// A signal handler reaches nothing but an object of static life: the one such object of the program.
std::atomic<bool> cancelled{false};
static_assert(std::atomic<bool>::is_always_lock_free, "only then may a signal handler touch it");

extern "C" void on_interrupt(int) { cancelled.store(true, std::memory_order_relaxed); }

void set_up_signals() {
    struct sigaction action = {};
    action.sa_handler = on_interrupt;
    // The second Ctrl-C stops the program at once, should it not come to an end by itself.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe shows as EPIPE of write()
}

/// One overload per thing that a command line can ask for.
struct Runner {
    Environment& environment;

    CommandResult operator()(const HelpRequest& request) const {
        constexpr std::size_t readable = 100;
        const TextOf text = catalogue_in(environment.language);
        environment.out(request.as_man_page ? man_page(text, environment.version)
                                            : help_text(request.command, text,
                                                        std::min(environment.width, readable)));
        return {};
    }
    CommandResult operator()(const VersionRequest&) const {
        environment.out("konseki " + environment.version + '\n');
        return {};
    }
    CommandResult operator()(const CompletionRequest& request) const {
        environment.out(request.zsh ? zsh_completion(catalogue_in(environment.language))
                                    : bash_completion());
        return {};
    }
    CommandResult operator()(const CheckOptions& options) const {
        return check(options, environment);
    }
    CommandResult operator()(const RecordsOptions& options) const {
        return records(options, environment);
    }
    CommandResult operator()(const SearchOptions& options) const {
        return search(options, environment);
    }
    CommandResult operator()(const TracesOptions& options) const {
        return traces(options, environment);
    }
    CommandResult operator()(const LogonsOptions& options) const {
        return logons(options, environment);
    }
    CommandResult operator()(const RulesAddOptions& options) const {
        return rules_add(options, environment);
    }
    CommandResult operator()(const RulesRemoveOptions& options) const {
        return rules_remove(options, environment);
    }
    CommandResult operator()(const RulesListOptions& options) const {
        return rules_list(options, environment);
    }
    CommandResult operator()(const RulesLintOptions& options) const {
        return rules_lint(options, environment);
    }
    CommandResult operator()(const RulesTestOptions& options) const {
        return rules_test(options, environment);
    }
    CommandResult operator()(const GuideOptions& options) const {
        return guide(options, environment);
    }
    CommandResult operator()(const ProfileInitOptions& options) const {
        return profile_init(options, environment);
    }
    CommandResult operator()(const DemoOptions& options) const {
        return demo(options, environment);
    }
};

CommandResult run(const std::vector<std::string>& words, Output& output) {
    const auto refuse = [](const UsageProblem& problem, Language language) {
        write_all(STDERR_FILENO, usage_line(problem, catalogue_in(language)));
        return CommandResult{ExitStatus::usage};
    };
    const auto arguments = parse_arguments(words);
    if (!arguments) return refuse(arguments.error(), language_of_locale());
    const auto settings = settings_of(*arguments, zone_folder());
    if (!settings) return refuse(settings.error(), language_of_locale());
    Environment environment = surroundings(output, cancelled, *settings);
    const auto invocation = interpret(*arguments, environment.zone);
    if (!invocation) return refuse(invocation.error(), environment.language);
    if (words.empty()) {
        environment.err(
            help_text(CommandId::none, catalogue_in(environment.language), environment.width));
        return {ExitStatus::usage};
    }
    return std::visit(Runner{environment}, *invocation);
}

ExitStatus stopped(std::string_view key, std::string_view reason) {
    const UsageProblem problem{key, {{"reason", std::string(reason)}}, CommandId::none};
    write_all(STDERR_FILENO, usage_line(problem, catalogue_in(language_of_locale())));
    return ExitStatus::failed;
}

}  // namespace

int main(int count, char** words) {
    use_large_pages();
    set_up_signals();
    Output output(isatty(STDOUT_FILENO) == 1);
    CommandResult result;
    ExitStatus status = ExitStatus::failed;
    try {
        result = run({words + 1, words + count}, output);
        status = result.status;
        output.flush();
        if (output.fault() != 0 && status != ExitStatus::interrupted)
            status = stopped("program.output_failed", std::strerror(output.fault()));
    } catch (const std::bad_alloc&) {
        status = stopped("program.out_of_memory", "");
    } catch (const std::exception& error) {
        status = stopped("program.broken_off", error.what());
    }
    // All is written and flushed: what is held goes with the process.
    std::quick_exit(static_cast<int>(status));
}
