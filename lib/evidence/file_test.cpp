#include "konseki/evidence/file.h"

#include "konseki/evidence/digest.h"
#include "made_folder.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

using namespace konseki;
using namespace konseki::evidence;
using konseki::evidence::made::Folder;

TEST_CASE("a file is read at any offset up to its end") {
    const Folder made;
    const Result<File> file = File::open(made.file("a", "0123456789"));
    REQUIRE(file);
    CHECK(file->size() == 10);
    std::vector<std::byte> out(4);
    CHECK(*file->read_at(3, out) == 4);
    CHECK(as_text(out) == "3456");
    CHECK(*file->read_at(8, out) == 2);
    CHECK(*file->read_at(10, out) == 0);
    CHECK(*file->read_at(~std::uint64_t{0}, out) == 0);
    CHECK(*file->read_at(0, {}) == 0);
}

TEST_CASE("a file beyond 4 GiB is read") {
    const Folder made;
    const std::filesystem::path path = made.file("large", "start");
    std::filesystem::resize_file(path, (std::uint64_t{5} << 30) + 3);
    const Result<File> file = File::open(path);
    REQUIRE(file);
    CHECK(file->size() == (std::uint64_t{5} << 30) + 3);
    std::vector<std::byte> out(10, std::byte{1});
    CHECK(*file->read_at(std::uint64_t{5} << 30, out) == 3);
    CHECK(out[0] == std::byte{0});
}

TEST_CASE("a change of size or time is noticed") {
    const Folder made;
    const std::filesystem::path path = made.file("a", "123");
    const Result<File> file = File::open(path);
    REQUIRE(file);
    CHECK_FALSE(file->has_changed());
    std::filesystem::last_write_time(path, std::filesystem::file_time_type{});
    CHECK(file->has_changed());
    const Result<File> again = File::open(path);
    REQUIRE(again);
    made.file("a", "1234");
    CHECK(again->has_changed());
}

TEST_CASE("a file stays open when it is moved to another owner") {
    const Folder made;
    File first = *File::open(made.file("a", "A"));
    File second = *File::open(made.file("b", "B"));
    second = std::move(first);
    std::vector<std::byte> out(1);
    CHECK(*second.read_at(0, out) == 1);
    CHECK(as_text(out) == "A");
}

TEST_CASE("what cannot be opened is an error with the path") {
    const Folder made;
    const Result<File> missing = File::open(made.path() / "none");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
    CHECK(missing.error().message.contains("none"));
    const Result<File> folder = File::open(made.path());
    REQUIRE_FALSE(folder);
    CHECK(folder.error().message.ends_with("is no regular file"));
    const std::filesystem::path pipe = made.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_FALSE(File::open(pipe));
    const Item item{.path = "x", .absolute = "/", .bytes = 0, .problem = Error::unsupported("why")};
    CHECK(File::open(item).error().message == "why");
}

TEST_CASE("the digest is that of the whole file") {
    const Folder made;
    std::string text(2'500'000, 'x');
    text[2'000'000] = 'y';
    const Result<File> file = File::open(made.file("a", text));
    REQUIRE(file);
    CHECK(*digest(*file) == sha256(as_bytes(text)));
    const Result<File> empty = File::open(made.file("b", ""));
    CHECK(*digest(*empty) == sha256({}));
    const Result<File> cut = File::open(made.file("c", text));
    std::filesystem::resize_file(made.path() / "c", 1'500'000);
    CHECK(digest(*cut).error().kind == ErrorKind::truncated);
}
