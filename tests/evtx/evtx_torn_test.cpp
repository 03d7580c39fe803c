// Small logs torn everywhere: cut at every offset, and changed at every offset. Under sanitizers this is
// the proof that no byte of a log can make the reader crash, hang or read elsewhere. KONSEKI_TORN=long
// tries every value of every byte instead of one to three.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "konseki/scenario/evtx_fixtures.h"
#include "reading.h"

using namespace konseki;
using namespace konseki::test;

namespace {
/// The used part of the file: header, and the first chunk up to the end of its last record.
std::size_t used_bytes(const made::Image& image) {
    const made::RecordPlace& last = image.records.back();
    return last.offset + last.size;
}

std::size_t values_per_byte(std::size_t offset) {
    const char* mode = std::getenv("KONSEKI_TORN");
    if (mode != nullptr && std::string_view(mode) == "long") return 255;
    return offset < 8'192 ? 3 : 1;
}

/// Reads a chunk with and without carving; the text of every field is made.
std::size_t read_chunk(formats::evtx::ChunkReader& reader, Bytes chunk) {
    std::size_t text = 0;
    for (const bool recover : {false, true}) {
        records::Batch batch;
        batch.base_offset = formats::evtx::file_header_bytes;
        batch.bytes.assign(chunk.begin(), chunk.end());
        reader.read(
            batch,
            {.no_checksums = false, .code_page = {}, .host_code_page = {}, .recover = recover});
        for (const records::Record& record : batch.records) {
            CHECK(record.offset >= formats::evtx::file_header_bytes);
            CHECK(record.offset + record.size <= formats::evtx::file_header_bytes + chunk.size());
            for (const records::Field& field : record.shape->fields)
                if (batch.has(record, field))
                    text += records::to_text(batch.value(record, field.slot)).size();
        }
    }
    return text;
}

void cut_everywhere(const char* fixture) {
    const made::Image image = *made::make_fixture(fixture);
    const Bytes whole = Bytes(image.bytes).first(used_bytes(image));
    const auto all = read_file(whole);
    std::size_t last_count = 0;
    for (std::size_t end = 0; end <= whole.size(); ++end) {
        const auto file = read_file(whole.first(end));
        CAPTURE(end);
        CHECK(file->records.size() >= last_count);  // a longer file never gives fewer records
        const auto complete = std::ranges::count_if(
            image.records,
            [&](const made::RecordPlace& place) { return place.offset + place.size <= end; });
        CHECK(file->records.size() >= static_cast<std::size_t>(complete));
        last_count = file->records.size();
    }
    CHECK(all->records.size() == image.records.size());
}

void change_everywhere(const char* fixture) {
    made::Image image = *made::make_fixture(fixture);
    image.bytes.resize(used_bytes(image));
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    std::vector<std::byte> chunk(image.bytes.begin() + formats::evtx::file_header_bytes,
                                 image.bytes.end());
    constexpr std::uint8_t changes[] = {0xff, 0x80, 0x01};
    for (std::size_t at = 0; at < chunk.size(); ++at) {
        const std::byte before = chunk[at];
        const std::size_t count = values_per_byte(at);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint8_t change = count > 3 ? static_cast<std::uint8_t>(i + 1) : changes[i];
            chunk[at] = before ^ std::byte{change};
            (void)read_chunk(reader, chunk);
        }
        chunk[at] = before;
    }
    const auto file = read_file(image);
    CHECK(file->records.size() == image.records.size());
}

void compare_beginnings(const char* fixture) {
    made::Image image = *made::make_fixture(fixture);
    const std::size_t used = used_bytes(image) - formats::evtx::file_header_bytes;
    std::vector<std::byte> chunk(image.bytes.begin() + formats::evtx::file_header_bytes,
                                 image.bytes.end());
    chunk.resize(formats::evtx::chunk_bytes);
    // Else a changed byte is seen by the checksum, and the rest is read for that.
    const formats::evtx::FileFacts facts{
        .no_checksums = true, .code_page = {}, .host_code_page = {}, .recover = false};
    std::size_t compared = 0;
    for (std::size_t at = 0; at < used; ++at) {
        for (const std::byte change : {std::byte{0xff}, std::byte{0x01}}) {
            chunk[at] ^= change;
            CAPTURE(at);
            if (const std::optional<std::string> text = text_of_beginning(chunk, facts)) {
                ++compared;
                CHECK(*text == text_of_chunk(chunk, facts));
            }
            chunk[at] ^= change;
        }
    }
    CHECK(compared > used / 2);
}
}  // namespace

TEST_CASE("the smallest log cut at every offset gives every whole record") {
    cut_everywhere("smallest");
}
TEST_CASE("a log of every value type cut at every offset gives every whole record") {
    cut_everywhere("types");
}
TEST_CASE("a log of plain BinXML cut at every offset gives every whole record") {
    cut_everywhere("templateless");
}

TEST_CASE("the smallest log changed at any offset is read to its end") {
    change_everywhere("smallest");
}
TEST_CASE("a log of markup changed at any offset is read to its end") {
    change_everywhere("markup");
}
TEST_CASE("a log of plain BinXML changed at any offset is read to its end") {
    change_everywhere("templateless");
}
TEST_CASE("a log with absent values changed at any offset is read to its end") {
    change_everywhere("nulls");
}
TEST_CASE("a log of every value type changed at any offset is read to its end") {
    change_everywhere("types");
}
TEST_CASE("a log of every array type changed at any offset is read to its end") {
    change_everywhere("arrays");
}

TEST_CASE("a chunk changed at any offset gives from its beginning what it gives whole") {
    for (const char* fixture : {"smallest", "markup", "templateless", "nulls", "types"})
        compare_beginnings(fixture);
}

TEST_CASE("a file header changed at any offset loses no record") {
    made::Image image = *made::make_fixture("smallest");
    for (std::size_t at = 0; at < 128; ++at) {
        image.bytes[at] ^= std::byte{0xff};
        CAPTURE(at);
        CHECK(read_file(image)->records.size() == 1);
        image.bytes[at] ^= std::byte{0xff};
    }
}
