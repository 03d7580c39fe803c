#include "konseki/detect/advice.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::detect;

TEST_CASE("advice is a list of ids with a text in both languages") {
    const auto advice = read_advice("- {id: a, ja: あ, en: A}\n- id: b\n  ja: い\n  en: B\n");

    REQUIRE(advice.has_value());
    CHECK(advice->size() == 2);
    CHECK(advice->at("b").ja == "い");
    CHECK(advice->at("a").en == "A");
}

TEST_CASE("advice without a language, twice the same, or in another form is refused with its line") {
    CHECK(read_advice("- {id: a, ja: あ}\n").error().message == "advice, line 1: needs id, ja and en");
    CHECK(read_advice("- {id: a, ja: あ, en: A}\n- {id: a, ja: あ, en: A}\n").error().message ==
          "advice, line 2: `a` stands twice");
    CHECK(read_advice("id: a\n").error().message == "advice, line 1: must be a list");
    CHECK(read_advice("").error().message == "advice, line 1: the file is empty");
}
