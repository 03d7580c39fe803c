#include <doctest/doctest.h>

#include <string>

#include "konseki/detect/organisation.h"

using namespace konseki;
using namespace konseki::detect;

namespace {

const std::string good =
    R"({"host":"PC01","user":"EXAMPLE\\adm01","sid":"S-1-5-21-1-2-3-1001","command":"reg save HKLM\\SAM \"F:\\konseki\\PC01\\SAM\" /y","start":"2026-03-02T10:02:03+09:00","end":"2026-03-02T10:02:04+09:00","exit":0,"zone":"Tokyo Standard Time"})";

/// The good line with one text in place of another.
std::string with(const std::string& old, const std::string& other) {
    std::string line = good;
    const std::size_t at = line.find(old);
    REQUIRE(at != line.npos);
    return line.replace(at, old.size(), other);
}

std::string reason_of(const std::string& line) {
    const CollectionRecord record = read_collection(line);
    CHECK(record.commands.empty());
    REQUIRE(record.problems.size() == 1);
    CHECK(record.problems[0].line == 1);
    return record.problems[0].reason;
}

Time at(const char* text) { return *parse_time(text, Zone{}); }

}  // namespace

TEST_CASE("collection: a line gives host, account, command line and its times in UTC") {
    const CollectionRecord record = read_collection(good + "\r\n");

    CHECK(record.problems.empty());
    REQUIRE(record.commands.size() == 1);
    const findings::CollectionCommand& command = record.commands[0];
    CHECK(command.host == "PC01");
    CHECK(command.user == R"(EXAMPLE\adm01)");
    CHECK(command.sid == "S-1-5-21-1-2-3-1001");
    CHECK(command.command == R"(reg save HKLM\SAM "F:\konseki\PC01\SAM" /y)");
    CHECK(command.start == at("2026-03-02T01:02:03Z"));
    CHECK(command.end == at("2026-03-02T01:02:04Z"));
    CHECK(command.exit == "0");
    CHECK(command.line == 1);
}

TEST_CASE("collection: a time without an offset is in the zone that Windows names") {
    const std::string local = with("2026-03-02T10:02:03+09:00", "2026-03-02T10:02:03");
    CHECK(read_collection(local).commands.at(0).start == at("2026-03-02T01:02:03Z"));

    std::string other = local;
    other.replace(other.find("Tokyo Standard Time"), 19, "W. Europe Standard Time");
    CHECK(reason_of(other) == "`start` has no offset, and `zone` is none that is known");
}

TEST_CASE("collection: a bad line is named and those around it are read") {
    const CollectionRecord record = read_collection(good + "\n\nnot json\n" + good + "\n");

    CHECK(record.commands.size() == 2);
    CHECK(record.commands[1].line == 4);
    CHECK(record.refused == 1);
    REQUIRE(record.problems.size() == 1);
    CHECK(record.problems[0] == LineProblem{3, "the line is no JSON object"});
}

TEST_CASE("collection: each member that is wrong has its reason") {
    CHECK(reason_of(with(R"("host":"PC01")", R"("host":"")")) == "`host` is missing");
    CHECK(reason_of(with(R"("host":"PC01")", R"("host":["PC01"])")) == "`host` is no text");
    CHECK(reason_of(with(R"("command":)", R"("other":)")) == "`command` is missing");
    CHECK(reason_of(with("2026-03-02T10:02:03+09:00", "yesterday")) == "`start` is no time");
    CHECK(reason_of(with("2026-03-02T10:02:03+09:00", "2026-13-02T10:02:03Z")) ==
          "`start` is no time");
    CHECK(reason_of(with("2026-03-02T10:02:04+09:00", "2026-03-02T10:02:02+09:00")) ==
          "`end` is before `start`");
    CHECK(reason_of(with("2026-03-02T10:02:04+09:00", "2026-03-03T10:02:04+09:00")) ==
          "the command took longer than a day");
    CHECK(
        reason_of(
            R"({"host":"PC01","command":"x","start":"2026-03-02T10:02:03Z","end":"2026-03-02T10:02:03Z"})") ==
        "`user` or `sid` is missing");
    CHECK(reason_of("[1]") == "the line is no JSON object");
    CHECK(reason_of(R"({"host":"A","host":"B"})") == "the line is no JSON object");
}

TEST_CASE("collection: names in CP932 are read, as a Japanese console writes them") {
    // 佐藤 in CP932.
    const std::string line = with("adm01", "\x8d\xb2\x93\xa1");
    CHECK(read_collection(line).commands.at(0).user == "EXAMPLE\\佐藤");
}

TEST_CASE("collection: what is too long or too much is refused, and the rest stays") {
    CHECK(reason_of(with("PC01", std::string(max_collection_line, 'A'))) == "the line is too long");
    CHECK(reason_of(std::string(max_collection_bytes + 1, '\n')) == "the file is too long");

    std::string many;
    for (std::size_t i = 0; i < max_collection_commands + 2; ++i) many += good + "\n";
    const CollectionRecord record = read_collection(many);
    CHECK(record.commands.size() == max_collection_commands);
    REQUIRE(record.problems.size() == 1);
    CHECK(record.problems[0].reason == "there are too many commands");

    std::string noise;
    for (int i = 0; i < 200; ++i) noise += "x\n";
    CHECK(read_collection(noise).problems.size() == max_collection_problems);
    CHECK(read_collection(noise).refused == 200);
}

TEST_CASE("collection: bytes that mean nothing are refused line by line") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    CHECK(read_collection(bytes).commands.empty());
    CHECK(read_collection(std::string(200, '{')).commands.empty());
    CHECK(read_collection("").problems.empty());
}
