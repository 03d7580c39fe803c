#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <unistd.h>

#include "konseki/server/listen.h"

namespace konseki::server {
namespace {

/// A folder that goes with the test.
struct Folder {
    Folder()
        : path(std::filesystem::temp_directory_path() /
               ("konseki-tls-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

const Time now = Time::from_unix_seconds(1'560'000'000);

}  // namespace

TEST_CASE("certificate: for names that look like numbers, and for addresses") {
    const Folder folder;
    for (const std::string name : {"cafe", "desk.example.jp", "192.0.2.1", "2001:db8::1", "fe80"}) {
        const TlsFiles files = {folder.path / (name + ".pem"), folder.path / (name + "-key.pem")};
        const Result<std::string> made = own_certificate(files, name, now);
        CHECK_MESSAGE(made.has_value(), name);
        if (made) CHECK(own_certificate(files, name, now).value_or("") == *made);
    }
}

TEST_CASE("certificate: what was begun and not ended is made anew") {
    const Folder folder;
    const TlsFiles files = {folder.path / "certificate.pem", folder.path / "key.pem"};
    for (const char* const left : {"key.pem", "key.pem.begun", "certificate.pem.begun"})
        std::ofstream(folder.path / left) << "-----BEGIN";
    CHECK(own_certificate(files, "localhost", now).has_value());
    CHECK(std::filesystem::file_size(files.key) > 100);
    using std::filesystem::perms;
    CHECK((std::filesystem::status(files.key).permissions() & perms::all) ==
          (perms::owner_read | perms::owner_write));
}

}  // namespace konseki::server
