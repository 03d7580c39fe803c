// Traps of the file and its chunks (numbers: docs/formats/evtx-traps.md).

#include <doctest/doctest.h>

#include <numeric>

#include "konseki/scenario/evtx_damage.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;

namespace {
std::vector<std::uint64_t> counted(std::uint64_t first, std::size_t count) {
    std::vector<std::uint64_t> ids(count);
    std::iota(ids.begin(), ids.end(), first);
    return ids;
}
}  // namespace

TEST_CASE("trap 1: a dirty header that names fewer chunks hides none of them and is reported") {
    made::Image image = made::process_log(120);
    REQUIRE(image.chunk_count() == 3);
    made::make_header_stale(image, 0, 1, 11);

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 120));
    CHECK(file->has_damage("names 1 chunks, 3 are there"));
}

TEST_CASE("trap 1: a first chunk number greater than the last one loses no record") {
    made::Image image = made::process_log(120);
    const auto header = made::file_header({}, 7, 2, 121, 3);
    std::copy(header.begin(), header.end(), image.bytes.begin());

    CHECK(read_file(image)->ids() == counted(1, 120));
}

TEST_CASE("trap 2: chunk numbers go on past the 16-bit count and past 4 GiB") {
    constexpr std::uint64_t slots = 70'000;
    const std::uint64_t bytes =
        formats::evtx::file_header_bytes + slots * formats::evtx::chunk_bytes;
    const auto header =
        formats::evtx::read_file_header(made::file_header({}, 0, slots - 1, 700'001, slots));

    REQUIRE(header.has_value());
    CHECK(header->chunk_count == slots - 65'536);
    CHECK(formats::evtx::slot_count(bytes) == slots);
    CHECK(formats::evtx::check_header(*header, bytes, slots).empty());
}

TEST_CASE("trap 2: a record's offset past 4 GiB is told in full") {
    const made::Image image = made::process_log(1);
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    records::Batch batch;
    batch.base_offset = formats::evtx::file_header_bytes + 70'000ull * formats::evtx::chunk_bytes;
    batch.bytes.assign(image.bytes.begin() + made::header_bytes, image.bytes.end());

    reader.read(batch, {});

    REQUIRE(batch.records.size() == 1);
    CHECK(batch.records[0].offset == 4096 + 70'000ull * 65'536 + 512);
}

TEST_CASE("trap 3: format 3.2 reads like 3.1 and unknown flags are kept") {
    const made::Image newer = made::process_log(5, 1, {.minor_version = 2});
    const made::Image odd = made::process_log(5, 1, {.flags = 0x1b970000});

    const auto header = formats::evtx::read_file_header(newer.bytes);
    REQUIRE(header.has_value());
    CHECK(header->major_version == 3);
    CHECK(header->minor_version == 2);
    CHECK(read_file(newer)->ids() == counted(1, 5));
    CHECK(read_file(newer)->damage.empty());
    CHECK(formats::evtx::read_file_header(odd.bytes)->flags == 0x1b970000);
    CHECK(read_file(odd)->damage.empty());
}

TEST_CASE("trap 4: with the no-checksum flag empty checksums are not damage") {
    const made::Image image = made::process_log(20, 1, {.flags = 4});

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 20));
    CHECK(file->damage_text() == "");
}

TEST_CASE("trap 4: without the flag wrong checksums are damage and no record is lost") {
    made::Image image = made::process_log(120);
    made::break_chunk_checksums(image, 1);

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 120));
    REQUIRE(file->damage.size() ==
            1);  // a header that is wrong cannot vouch for the records' checksum
    CHECK(file->has_damage("chunk header's checksum"));
    CHECK(file->damage[0].offset == 4096 + 65'536);
}

TEST_CASE("trap 4: one changed byte in a record is damage of its chunk and no record is lost") {
    made::Image image = made::process_log(120);
    image.bytes[image.records[2].offset + 16] ^= std::byte{1};

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 120));
    REQUIRE(file->damage.size() == 1);
    CHECK(file->has_damage("checksum of the chunk's records"));
}

