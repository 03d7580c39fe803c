#include "engine/keyword_finder.h"

#include <doctest/doctest.h>

#include <cstring>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

KeywordScan scan_for(const std::vector<std::string_view>& keywords) {
    KeywordScan scan;
    for (const std::string_view keyword : keywords) scan.add(keyword);
    scan.build();
    return scan;
}

/// Moves a record's values into the batch's bytes, the first to byte `start`.
void move_into_bytes(records::Batch& batch, std::size_t start) {
    batch.bytes.assign(start, std::byte{'m'});
    std::vector<std::size_t> places;
    for (const records::Value& value : batch.values) {
        places.push_back(batch.bytes.size());
        batch.bytes.insert(batch.bytes.end(), value.data, value.data + value.size);
    }
    for (std::size_t i = 0; i < places.size(); ++i)
        batch.values[i].data = batch.bytes.data() + places[i];
}

std::vector<bool> could_match(KeywordFinder& finder, const KeywordScan& scan,
                              const records::Batch& batch) {
    finder.begin(batch);
    std::vector<bool> out;
    for (const records::Record& record : batch.records)
        out.push_back(finder.could_match(scan, record, Binding{}));
    return out;
}

}  // namespace

TEST_CASE("a keyword in a batch's bytes is seen wherever it starts, and for its own record only") {
    const std::vector<std::string_view> keywords{"mimikatz", "dpapi::x", "lsadump::dcsync"};
    const KeywordScan scan = scan_for(keywords);
    KeywordFinder finder;
    for (std::size_t before = 0; before < 40; ++before) {
        for (const std::size_t start : {0u, 1u, 15u}) {
            TestLog log;
            log.add("C", "P", 1, {{"F", std::string(before, '.') + "MimiKatz"}});
            log.add("C", "P", 1, {{"F", std::string(before, '.') + "mimikat"}});
            log.add("C", "P", 1, {{"F", std::string(before, '.') + "Lsadump::DCSync."}});
            move_into_bytes(log.batch, start);
            CHECK(could_match(finder, scan, log.batch) == std::vector<bool>{true, false, true});
        }
    }
}

TEST_CASE("texts outside the batch's bytes are looked at by themselves") {
    const KeywordScan scan = scan_for({"mimikatz"});
    KeywordFinder finder;
    TestLog log;
    log.add("C", "P", 1, {{"F", "MIMIKATZ"}});
    log.add("C", "P", 1, {{"F", std::nullopt, records::Value::utf8("xMimikatz")}});
    log.add("C", "P", 1, {{"F", std::nullopt, records::Value::utf8("xMimikat")}});
    CHECK(could_match(finder, scan, log.batch) == std::vector<bool>{true, true, false});

    // Decoded text may lie in the batch's bytes as well.
    move_into_bytes(log.batch, 3);
    CHECK(could_match(finder, scan, log.batch) == std::vector<bool>{true, true, false});
}

TEST_CASE("a literal of a shape is looked at once for its binding") {
    const KeywordScan scan = scan_for({"mimikatz"});
    KeywordFinder finder;
    TestLog log;
    log.add("C", "P", 1, {{"F", "x"}});
    records::Shape& shape = *log.batch.own_shapes.front();
    shape.literals.push_back(records::Value::utf8("a mimikatz b"));
    shape.fields.back().slot = records::literal_base;
    const Binding binding{};
    finder.begin(log.batch);

    CHECK(finder.could_match(scan, log.batch.records.front(), binding));

    CHECK(binding.literals == Binding::Literals::keyword);
}

TEST_CASE("many sets of keywords, and such as cannot be looked for, hide nothing") {
    std::vector<KeywordScan> scans;
    for (const char* const keyword : {"jwpa", "jwpb", "jwpc", "jwpd", "jwpe", "mimikatz", "kskssk"})
        scans.push_back(scan_for({keyword}));
    KeywordFinder finder;
    TestLog log;
    log.add("C", "P", 1, {{"F", "a jwpe mimikatz"}});
    move_into_bytes(log.batch, 1);
    finder.begin(log.batch);
    std::vector<bool> got;
    for (const KeywordScan& scan : scans)
        got.push_back(finder.could_match(scan, log.batch.records.front(), Binding{}));
    CHECK(got == std::vector<bool>{false, false, false, false, true, true, true});
}
