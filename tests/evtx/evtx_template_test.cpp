// Traps of templates, nesting and substitution (numbers: docs/formats/evtx-traps.md).

#include <doctest/doctest.h>

#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;
namespace value = made::value;
using made::Type;

namespace {
made::Template template_of(std::vector<made::Node> children) {
    made::Template made;
    made.guid[0] = 1;
    made.nodes = {made::element("Event", std::move(children))};
    return made;
}

std::unique_ptr<ReadFile> read_one(const made::Template& definition,
                                   std::vector<made::Value> values) {
    auto file = read_file(made::make_log({made::record(1, 1, {&definition, std::move(values)})}));
    REQUIRE(file->records.size() == 1);
    return file;
}
std::string markup_of(const made::Template& definition, std::vector<made::Value> values) {
    return read_one(definition, std::move(values))->records[0].markup();
}
}  // namespace

TEST_CASE("trap 15: a nested value is an element, a fragment or a template instance") {
    const made::Template outer = template_of({made::optional_slot(0, Type::binxml)});
    made::Template inner;
    inner.guid[0] = 2;
    inner.nodes = {made::element("EventData", {made::data_slot("N", 0, Type::string)})};
    const made::Node tree = made::element("EventData", {made::element("Data", {made::text("t")})});
    made::Fragment bare = made::fragment(tree);
    bare.fragment_header = false;
    const std::string as_tree = "<Event><EventData><Data>t</Data></EventData></Event>";

    CHECK(markup_of(outer, {value::nested({bare})}) == as_tree);
    CHECK(markup_of(outer, {value::nested({made::fragment(tree)})}) == as_tree);
    CHECK(markup_of(outer, {value::nested(made::Instance{&inner, {value::string("v")}})}) ==
          "<Event><EventData><Data Name=\"N\">v</Data></EventData></Event>");
}

TEST_CASE("trap 15: a nested element's fields have the same names as a template's") {
    const made::Template outer = template_of({made::optional_slot(0, Type::binxml)});
    const made::Node tree = made::element(
        "EventData",
        {made::element("Data", std::vector<made::Attribute>{{"Name", {made::text("CommandLine")}}},
                       {made::text("whoami")})});

    const auto file = read_one(outer, {value::nested({made::fragment(tree)})});

    CHECK(file->records[0].get("CommandLine") == "whoami");
}

TEST_CASE("trap 16: a nested value may hold several elements, or none") {
    const made::Template outer =
        template_of({made::element("System"), made::optional_slot(0, Type::binxml)});
    const made::Value two =
        value::nested({made::fragment(made::element("EventData", {made::text("a")})),
                       made::fragment(made::element("RenderingInfo", {made::text("b")}))});
    made::Fragment several;
    several.nodes = {made::element("EventData", {made::text("a")}),
                     made::element("RenderingInfo", {made::text("b")})};
    const std::string both =
        "<Event><System></System><EventData>a</EventData><RenderingInfo>b</RenderingInfo></Event>";

    CHECK(markup_of(outer, {two}) == both);
    CHECK(markup_of(outer, {value::nested({several})}) == both);
    CHECK(markup_of(outer, {value::empty(Type::binxml)}) == "<Event><System></System></Event>");
}

TEST_CASE("trap 16: a nested value of nothing but its end token is no content") {
    const made::Template outer =
        template_of({made::element("System"), made::optional_slot(0, Type::binxml)});

    CHECK(markup_of(outer, {value::raw(Type::binxml, std::string(1, '\0'))}) ==
          "<Event><System></System></Event>");
}

TEST_CASE("trap 16: a record without a template may be of any structure") {
    const auto file = read_file(*made::make_fixture("templateless"));

    REQUIRE(file->records.size() == 2);
    CHECK(file->damage_text() == "");
    CHECK(file->records[1].get("EventID") == "1001");
    CHECK(file->records[1].get("Computer") == "PC-経理-01.example.jp");
    CHECK(file->records[1].get("名前") == "値 & <値>");
    CHECK(file->records[1].all("Data") == std::vector<std::string>{"second"});
}

