#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "konseki/base/result.h"
#include "konseki/kit/commands.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/terminal.h"

namespace konseki::kit {

/// What a command says to the person, in the language of the environment.
class Talk {
  public:
    explicit Talk(Environment& environment) : environment_(environment) {}

    render::Language language() const {
        return environment_.language == Language::ja ? render::Language::ja : render::Language::en;
    }
    std::string say(std::string_view key,
                    std::initializer_list<render::Filling> fillings = {}) const {
        return render::say(language(), key, fillings);
    }
    /// One line on standard error, made safe for a terminal.
    void warn(std::string_view line) const;
    void warn(std::string_view key, std::initializer_list<render::Filling> fillings) const;
    /// `konseki: <message>` and the status of a failure: usage for usage errors, else failed.
    CommandResult fail_with(const Error& error) const;
    /// The same with a sentence of the catalogue.
    CommandResult fail_with(ExitStatus status, std::string_view key,
                            std::initializer_list<render::Filling> fillings) const;
    render::TerminalStyle out_style() const {
        return {environment_.out_is_terminal ? environment_.width : 0,
                environment_.colour ? render::Color::on : render::Color::off};
    }
    bool is_cancelled() const {
        return environment_.cancelled != nullptr && environment_.cancelled->load();
    }

  private:
    Environment& environment_;
};

/// Where several ends hold: interrupted, then failed, then found, then incomplete.
ExitStatus worse(ExitStatus a, ExitStatus b);

}  // namespace konseki::kit
