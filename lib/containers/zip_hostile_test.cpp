#include "konseki/containers/zip.h"

#include "made_archives.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::containers;
using namespace konseki::containers::made;

namespace {
/// The notes of an archive with one bad entry between two good ones, which must survive it.
std::string note_of(const ZipPart& bad) {
    const Collected got = collect(zip({part("first", "1", 0), bad, part("last", "2", 8)}));
    CHECK(got.error == "");
    CHECK(got.files == std::vector<Collected::File>{{"first", "1"}, {"last", "2"}});
    REQUIRE(got.notes.size() == 1);
    return got.notes[0];
}
ZipPart bad() { return part("bad", "some text, some text, some text", 8); }
}  // namespace

TEST_CASE("one bad entry is noted and the others are read") {
    ZipPart entry = bad();
    entry.crc ^= 1;
    CHECK(note_of(entry) == "bad: its CRC is wrong");
    entry = bad();
    entry.flags = 1;
    CHECK(note_of(entry) == "bad: is encrypted");
    entry = bad();
    entry.method = 9;
    CHECK(note_of(entry) == "bad: is packed by method 9, which is not read");
    entry = bad();
    entry.size -= 1;
    CHECK(note_of(entry) == "bad: unpacks to more than the size it claims");
    entry = bad();
    entry.size += 1;
    CHECK(note_of(entry) == "bad: unpacks to another size than it claims");
    entry = bad();
    entry.packed[0] = '\x07';
    CHECK(note_of(entry) == "bad: its packed bytes are damaged");
    entry = part("bad", "stored", 0);
    entry.size = 7;
    CHECK(note_of(entry) == "bad: is stored, but its two sizes differ");
}

TEST_CASE("a lying size costs no memory") {
    ZipPart entry = bad();
    entry.size = 200'000'000;
    CHECK(note_of(entry) ==
          "bad: the container would unpack to more than 200 times its size: not unpacked");
    entry.size = 0xfffffffe;
    CHECK(note_of(entry) == "bad: larger than 268435456 bytes: not unpacked");
    entry.size = 900'000;
    CHECK(note_of(entry) == "bad: claims a size that its packed bytes cannot hold");
    entry = bad();
    entry.packed_bytes = 100'000'000;
    CHECK(note_of(entry) == "bad: overlaps what lies behind it");
}

TEST_CASE("an entry that is not where the directory says is noted") {
    ZipPart entry = bad();
    entry.offset = 37;  // one behind its header
    CHECK(note_of(entry) == "bad: has no local header where the directory says");
    entry.offset = 100'000;
    CHECK(note_of(entry).contains("local header at offset 100000 needs 30 bytes, 0 are there"));
}

TEST_CASE("entries that share bytes are refused") {
    // Fifield's zip bomb: the packed bytes of one entry are those of the entries behind it.
    ZipPart whole = part("inner", std::string(300, 'x'), 0);
    ZipPart outer = part("outer", "", 0);
    const std::string inner_header =
        "PK\3\4" + little(20, 2) + zip_fields(whole) + little(0, 2) + whole.name;
    outer.packed = inner_header + whole.packed;
    outer.size = outer.packed.size();
    outer.crc = crc32(as_bytes(outer.packed));
    whole.offset = 35;  // inside outer
    const Collected got = collect(zip({outer, whole}));
    REQUIRE(got.notes.size() == 1);
    CHECK(got.notes[0] == "outer: overlaps what lies behind it");
    CHECK(got.files == std::vector<Collected::File>{{"inner", std::string(300, 'x')}});

    ZipPart same = part("same", "1", 0);
    same.offset = 0;
    const Collected twice = collect(zip({same, same}));
    CHECK(twice.files.empty());
    CHECK(twice.notes == std::vector<std::string>{"same: shares its place with another entry",
                                                  "same: shares its place with another entry"});
}

TEST_CASE("an archive that unpacks to more than 200 times its size is stopped beyond 1 MiB") {
    const std::string blanks(900'000, ' ');
    const Collected small = collect(zip({part("a", blanks, 8)}));
    CHECK(small.files.size() == 1);
    std::vector<ZipPart> parts;
    for (int i = 0; i < 10; ++i) parts.push_back(part("a" + std::to_string(i), blanks, 8));
    const Collected bomb = collect(zip(parts));
    CHECK(bomb.files.size() < 4);
    CHECK(bomb.files.size() + bomb.notes.size() == 10);
}

TEST_CASE("limits on entries, on one entry and on all are kept") {
    const std::string archive =
        zip({part("a", "12345", 0), part("b", "123", 0), part("c", "123", 0)});
    Limits few;
    few.entries = 2;
    CHECK(collect(archive, few).files.size() == 2);
    CHECK(collect(archive, few).notes ==
          std::vector<std::string>{": more than 2 entries: the rest is not read"});
    Limits small;
    small.entry_bytes = 4;
    CHECK(collect(archive, small).files.size() == 2);
    CHECK(collect(archive, small).notes ==
          std::vector<std::string>{"a: larger than 4 bytes: not unpacked"});
    Limits total;
    total.total_bytes = 8;
    CHECK(collect(archive, total).files.size() == 2);
}

TEST_CASE("an archive cut at any place is an error or damage, never a crash") {
    const std::string archive = from_hex(python_zip);
    for (std::size_t size = 4; size < archive.size(); ++size) {
        const Collected got = collect(archive.substr(0, size));
        CHECK(got.failed);
        CHECK(got.files.empty());
    }
    CHECK(collect(archive.substr(0, 300)).error == "the zip file ends before its directory");
    CHECK(collect("").error == "is no zip, tar or gzip file");
}

TEST_CASE("an archive with any byte changed ends, and what comes out is as it was") {
    const std::string archive = from_hex(python_zip);
    const std::vector<Collected::File> good = collect(archive).files;
    for (std::size_t at = 0; at < archive.size(); ++at) {
        for (const int value : {0x00, 0x01, 0x7f, 0xff, -1}) {
            std::string changed = archive;
            changed[at] = static_cast<char>(value < 0 ? changed[at] ^ 0x80 : value);
            for (const Collected::File& file : collect(changed).files) {
                const bool is_known = file.contents == good[0].contents ||
                                      file.contents == good[1].contents || file.contents.empty();
                if (!is_known) FAIL_CHECK("byte " << at << " to " << value << ": " << file.path);
            }
        }
    }
}

TEST_CASE("a directory that lies about its place or its count is found out") {
    const std::string archive = zip({part("a", "text", 0)});
    const auto with = [&](std::size_t from_end, std::uint64_t value, std::size_t bytes) {
        std::string out = archive;
        out.replace(out.size() - from_end, bytes, little(value, bytes));
        return collect(out);
    };
    CHECK(with(10, 0xfffffff0, 4).error.contains("claims 4294967280 bytes"));
    CHECK(with(6, 0xfffffff0, 4).error == "the zip directory overlaps its end record");
    CHECK(with(12, 7, 2).notes ==
          std::vector<std::string>{": the zip file claims 7 entries, 1 are there"});
    CHECK(with(18, 3, 2).error == "the zip file is one of several parts");
}
