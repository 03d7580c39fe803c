#include "konseki/containers/gzip.h"

#include "made_archives.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::containers;
using namespace konseki::containers::made;

namespace {

std::string member(std::string_view text) {
    libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
    std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
    out.resize(
        libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string noisy(std::size_t size) {
    std::string out;
    std::uint32_t state = 1;
    while (out.size() < size) {
        state = state * 1'664'525 + 1'013'904'223;
        out += static_cast<char>(state >> 24);
    }
    return out;
}

}  // namespace

TEST_CASE("gzip members in a row are one file, and what follows the last is ignored") {
    const Collected got = collect(member("one ") + member("two") + std::string(100, '\0'));
    CHECK(got.notes.empty());
    CHECK(got.files == std::vector<Collected::File>{{"in", "one two"}});
    CHECK(collect(member("")).files == std::vector<Collected::File>{{"in", ""}});
}

TEST_CASE("members are found wherever they fall in the reader's buffer") {
    for (std::size_t size = 65'500; size < 65'545; ++size) {
        const std::string text = noisy(size - 30);
        CHECK(collect(member(text) + member("end")).files ==
              std::vector<Collected::File>{{"in", text + "end"}});
    }
}

TEST_CASE("gzip data cut at any place are damage, not a file") {
    const std::string whole = member("some text that is packed");
    for (std::size_t size = 3; size < whole.size(); ++size) {
        const Collected got = collect(whole.substr(0, size));
        CHECK_FALSE(got.failed);
        CHECK(got.files.empty());
        CHECK(got.notes == std::vector<std::string>{"in: the gzip data end in the middle"});
    }
    std::string changed = whole;
    changed[whole.size() - 6] ^= 1;
    CHECK(collect(changed).notes == std::vector<std::string>{"in: the gzip data are damaged"});
}

TEST_CASE("what came before the damage is read first") {
    const std::string text = noisy(100'000);
    const std::string cut = member(text).substr(0, 60'000);
    const MemorySource source(as_bytes(cut));
    const Limits limits;
    GzipStream stream(source, limits);
    std::vector<std::byte> out(100'000);
    const Result<std::size_t> got = stream.read(out);
    REQUIRE(got);
    CHECK(*got > 50'000);
    CHECK(as_text(Bytes(out).first(*got)) == std::string_view(text).substr(0, *got));
    CHECK_FALSE(stream.read(out));
    CHECK_FALSE(stream.read(out));
}

TEST_CASE("a gzip bomb is stopped") {
    const Collected got = collect(member(std::string(30'000'000, '\0')));
    CHECK(got.files.empty());
    CHECK(got.notes ==
          std::vector<std::string>{
              "in: the container would unpack to more than 200 times its size: not unpacked"});
    Limits small;
    small.entry_bytes = 10;
    CHECK(collect(member("more than ten bytes"), small).notes ==
          std::vector<std::string>{"in: larger than 10 bytes: not unpacked"});
}
