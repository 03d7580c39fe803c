// Trap 33: small files that would print to gigabytes (docs/formats/evtx-traps.md).

#include <doctest/doctest.h>

#include <chrono>

#include "konseki/records/value.h"
#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;

namespace {
/// Bytes that printing every step of every record would write, at most.
std::uint64_t printed_bytes(const ReadFile& file) {
    std::uint64_t sum = 0;
    for (const ReadRecord& read : file.records)
        for (const records::Step& step : read.record->shape->steps) {
            sum += step.text.size();
            if (step.slot != records::no_slot)
                sum += records::max_text_bytes(read.batch->value(*read.record, step.slot));
        }
    return sum;
}
std::uint64_t arena_bytes(const ReadFile& file) {
    std::uint64_t sum = 0;
    for (const auto& batch : file.batches)
        sum += batch->arena.used() + batch->values.size() * sizeof(records::Value);
    return sum;
}
void check_harmless(const made::Image& image, bool whole) {
    const auto start = std::chrono::steady_clock::now();

    const auto file = read_file(image);

    const auto spent = std::chrono::steady_clock::now() - start;
    CHECK(spent < std::chrono::seconds(20));
    CHECK(printed_bytes(*file) <= 64u << 20);
    CHECK(arena_bytes(*file) <= 64u << 20);
    const bool told =
        !file->damage.empty() || (!file->records.empty() && file->records[0].record->notes != 0);
    CHECK(told != whole);
    CHECK(file->records.size() >= (whole ? 1u : 0u));
}
}  // namespace

TEST_CASE("trap 33: nested values that double forty times are cut, and told") {
    check_harmless(made::doubling_bomb(40), false);
}

TEST_CASE("trap 33: values that double three times are whole") {
    const auto file = read_file(made::doubling_bomb(3));

    REQUIRE(file->records.size() == 1);
    std::string level = "<E>xx</E>";
    for (int i = 0; i < 3; ++i) level = "<E>" + level + level + "</E>";
    CHECK(file->records[0].markup() == level);
}

// The cap on printed bytes is the record writers': the reader must not multiply the value itself.
TEST_CASE("trap 33: one value of 20,000 bytes used 8,000 times is kept once") {
    const auto file = read_file(made::repeating_bomb(8'000, 20'000));

    CHECK(arena_bytes(*file) <= 64u << 20);
    CHECK(file->records.size() + file->damage.size() == 1);
}

TEST_CASE("trap 33: a thousand elements inside each other neither crash nor go unseen") {
    check_harmless(made::deep_elements(1'000), false);
}

TEST_CASE("trap 33: eight hundred instances inside each other neither crash nor go unseen") {
    check_harmless(made::deep_instances(800), false);
}

TEST_CASE("trap 33: ordinary depth is read whole") {
    check_harmless(made::deep_elements(60), true);
    check_harmless(made::deep_instances(12), true);
}

TEST_CASE("trap 33: the records behind a bomb in its chunk are still read") {
    made::Template many;
    many.guid[0] = 3;
    many.nodes = {
        made::element("Event", std::vector<made::Node>(5'000, made::slot(0, made::Type::string)))};
    made::Template small;
    small.guid[0] = 4;
    small.nodes = {
        made::element("Event", {made::element("Data", {made::slot(0, made::Type::string)})})};
    const made::Value wide = made::value::raw(made::Type::string, std::string(20'000, 'A'));

    const auto file =
        read_file(made::make_log({made::record(1, 1, {&many, {wide}}),
                                  made::record(2, 1, {&small, {made::value::string("v")}})}));

    REQUIRE_FALSE(file->records.empty());
    CHECK(file->records.back().record->record_id == 2);
}
