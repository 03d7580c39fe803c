#include "konseki/render/numbers.h"

#include <doctest/doctest.h>

using namespace konseki::render;

TEST_CASE("digits are grouped by three") {
    CHECK(to_grouped(0) == "0");
    CHECK(to_grouped(999) == "999");
    CHECK(to_grouped(1000) == "1,000");
    CHECK(to_grouped(18'446'744'073'709'551'615u) == "18,446,744,073,709,551,615");
}

TEST_CASE("sizes are cut to one decimal and never show a thousand") {
    CHECK(to_size(0) == "0 B");
    CHECK(to_size(999) == "999 B");
    CHECK(to_size(1000) == "1.0 kB");
    CHECK(to_size(999'999) == "999.9 kB");
    CHECK(to_size(61'234'567) == "61.2 MB");
    CHECK(to_size(18'446'744'073'709'551'615u) == "18.4 EB");
}