TEST_CASE("trap 5: a log whose oldest chunk stands in the middle gives all records in file order") {
    made::Image image = made::process_log(120);
    made::exchange_chunks(image, 0, 1);
    std::vector<std::uint64_t> in_file_order;
    for (std::size_t chunk = 0; chunk < 3; ++chunk)
        for (const made::RecordPlace& place : image.records)
            if ((place.offset - 4096) / 65'536 == chunk) in_file_order.push_back(place.id);
    REQUIRE(in_file_order.front() > 1);

    const auto file = read_file(image);

    CHECK(file->ids() == in_file_order);
    CHECK(file->damage_text() == "");
}

TEST_CASE("trap 6: a zeroed chunk in the middle loses only its own records") {
    made::Image image = made::process_log(120);
    std::vector<std::uint64_t> others;
    for (const made::RecordPlace& place : image.records)
        if ((place.offset - 4096) / 65'536 != 1) others.push_back(place.id);
    made::zero_chunk(image, 1);

    CHECK(read_file(image)->ids() == others);
}

TEST_CASE(
    "trap 6: zeroes over a chunk's header are damage, and carving still finds its whole records") {
    made::Image image = made::process_log(120);
    made::zero_chunk(image, 1, 512);

    const auto file = read_file(image, {.recover = true});

    CHECK(file->ids().size() == 120);
    CHECK(file->damage_text() != "");
}

TEST_CASE("trap 7: a free-space offset at the chunk's end with zeroes before it is no damage") {
    made::Image image = made::process_log(10);
    made::set_free_space(image, 0, 65'536);
    made::reseal(image);

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 10));
    CHECK(file->damage_text() == "");
}

TEST_CASE("a free-space offset outside the chunk is damage and no record is lost") {
    for (const std::uint32_t offset : {0u, 100u, 65'537u, 0xffffffffu}) {
        made::Image image = made::process_log(10);
        made::set_free_space(image, 0, offset);
        made::reseal(image);

        const auto file = read_file(image);

        CHECK(file->ids() == counted(1, 10));
        CHECK(file->has_damage("free-space offset"));
    }
}

TEST_CASE(
    "trap 8: a chunk header that names a lower last record id hides no record before its free "
    "space") {
    made::Image image = made::process_log(10);
    made::set_chunk_ids(image, 0, 1, 4);
    made::reseal(image);

    CHECK(read_file(image)->ids() == counted(1, 10));
}

TEST_CASE(
    "trap 42: records of a live copy that go on behind the chunk header's free space are live") {
    made::Image image = made::process_log(10);
    made::make_slack(image, 0, 3);
    made::reseal(image);
    made::make_header_stale(image, 0, 1, 8);

    const auto live = read_file(image);
    const auto all = read_file(image, {.recover = true});

    CHECK(live->ids() == counted(1, 10));
    CHECK(all->ids() == counted(1, 10));
    CHECK_FALSE(all->records.back().record->recovered);
}

TEST_CASE("a chunk is read from no more than the bytes in use, where its header vouches for them") {
    const made::Image image = made::process_log(10);
    const Bytes chunk = Bytes(image.bytes).subspan(4096, 65'536);
    const made::RecordPlace& last = image.records.back();

    CHECK(formats::evtx::bytes_in_use(chunk, {}) == last.offset - 4096 + last.size + 24);
    CHECK(text_of_beginning(chunk) == text_of_chunk(chunk));
}

TEST_CASE("a chunk is read whole where records go on behind its free space") {
    made::Image image = made::process_log(10);
    made::make_slack(image, 0, 3);
    made::reseal(image);

    CHECK_FALSE(text_of_beginning(Bytes(image.bytes).subspan(4096, 65'536)).has_value());
}

TEST_CASE("a chunk whose free space begins inside a record is read whole, wherever it begins") {
    for (std::uint32_t overshoot = 1; overshoot <= 28; ++overshoot) {
        made::Image image = made::process_log(10);
        const made::RecordPlace& first = image.records.front();
        made::set_free_space(
            image, 0, static_cast<std::uint32_t>(first.offset - 4096 + first.size - overshoot));
        made::reseal(image);
        CAPTURE(overshoot);

        CHECK(read_file(image)->ids() == counted(1, 10));
        CHECK_FALSE(text_of_beginning(Bytes(image.bytes).subspan(4096, 65'536)).has_value());
    }
}

TEST_CASE("a chunk whose few bytes in use are no record is read whole") {
    made::Image image = made::process_log(1);
    std::fill(image.bytes.begin() + 4096 + 512, image.bytes.end(), std::byte{0x30});
    made::set_free_space(image, 0, 516);
    made::reseal(image);

    CHECK(read_file(image)->has_damage("bytes that are no record"));
    CHECK_FALSE(text_of_beginning(Bytes(image.bytes).subspan(4096, 65'536)).has_value());
}

TEST_CASE("a chunk is read whole where its header, a record or a template asks for more") {
    made::Image wrong_header = made::process_log(10), wrong_record = made::process_log(10),
                far_template = made::process_log(10);
    made::break_chunk_checksums(wrong_header, 0);
    wrong_record.bytes[wrong_record.records[2].offset + 16] ^= std::byte{1};
    made::set_definition_offset(far_template, 4, 60'000);
    made::reseal(far_template);

    for (const made::Image& image : {wrong_header, wrong_record, far_template})
        CHECK_FALSE(text_of_beginning(Bytes(image.bytes).subspan(4096, 65'536)).has_value());
}

TEST_CASE("a chunk without its magic is damage, and carving gives its records") {
    made::Image image = made::process_log(120);
    made::break_chunk_magic(image, 0);

    CHECK(read_file(image)->has_damage("no chunk magic"));
    CHECK(read_file(image, {.recover = true})->ids().size() == 120);
}

TEST_CASE("a file without its magic still gives all records of its chunks") {
    made::Image image = made::process_log(120);
    made::break_file_magic(image);

    CHECK(read_file(image)->ids() == counted(1, 120));
}

TEST_CASE("a file cut inside its last chunk gives every whole record of it") {
    made::Image image = made::process_log(120);
    const made::RecordPlace& last = image.records.at(110);
    made::cut(image, last.offset + last.size + 1);

    const auto file = read_file(image);

    CHECK(file->ids() == counted(1, 111));
    CHECK(file->has_damage("file ends inside this chunk"));
}

TEST_CASE("an empty log is an empty result without damage") {
    const auto file = read_file(made::make_log({}));

    CHECK(file->records.empty());
    CHECK(file->damage_text() == "");
}
