#include "engine/keyword_scan.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

bool could_match(const std::vector<std::string>& keywords, std::string_view value, bool utf8) {
    KeywordScan scan;
    for (const std::string& keyword : keywords) scan.add(keyword);
    scan.build();
    TestLog log;
    if (utf8)
        log.add("C", "P", 1, {{"F", std::nullopt, records::Value::utf8(value)}});
    else
        log.add("C", "P", 1, {{"F", std::string(value)}});
    return scan.could_match(log.batch, log.batch.records.front());
}

}  // namespace

TEST_CASE(
    "a keyword is seen at every place of a value, in either case and both encodings, and nowhere "
    "else") {
    const std::vector<std::string> keywords{"mimikatz", "dpapi::x", "qwz",
                                            "lsadump::dcsync-and-a-long-tail"};
    for (const bool utf8 : {false, true}) {
        for (std::size_t before = 0; before < 70; ++before) {
            for (const std::size_t after : {0u, 1u, 20u}) {
                const std::string head(before, '.'), tail(after, '.');
                CHECK(could_match(keywords, head + "MimiKatz" + tail, utf8));
                CHECK(could_match(keywords, head + "LSADUMP::DCSYNC-and-a-long-tail" + tail, utf8));
                CHECK(could_match(keywords,
                                  head +
                                      "mimi\xe2\x84\xaa"
                                      "atz" +
                                      tail,
                                  utf8));
                CHECK_FALSE(could_match(keywords, head + "mimikat" + tail, utf8));
                CHECK_FALSE(could_match(keywords, head + "dpapi::" + tail, utf8));
            }
        }
    }
}

TEST_CASE("keywords that the tables cannot hold never hide a record") {
    CHECK(could_match({"\xe6\x97\xa5\xe6\x9c\xac"}, "x", false));
    CHECK(could_match({"kskssk"}, "x", false));
    CHECK(could_match(std::vector<std::string>(300, "abcdef"), "x", false));
    // 4688 may stand in the event id, which is no text.
    CHECK(could_match({"4688"}, "x", false));
}
