#include "surroundings.h"

#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>

namespace konseki {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::size_t terminal_width() {
    constexpr std::size_t usual = 80, least = 40;
    const std::string columns = variable("COLUMNS");
    std::size_t width = 0;
    std::from_chars(columns.data(), columns.data() + columns.size(), width);
    winsize size = {};
    if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    return width == 0 ? usual : std::max(width, least);
}

/// Processors that this process may use.
unsigned usable_processors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
}

/// XDG Base Directory Specification: a relative path counts as not set.
std::filesystem::path base_folder(const char* name, const char* below_home) {
    const std::filesystem::path given = variable(name);
    if (given.is_absolute()) return given / "konseki";
    return std::filesystem::path(variable("HOME")) / below_home / "konseki";
}

Time wall_clock() {
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, Time::per_second>>;
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    Time now = Time::from_unix_seconds(0);
    now.ticks += std::chrono::duration_cast<Ticks>(since_1970).count();
    return now;
}

}  // namespace

std::filesystem::path zone_folder() {
    const std::filesystem::path given = variable("TZDIR");
    return given.is_absolute() ? given : std::filesystem::path("/usr/share/zoneinfo");
}

int write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

bool Output::write(std::string_view text) {
    constexpr std::size_t piece = 1u << 16, large = 1u << 14;
    if (error_ != 0) return false;
    if (text.size() >= large) {
        // A chunk's text: to copy it costs more than one more call.
        if (!waiting_.empty() && !flush()) return false;
        error_ = write_all(STDOUT_FILENO, text);
        return error_ == 0;
    }
    waiting_ += text;
    return waiting_.size() < piece && !at_once_ ? true : flush();
}

bool Output::flush() {
    if (error_ == 0) error_ = write_all(STDOUT_FILENO, waiting_);
    waiting_.clear();
    return error_ == 0;
}

int Output::fault() const { return error_ == EPIPE ? 0 : error_; }

kit::Language language_of_locale() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const std::string value = variable(name); !value.empty())
            return value.starts_with("ja") ? kit::Language::ja : kit::Language::en;
    return kit::Language::en;
}

kit::Environment surroundings(Output& output, const std::atomic<bool>& cancelled,
                              const kit::Settings& settings) {
    kit::Environment environment;
    environment.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    environment.err_is_terminal = isatty(STDERR_FILENO) == 1;
    environment.out = [&output](std::string_view text) { return output.write(text); };
    environment.err = [&output](std::string_view text) {
        output.flush();
        write_all(STDERR_FILENO, text);
    };
    environment.colour =
        environment.out_is_terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
    environment.width = terminal_width();
    environment.language = settings.language.value_or(language_of_locale());
    environment.zone = settings.zone.value_or(
        environment.language == kit::Language::ja ? Zone{"Asia/Tokyo", 9 * 3600} : Zone{});
    environment.now = wall_clock;
    environment.cancelled = &cancelled;
    environment.data_dir = base_folder("XDG_DATA_HOME", ".local/share");
    environment.cache_dir = base_folder("XDG_CACHE_HOME", ".cache");
    environment.threads = settings.threads.value_or(usable_processors());
    environment.version = KONSEKI_VERSION;
    return environment;
}

}  // namespace konseki
