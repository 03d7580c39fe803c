// Trap 29: CDATA, references and processing instructions (docs/formats/evtx-traps.md).

#include <doctest/doctest.h>

#include "konseki/scenario/evtx_fixtures.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;
namespace value = made::value;
using made::Type;

namespace {
std::unique_ptr<ReadFile> read_children(std::vector<made::Node> children) {
    made::Template one;
    one.guid[0] = 1;
    one.nodes = {made::element(
        "Event", {made::element("EventData", {made::element("Field", std::move(children))})})};
    auto file = read_file(made::make_log({made::record(1, 1, {&one, {value::string("v")}})}));
    REQUIRE(file->records.size() == 1);
    return file;
}
std::string field_of(std::vector<made::Node> children) {
    return read_children(std::move(children))->records[0].get("Field").value_or("(absent)");
}
}  // namespace

TEST_CASE("trap 29: entity references stand for their characters in a field's value") {
    CHECK(field_of({made::text("a"), made::entity_ref("amp"), made::text("b")}) == "a&b");
    CHECK(field_of({made::entity_ref("lt"), made::entity_ref("gt"), made::entity_ref("quot"),
                    made::entity_ref("apos")}) == "<>\"'");
}

TEST_CASE("trap 29: a character reference is its character") {
    CHECK(field_of({made::char_ref(65)}) == "A");
    CHECK(field_of({made::text("a"), made::char_ref(0x65e5), made::text("b")}) == "a日b");
}

TEST_CASE("trap 29: a CDATA section is its text") {
    CHECK(field_of({made::cdata("<c & d>")}) == "<c & d>");
    CHECK(field_of({made::text("a"), made::cdata("<b>"), made::slot(0, Type::string)}) == "a<b>v");
}

TEST_CASE(
    "trap 29: a processing instruction adds nothing to the value, and what follows it is read") {
    CHECK(field_of({made::pi("target", "data"), made::slot(0, Type::string)}) == "v");
    CHECK(field_of({made::slot(0, Type::string), made::pi("target", "data")}) == "v");
}

TEST_CASE("trap 29: text of several pieces and slots is one value") {
    CHECK(field_of({made::text("a"), made::text("b"), made::slot(0, Type::string),
                    made::text("c")}) == "abvc");
    CHECK(field_of({made::slot(0, Type::string), made::slot(0, Type::string)}) == "vv");
}

TEST_CASE("trap 29: attributes hold references and slots between texts as well") {
    made::Template one;
    one.guid[0] = 1;
    one.nodes = {made::element(
        "Event",
        {made::empty_element(
            "X",
            {{"A", {made::text("a"), made::entity_ref("amp"), made::slot(0, Type::string)}}})})};
    const auto file = read_file(made::make_log({made::record(1, 1, {&one, {value::string("v")}})}));

    REQUIRE(file->records.size() == 1);
    CHECK(file->records[0].at("Event/X/@A") == "a&v");
}

TEST_CASE("trap 29: lengths of CDATA and PI texts that pass the template never read past it") {
    for (const char* torn :
         {"\x07\xff\xff", "\x47\xff\x7f", "\x0b\xff\xff", "\x05\x01\xff\xff", "\x08", "\x49\xff"}) {
        made::Template one;
        one.guid[0] = 1;
        one.nodes = {
            made::element("Event", {made::element("Field", {made::text("t"), made::raw(torn)})})};
        const made::Record whole =
            made::process_log(1).records.empty() ? made::Record{} : made::Record{};
        const auto file =
            read_file(made::make_log({made::record(1, 1, {&one, {value::string("v")}}), whole}));

        CHECK(file->records.size() <= 2);
        const bool told =
            !file->damage.empty() || file->records.empty() || file->records[0].record->notes != 0;
        CHECK(told);
    }
}