TEST_CASE(
    "trap 17: a null in an optional substitution leaves out the element, in a normal one it does "
    "not") {
    const made::Template both = template_of({made::element(
        "EventData", {made::element("Normal", {made::slot(0, Type::string)}),
                      made::element("Optional", {made::optional_slot(0, Type::string)})})});

    const auto absent = read_one(both, {value::null()});
    const auto empty = read_one(both, {value::string("")});
    const auto full = read_one(both, {value::string("v")});

    CHECK(absent->records[0].get("Normal") == "");
    CHECK_FALSE(absent->records[0].get("Optional").has_value());
    CHECK(absent->records[0].markup() == "<Event><EventData><Normal></Normal></EventData></Event>");
    CHECK(empty->records[0].get("Optional") == "");
    CHECK(full->records[0].get("Optional") == "v");
}

TEST_CASE(
    "trap 17: a null in an optional substitution leaves out the attribute, and the element stays") {
    const made::Template one = template_of({made::element(
        "EventData",
        {made::element("Field",
                       std::vector<made::Attribute>{{"A", {made::optional_slot(0, Type::string)}}},
                       {made::text("t")})})});

    CHECK(markup_of(one, {value::null()}) ==
          "<Event><EventData><Field>t</Field></EventData></Event>");
    CHECK(markup_of(one, {value::string("a")}) ==
          "<Event><EventData><Field A=\"a\">t</Field></EventData></Event>");
}

TEST_CASE("trap 18: an element that depends on a null is left out with all that is in it") {
    const made::Template one = template_of(
        {made::element("System"),
         made::depends_on(
             1, made::element("EventData",
                              {made::element("Inside", {made::slot(0, Type::string)})}))});

    const auto without = read_one(one, {value::string("v"), value::null()});
    const auto with = read_one(one, {value::string("v"), value::uint8(0)});

    CHECK(without->records[0].markup() == "<Event><System></System></Event>");
    CHECK_FALSE(without->records[0].get("Inside").has_value());
    CHECK(with->records[0].get("Inside") == "v");
}

TEST_CASE("trap 30: attribute lists of one and of several attributes are read to their end") {
    const made::Template one =
        template_of({made::empty_element("Provider", {{"Name", {made::slot(0, Type::string)}},
                                                      {"Guid", {made::slot(1, Type::guid)}},
                                                      {"EventSourceName", {made::text("S")}}}),
                     made::empty_element("One", {{"A", {made::text("1")}}})});

    CHECK(markup_of(one,
                    {value::string("P"), value::guid("{2d4d81d2-94bd-4667-a2af-2343f9d83462}")}) ==
          "<Event><Provider Name=\"P\" Guid=\"{2d4d81d2-94bd-4667-a2af-2343f9d83462}\" "
          "EventSourceName=\"S\"/>"
          "<One A=\"1\"/></Event>");
}

TEST_CASE("host names that stand as literals in templates stay with their own records") {
    made::WindowsHost one("PC-01.example.jp"), two("PC-02.example.jp");
    made::Log log;
    for (std::uint64_t id = 1; id <= 6; ++id)
        log.add((id % 2 == 0 ? two : one).security_4688({.record_id = id}));

    const auto file = read_file(log.finish());

    REQUIRE(file->records.size() == 6);
    for (const ReadRecord& read : file->records)
        CHECK(read.get("Computer") ==
              (read.record->record_id % 2 == 0 ? "PC-02.example.jp" : "PC-01.example.jp"));
}

TEST_CASE(
    "one slot with BinXML in one record and none in the next gives each record its own fields") {
    const made::Template outer =
        template_of({made::element("System"), made::optional_slot(0, Type::binxml)});
    made::Template a, b;
    a.guid[0] = 2;
    a.nodes = {made::element("EventData", {made::data_slot("A", 0, Type::string)})};
    b.guid[0] = 3;
    b.nodes = {made::element("EventData", {made::data_slot("B", 0, Type::string)})};
    const auto say = [&](std::uint64_t id, made::Value body) {
        return made::record(id, 1, made::Instance{&outer, {std::move(body)}});
    };
    const auto nested = [](const made::Template& which, const char* text) {
        return value::nested(made::Instance{&which, {value::string(text)}});
    };

    const auto file = read_file(made::make_log({say(1, nested(a, "1")), say(2, nested(b, "2")),
                                                say(3, value::null()), say(4, nested(a, "4"))}));

    REQUIRE(file->records.size() == 4);
    CHECK(file->records[0].get("A") == "1");
    CHECK(file->records[1].get("B") == "2");
    CHECK_FALSE(file->records[2].get("A").has_value());
    CHECK(file->records[3].get("A") == "4");
}
