#include "surroundings.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>

namespace konseki::desk_program {
namespace {

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

Time wall_clock() {
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, Time::per_second>>;
    Time now = Time::from_unix_seconds(0);
    now.ticks +=
        std::chrono::duration_cast<Ticks>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    return now;
}

void fill_random(std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        require(got > 0, "getrandom gives random numbers");
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace

render::Language language_of_locale() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const std::string value = variable(name); !value.empty())
            return value.starts_with("ja") ? render::Language::ja : render::Language::en;
    return render::Language::en;
}

std::filesystem::path usual_data_folder() {
    const std::filesystem::path given = variable("XDG_DATA_HOME");
    if (given.is_absolute()) return given / "konseki" / "desk";
    return std::filesystem::path(variable("HOME")) / ".local/share/konseki/desk";
}

desk::Surroundings surroundings() { return {wall_clock, fill_random}; }

std::string host_name() {
    std::array<char, 256> name = {};
    if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
    return name.data();
}

Result<void> make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const bool is_made = std::filesystem::create_directories(folder, error);
    if (!error && is_made)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return fail(Error::io("make " + folder.string(), error.value()));
    return {};
}

namespace {

/// What the folder names is on the disk.
Result<void> settle(const std::filesystem::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return fail(Error::io("open " + folder.string(), errno));
    const bool is_settled = ::fsync(opened) == 0;
    const int error = errno;
    ::close(opened);
    if (!is_settled) return fail(Error::io("write " + folder.string(), error));
    return {};
}

/// A new key under its name: whole, or not there when the program is killed meanwhile. Where another program was first,
/// its key stays.
Result<void> make_key(const std::filesystem::path& file) {
    desk::SealKey key = {};
    fill_random(key);
    const std::string begun = file.string() + '.' + std::to_string(::getpid());
    ::unlink(begun.c_str());
    const int made = ::open(begun.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) return fail(Error::io("make " + begun, errno));
    const bool is_written =
        ::write(made, key.data(), key.size()) == ssize_t{sizeof key} && ::fsync(made) == 0;
    int error = errno;
    ::close(made);
    // A link, unlike a new name, never takes the place of what is there.
    const bool is_named =
        is_written && (::link(begun.c_str(), file.c_str()) == 0 || errno == EEXIST);
    if (is_written) error = errno;
    ::unlink(begun.c_str());
    if (!is_named) return fail(Error::io("write " + file.string(), error));
    return settle(file.parent_path());
}

}  // namespace

Result<desk::SealKey> seal_key(const std::filesystem::path& file) {
    desk::SealKey key = {};
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) TRY_VOID(make_key(file));
    const int there = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (there < 0) return fail(Error::io("open " + file.string(), errno));
    const bool is_whole = ::read(there, key.data(), key.size()) == ssize_t{sizeof key};
    ::close(there);
    if (!is_whole) return fail(Error::bad_value(file.string() + " is no key of 32 bytes"));
    return key;
}

void write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace konseki::desk_program
