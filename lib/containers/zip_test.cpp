#include "konseki/containers/zip.h"

#include "made_archives.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::containers;
using namespace konseki::containers::made;

namespace {
std::string twenty_titles() {
    std::string out;
    for (int i = 0; i < 20; ++i) out += "title: a\n";
    return out;
}
}  // namespace

TEST_CASE("a zip of another program is read whole, without its folders") {
    const Collected got = collect(from_hex(python_zip));
    CHECK_FALSE(got.failed);
    CHECK(got.notes.empty());
    REQUIRE(got.files.size() == 2);
    CHECK(got.files[0] == Collected::File{"rules/a.yml", twenty_titles()});
    CHECK(got.files[1] == Collected::File{"日本/b.txt", "本文"});
    CHECK(got.seen[0].size == 180);
    CHECK_FALSE(got.seen[0].leaves_folder);
}

TEST_CASE("entries come in the order of the directory, and a sink may skip or stop") {
    const Collected got = collect(zip({part("skip1", "a", 0), part("b", "bb", 8), part("c", "", 0),
                                       part("stop", "d", 0), part("e", "e", 0)}));
    CHECK(got.files == std::vector<Collected::File>{{"b", "bb"}, {"c", ""}});
    CHECK(got.seen.size() == 4);
    CHECK(got.notes.empty());
}

TEST_CASE("names are UTF-8, CP932 or CP437") {
    ZipPart flagged = part("\xe6\x97\xa5", "1", 0);
    flagged.flags = 1 << 11;
    const Collected got = collect(zip({flagged, part("\x93\xfa\x96\x7b\x5c\x83\x5c.txt", "2", 0),
                                       part("caf\x82", "3", 0), part("日本", "4", 0)}));
    REQUIRE(got.files.size() == 4);
    CHECK(got.files[0].path == "日");
    CHECK(got.files[1].path == "日本/ソ.txt");
    CHECK(got.files[2].path == "café");
    CHECK(got.files[3].path == "日本");
}

TEST_CASE("Info-ZIP's Unicode path is taken where it belongs to the name") {
    ZipPart right = part("x", "1", 0);
    right.extra = little(0x7075, 2) + little(8, 2) + "\1" + little(crc32(as_bytes("x")), 4) + "日";
    ZipPart stale = part("y", "2", 0);
    stale.extra = right.extra;
    const Collected got = collect(zip({right, stale}));
    REQUIRE(got.files.size() == 2);
    CHECK(got.files[0].path == "日");
    CHECK(got.files[1].path == "y");
}

TEST_CASE("names that climb out of the folder stay text and are marked") {
    const Collected got =
        collect(zip({part("../../etc/passwd", "1", 0), part("/abs", "2", 0), part("C:\\x", "3", 0),
                     part("a/../../b", "4", 0), part("a/../b", "5", 0), part("a..b/c", "6", 0)}));
    REQUIRE(got.seen.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) CHECK(got.seen[i].leaves_folder == (i < 4));
    CHECK(got.files[0].path == "../../etc/passwd");
}

TEST_CASE("bytes before the archive and a comment after it do no harm") {
    const std::string archive = zip({part("a", "text", 8)});
    CHECK(collect("PK\3\4" + std::string(1000, 'x') + archive).files.size() == 1);
    // A comment that holds the signature of an end record.
    std::string commented = archive.substr(0, archive.size() - 2);
    const std::string comment = "PK\5\6" + std::string(30, ' ');
    commented += little(comment.size(), 2) + comment;
    CHECK(collect(commented).files.size() == 1);
    CHECK(collect(archive + "behind").files.size() == 1);
}

TEST_CASE("ZIP64 sizes, offsets and end records are read") {
    const std::string body = "PK\3\4" + little(45, 2) + little(0, 8) + little(0xffffffff, 4) +
                             little(0xffffffff, 4) + little(0xffffffff, 4) + little(1, 2) +
                             little(0, 2) + "atext";
    const std::uint32_t crc = crc32(as_bytes("text"));
    const std::string extra =
        little(1, 2) + little(24, 2) + little(4, 8) + little(4, 8) + little(0, 8);
    const std::string directory = "PK\1\2" + little(45, 4) + little(0, 8) + little(crc, 4) +
                                  little(0xffffffff, 4) + little(0xffffffff, 4) + little(1, 2) +
                                  little(extra.size(), 2) + little(0, 2) + little(0, 8) +
                                  little(0xffffffff, 4) + "a" + extra;
    const std::string end64 = "PK\6\6" + little(44, 8) + little(45, 4) + little(0, 8) +
                              little(1, 8) + little(1, 8) + little(directory.size(), 8) +
                              little(body.size(), 8);
    const std::string locator =
        "PK\6\7" + little(0, 4) + little(body.size() + directory.size(), 8) + little(1, 4);
    const std::string end = "PK\5\6" + little(0, 4) + little(0xffff, 2) + little(0xffff, 2) +
                            little(0xffffffff, 4) + little(0xffffffff, 4) + little(0, 2);
    const Collected got = collect(body + directory + end64 + locator + end);
    CHECK(got.error == "");
    CHECK(got.notes.empty());
    CHECK(got.files == std::vector<Collected::File>{{"a", "text"}});
}

TEST_CASE("an empty archive has no entries and no damage") {
    const Collected got = collect(zip({}));
    CHECK_FALSE(got.failed);
    CHECK(got.files.empty());
    CHECK(got.notes.empty());
}
