// Traps of records, templates' places and slack (numbers: docs/formats/evtx-traps.md).

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/windows_events.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;

namespace {
bool has_id(const ReadFile& file, std::uint64_t id) {
    return std::ranges::count(file.ids(), id) == 1;
}

made::Template data_template(std::uint8_t id, const std::string& name) {
    made::Template made;
    made.guid[0] = id;
    made.nodes = {made::element(
        "Event", {made::element("EventData", {made::data_slot(name, 0, made::Type::string)})})};
    return made;
}
}  // namespace

TEST_CASE("trap 9: a record of size 0 ends nothing: all records behind it are read") {
    made::Image image = made::process_log(20);
    made::set_record_size(image, 4, 0);

    const auto file = read_file(image);

    CHECK(file->ids().size() >= 19);
    CHECK(has_id(*file, 4));
    CHECK(has_id(*file, 6));
    CHECK(has_id(*file, 20));
    CHECK(file->damage_text() != "");
}

TEST_CASE("trap 9: a record that reaches past its chunk ends nothing") {
    for (const std::uint32_t size : {0x10000u, 0x7fffffffu, 0xffffffffu, 27u}) {
        made::Image image = made::process_log(20);
        made::set_record_size(image, 4, size);

        const auto file = read_file(image);

        CHECK(file->ids().size() >= 19);
        CHECK(has_id(*file, 6));
        CHECK(has_id(*file, 20));
    }
}

TEST_CASE("trap 9: a wrong copy of a record's size is damage and loses no record") {
    for (const std::uint32_t size : {0u, 8u, 0xffffffffu}) {
        made::Image image = made::process_log(20);
        made::set_size_copy(image, 4, size);

        const auto file = read_file(image);

        CHECK(file->ids().size() == 20);
        CHECK(file->has_damage("copy of a record's size"));
    }
}

TEST_CASE(
    "trap 10: names that link in a circle and a template that links to itself lose no record") {
    made::Image image = made::process_log(20);
    made::link_names_in_a_circle(image, 0);
    made::link_definition_to_itself(image, 0);
    made::reseal(image);

    const auto file = read_file(image);

    REQUIRE(file->ids().size() == 20);
    CHECK(file->records[19].get("CommandLine") == "cmd.exe /c echo 20");
    CHECK(file->damage_text() == "");
}

TEST_CASE("trap 11: chunk header tables full of wrong offsets lose no record") {
    for (const std::uint32_t offset : {0u, 1u, 511u, 65'535u, 65'536u, 0xffffffffu}) {
        made::Image image = made::process_log(20);
        made::fill_tables(image, 0, offset);
        made::reseal(image);

        const auto file = read_file(image);

        REQUIRE(file->ids().size() == 20);
        CHECK(file->records[0].get("CommandLine") == "cmd.exe /c echo 1");
        CHECK(file->damage_text() == "");
    }
}

TEST_CASE("trap 12: a template stored with an earlier record of the chunk is found by its offset") {
    const made::Template one = data_template(1, "A"), two = data_template(2, "B");
    const auto say = [](std::uint64_t id, const made::Template& which, const char* text) {
        return made::record(id, 1, {&which, {made::value::string(text)}});
    };
    const made::Image image = made::make_log(
        {say(1, one, "a1"), say(2, two, "b2"), say(3, one, "a3"), say(4, two, "b4")});

    const auto file = read_file(image);

    REQUIRE(file->records.size() == 4);
    CHECK(file->records[2].get("A") == "a3");
    CHECK(file->records[3].get("B") == "b4");
    CHECK_FALSE(file->records[3].get("A").has_value());
}

TEST_CASE("trap 12: each chunk brings its own copy of a template, and values stay apart") {
    const auto file = read_file(made::process_log(120));

    REQUIRE(file->records.size() == 120);
    for (std::size_t i = 0; i < 120; ++i)
        CHECK(file->records[i].get("CommandLine") == "cmd.exe /c echo " + std::to_string(i + 1));
}

TEST_CASE(
    "trap 13: two templates with one GUID and unlike bodies are two templates, also in one chunk") {
    const made::Template older = data_template(7, "Old"), newer = data_template(7, "New");
    const made::Image image =
        made::make_log({made::record(1, 1, {&older, {made::value::string("x")}}),
                        made::record(2, 1, {&newer, {made::value::string("y")}}),
                        made::record(3, 1, {&older, {made::value::string("z")}})});

    const auto file = read_file(image);

    REQUIRE(file->records.size() == 3);
    CHECK(file->records[0].get("Old") == "x");
    CHECK(file->records[1].get("New") == "y");
    CHECK_FALSE(file->records[1].get("Old").has_value());
    CHECK(file->records[2].get("Old") == "z");
}

TEST_CASE("trap 13: bodies that differ in nothing but the case of a literal are two templates") {
    made::Template low = data_template(7, "X"), high = data_template(7, "X");
    low.nodes[0].children.push_back(made::element("Computer", {made::text("pc-1")}));
    high.nodes[0].children.push_back(made::element("Computer", {made::text("PC-1")}));
    const made::Image image =
        made::make_log({made::record(1, 1, {&low, {made::value::string("x")}}),
                        made::record(2, 1, {&high, {made::value::string("y")}})});

    const auto file = read_file(image);

    REQUIRE(file->records.size() == 2);
    CHECK(file->records[0].markup().ends_with("<Computer>pc-1</Computer></Event>"));
    CHECK(file->records[1].markup().ends_with("<Computer>PC-1</Computer></Event>"));
}

