#pragma once

#include "konseki/kit/commands.h"
#include "konseki/kit/invocation.h"

#include <filesystem>
#include <string>
#include <string_view>

// What lies around the program: file descriptors, environment, locale, terminal, clock, processors.

namespace konseki {

/// Writes all of it; returns 0, or the errno that stopped it.
int write_all(int file, std::string_view text);

/// Standard output, gathered into large writes where no person looks on.
class Output {
  public:
    explicit Output(bool is_terminal) : at_once_(is_terminal) {}

    /// False once nothing can be written any more.
    bool write(std::string_view text);
    bool flush();
    /// errno of what went wrong; a reader who has gone is no fault.
    int fault() const;

  private:
    bool at_once_;
    int error_ = 0;
    std::string waiting_;
};

/// From LC_ALL, LC_MESSAGES or LANG, whichever is set first (POSIX).
kit::Language language_of_locale();

/// Where the system keeps its files of time zones: $TZDIR, else /usr/share/zoneinfo.
std::filesystem::path zone_folder();

/// The environment of a command; `output` and `cancelled` must outlive it.
kit::Environment surroundings(Output& output, const std::atomic<bool>& cancelled,
                              const kit::Settings& settings);

}  // namespace konseki
