#include "konseki/containers/tar.h"

#include "made_archives.h"
#include "tar_header.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::containers;
using namespace konseki::containers::made;

namespace {

std::string octal(std::uint64_t value, std::size_t digits) {
    std::string out(digits, '0');
    for (std::size_t at = digits; at-- > 0; value >>= 3)
        out[at] = static_cast<char>('0' + (value & 7));
    return out;
}

std::string block(std::string_view name, std::string size_field, char type) {
    std::string out(512, '\0');
    out.replace(0, name.size(), name);
    size_field.resize(12, '\0');
    out.replace(124, 12, size_field);
    out.replace(148, 8, "        ");
    out[156] = type;
    out.replace(257, 8,
                std::string("ustar\0"
                            "00",
                            8));
    std::uint64_t sum = 0;
    for (const char c : out) sum += static_cast<std::uint8_t>(c);
    out.replace(148, 8, octal(sum, 6) + std::string("\0 ", 2));
    return out;
}
std::string padded(std::string text) {
    text.resize((text.size() + 511) / 512 * 512, '\0');
    return text;
}
std::string file(std::string_view name, const std::string& text) {
    return block(name, octal(text.size(), 11), '0') + padded(text);
}
const std::string end(1024, '\0');

std::string long_japanese_path() {
    std::string out = "日本/";
    for (int i = 0; i < 30; ++i) out += "長い名前";
    return out + "/b.yml";
}

}  // namespace

TEST_CASE("tars of other programs are read whole, links and folders passed over") {
    const std::vector<Collected::File> want = {
        {"rules/a.yml", "title: a\n"},
        {long_japanese_path(), "title: b\n"},
        {std::string(80, 'x') + "/" + std::string(90, 'y') + ".yml", std::string(600, 'c')}};
    for (const std::string_view archive : {pax_tar_gz, gnu_tar_gz}) {
        const Collected got = collect(from_hex(archive));
        CHECK_FALSE(got.failed);
        CHECK(got.notes.empty());
        CHECK(got.files == want);
    }
    const Collected own = collect(from_hex(gnu_own_tar_gz));
    CHECK(own.notes.empty());
    CHECK(own.files == std::vector<Collected::File>{{"d/" + std::string(120, 'n') + ".txt", "x"},
                                                    {"d/a.txt", "hello\n"}});
}

TEST_CASE("a plain tar is read, and a sink may skip or stop") {
    const Collected got = collect(file("skip", std::string(600, 's')) + file("a", "1") +
                                  file("b", "") + file("stop", "x") + file("c", "2") + end);
    CHECK(got.notes.empty());
    CHECK(got.files == std::vector<Collected::File>{{"a", "1"}, {"b", ""}});
    CHECK(got.seen[1].offset == 512 + 1024);
}

TEST_CASE("sizes in base 256 are read and impossible ones refused") {
    std::string size(12, '\0');
    size[0] = '\x80';
    size[11] = 3;
    CHECK(collect(block("a", size, '0') + padded("abc") + end).files ==
          std::vector<Collected::File>{{"a", "abc"}});
    size[1] = '\x7f';
    CHECK(collect(file("a", "1") + block("b", size, '0') + end).notes ==
          std::vector<std::string>{": a tar number is out of range"});
    CHECK(collect(file("a", "1") + block("b", std::string(12, '\xff'), '0') + end).notes.size() ==
          1);
    CHECK(collect(file("a", "1") + block("b", "12x", '0') + end).notes ==
          std::vector<std::string>{": a tar number is not octal"});
}

TEST_CASE("pax size and path override the header, once") {
    const std::string records = "11 size=3\n\n";  // the value is "3\n"
    CHECK(
        collect(file("a", "1") + block("x", octal(records.size(), 11), 'x') + padded(records) + end)
            .notes.size() == 1);
    const std::string good = "9 size=3\n12 path=p/q\n";
    const Collected got =
        collect(block("x", octal(good.size(), 11), 'x') + padded(good) +
                block("short", octal(0, 11), '0') + padded("abc") + file("b", "2") + end);
    CHECK(got.notes == std::vector<std::string>{});
    CHECK(got.files == std::vector<Collected::File>{{"p/q", "abc"}, {"b", "2"}});
}

TEST_CASE("a pax record that lies about its length is refused") {
    for (const std::string_view bad : {"0 path=x\n", "99 path=x\n", "9path=xy\n", "5 abc\n",
                                       "99999999999999999999 a=b\n", "6 a=bc\n"}) {
        TarOverride out;
        CHECK_FALSE(read_pax_records(as_bytes(bad), out));
    }
    TarOverride out;
    CHECK(read_pax_records(as_bytes("11 path=ab\n"), out));
    CHECK(out.path == "ab");
}

TEST_CASE("sparse files are named as not read and passed over") {
    std::string sparse = block("hole", octal(5, 11), 'S');
    const Collected got = collect(sparse + padded("12345") + file("a", "1") + end);
    CHECK(got.notes == std::vector<std::string>{"hole: is a sparse file, which is not read"});
    CHECK(got.files == std::vector<Collected::File>{{"a", "1"}});
}

TEST_CASE("a tar that claims more than there is keeps what came before") {
    const Collected got =
        collect(file("a", "1") + block("b", octal(0777777777, 11), '0') + padded("x"));
    CHECK(got.files == std::vector<Collected::File>{{"a", "1"}});
    REQUIRE(got.notes.size() == 1);
    CHECK(got.notes[0] ==
          "b: contents of a tar entry at offset 1536 needs 65536 bytes, 512 are there");
    const Collected large =
        collect(file("a", "1") + block("b", octal(std::uint64_t{1} << 32, 11), '0'));
    REQUIRE(large.notes.size() == 2);
    CHECK(large.notes[0] == "b: larger than 268435456 bytes: not unpacked");
}

TEST_CASE("a tar cut at any place gives whole files only and says so") {
    const std::string whole = file("a", "first") + file("b", std::string(700, 'b')) + end;
    for (std::size_t size = 512; size < whole.size() - 1024; ++size) {
        const Collected got = collect(whole.substr(0, size));
        CHECK_FALSE(got.failed);
        CHECK(got.files.size() == (size >= 1024 ? 1u : 0u));
        CHECK(got.notes.size() == 1);
    }
    CHECK(collect(whole.substr(0, whole.size() - 512)).notes.empty());
}

TEST_CASE("a gzipped tar cut at any place never crashes and always says so") {
    const std::string whole = from_hex(pax_tar_gz);
    for (std::size_t size = 3; size < whole.size(); ++size) {
        const Collected got = collect(whole.substr(0, size));
        CHECK_FALSE(got.failed);
        CHECK((got.notes.size() == 1 || got.files.size() == 3));
    }
}

TEST_CASE("a wrong checksum ends the walk with its place") {
    std::string archive = file("a", "1") + file("b", "2") + end;
    archive[1024] = 'x';
    const Collected got = collect(archive);
    CHECK(got.files.size() == 1);
    CHECK(got.notes == std::vector<std::string>{": a tar header has a wrong checksum"});
}

TEST_CASE("limits on entries are kept") {
    Limits few;
    few.entries = 1;
    CHECK(collect(file("a", "1") + file("b", "2") + end, few).files.size() == 1);
}