// Both chunks hold a template with the same GUID, size and offsets; only the names behind them differ.
TEST_CASE("trap 14: the same template bytes with other names in another chunk give other fields") {
    const auto named = [](const char* element_name) {
        made::Template made;
        made.guid[0] = 8;
        made.nodes = {made::element(
            "Event",
            {made::element("UserData",
                           {made::element(element_name, {made::slot(0, made::Type::string)})})})};
        return made;
    };
    const made::Template first = named("Aaa"), second = named("Bbb");
    made::Log log;
    log.add(made::record(1, 1, {&first, {made::value::string("x")}}));
    log.end_chunk();
    log.add(made::record(2, 1, {&second, {made::value::string("y")}}));

    const auto file = read_file(log.finish());

    REQUIRE(file->records.size() == 2);
    CHECK(file->records[0].markup() == "<Event><UserData><Aaa>x</Aaa></UserData></Event>");
    CHECK(file->records[1].markup() == "<Event><UserData><Bbb>y</Bbb></UserData></Event>");
}

TEST_CASE("a template that lies outside of its chunk or inside its own record costs one record") {
    for (const std::uint32_t offset : {0x20000u, 0xffffffffu, 0u, 512u, 65'530u}) {
        made::Image image = made::process_log(20);
        made::set_definition_offset(image, 4, offset);

        const auto file = read_file(image);

        CHECK(file->ids().size() >= 19);
        CHECK(has_id(*file, 4));
        CHECK(has_id(*file, 6));
        CHECK(file->damage_text() != "");
    }
}

TEST_CASE(
    "trap 31: a template that asks for a value past the table marks the record and shows the "
    "rest") {
    made::Template wide = data_template(1, "There");
    wide.nodes[0].children[0].children.push_back(made::data_slot("Beyond", 9, made::Type::string));
    const auto file =
        read_file(made::make_log({made::record(1, 1, {&wide, {made::value::string("v")}})}));

    REQUIRE(file->records.size() == 1);
    CHECK(file->records[0].get("There") == "v");
    CHECK(file->records[0].get("Beyond").value_or("") == "");
    CHECK((file->records[0].record->notes &
           static_cast<std::uint8_t>(records::Note::values_missing)) != 0);
}

TEST_CASE("trap 32: a huge count of values or a size past the record costs at most that record") {
    for (const std::uint32_t count : {0x80000000u, 0xffffffffu, 0x10000u, 20'000u}) {
        made::Image image = made::process_log(20);
        made::set_value_count(image, 4, count);

        const auto file = read_file(image);

        CHECK(file->ids().size() >= 19);
        CHECK(has_id(*file, 20));
        CHECK(file->damage_text() != "");
    }
    made::Image image = made::process_log(20);
    made::set_descriptor(image, 4, 17, 0xffff, 0x21);

    const auto file = read_file(image);

    CHECK(file->ids().size() >= 19);
    CHECK(has_id(*file, 20));
    const bool told = file->damage_text() != "" || file->records[4].record->notes != 0;
    CHECK(told);
}

TEST_CASE("trap 40: records of the log's former pass come only with carving, and are marked") {
    const made::Image image = *made::make_fixture("slack");
    const std::vector<std::uint64_t> live_ids{101, 102, 103, 104, 105, 106, 107, 108, 109, 110};
    std::vector<std::uint64_t> all_ids = live_ids;
    all_ids.insert(all_ids.end(), {36, 37, 38, 39, 40});

    const auto live = read_file(image);
    const auto all = read_file(image, {.recover = true});

    CHECK(live->ids() == live_ids);
    CHECK(live->damage_text() == "");
    REQUIRE(all->ids() == all_ids);
    const auto carved = std::ranges::count_if(
        all->records, [](const ReadRecord& r) { return r.record->recovered; });
    CHECK(carved == 5);
    CHECK(all->records[10].record->recovered);
    CHECK(all->records[10].get("CommandLine") == "cmd.exe /c echo 36");
}

TEST_CASE(
    "trap 40: an exact repeat of a live record in slack is left out, another with its id is not") {
    made::Image image = made::process_log(3);
    const made::RecordPlace &source = image.records[1], &end = image.records[2];
    const auto at = [&](std::uint64_t offset) {
        return image.bytes.begin() + static_cast<std::ptrdiff_t>(offset);
    };
    const std::uint64_t slack = end.offset + end.size;
    std::copy(at(source.offset), at(source.offset + source.size), at(slack));
    std::copy(at(source.offset), at(source.offset + source.size), at(slack + source.size));
    image.bytes[slack + source.size + 16] ^= std::byte{1};  // another time in the record header

    const auto file = read_file(image, {.recover = true});

    CHECK(file->ids() == std::vector<std::uint64_t>{1, 2, 3, 2});
    CHECK(file->records.back().record->recovered);
    CHECK(file->records.back().record->offset == slack + source.size);
}

TEST_CASE("trap 40: a carved record whose template was overwritten keeps its number, and is told") {
    made::Image image = made::process_log(3);
    const made::RecordPlace first = image.records[0];
    made::set_free_space(image, 0, 512);  // an emptied chunk: everything in it is slack
    std::fill_n(image.bytes.begin() + static_cast<std::ptrdiff_t>(first.offset), 1'000,
                std::byte{0xaa});
    made::reseal(image);

    const auto file = read_file(image, {.recover = true});

    CHECK(file->ids() == std::vector<std::uint64_t>{2, 3});
    for (const ReadRecord& read : file->records) {
        CHECK(read.record->recovered);
        CHECK((read.record->notes & static_cast<std::uint8_t>(records::Note::value_damaged)) != 0);
    }
}
