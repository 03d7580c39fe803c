// The writer itself, against figures worked out by hand and published constants.

#include <doctest/doctest.h>

#include "konseki/base/bytes.h"
#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/evtx_writer.h"
#include "konseki/scenario/windows_events.h"

using namespace konseki;
namespace made = konseki::scenario::evtx;

TEST_CASE("the checksum is the CRC-32 of RFC 1952") {
    CHECK(made::crc32(as_bytes("123456789")) == 0xcbf43926);
    CHECK(made::crc32(as_bytes("56789"), made::crc32(as_bytes("1234"))) == 0xcbf43926);
}

// Hashes as they stand in logs of Windows: `Event` 0x0cba, `Data` 0x6f8a, `Name` 0x954b.
TEST_CASE("name hashes are those of Windows") {
    CHECK(made::name_hash(made::utf16("Event")) == 0x0cba);
    CHECK(made::name_hash(made::utf16("Data")) == 0x6f8a);
    CHECK(made::name_hash(made::utf16("Name")) == 0x954b);
}

TEST_CASE("a GUID's first three groups stand little-endian, a SID's authority big-endian") {
    CHECK(made::value::guid("{00112233-4455-6677-8899-aabbccddeeff}").bytes ==
          std::string("\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff", 16));
    CHECK(made::value::sid("S-1-5-18").bytes ==
          std::string("\x01\x01\x00\x00\x00\x00\x00\x05\x12\x00\x00\x00", 12));
}

TEST_CASE("a record's size stands at both ends and is a multiple of 8") {
    const made::Image image = made::process_log(3);
    for (const made::RecordPlace& place : image.records) {
        CHECK(place.size % 8 == 0);
        CHECK(load_u32(image.bytes.data() + place.offset) == 0x2a2a);
        CHECK(load_u32(image.bytes.data() + place.offset + 4) == place.size);
        CHECK(load_u32(image.bytes.data() + place.offset + place.size - 4) == place.size);
    }
}

TEST_CASE("a record too large for a chunk is refused and leaves the log as it was") {
    made::WindowsHost host;
    made::Log log;
    REQUIRE(log.add(host.powershell_4104({.record_id = 1}, "short")));
    CHECK_FALSE(log.add(host.powershell_4104({.record_id = 2}, std::string(40'000, 'x'))));
    REQUIRE(log.add(host.powershell_4104({.record_id = 3}, "short")));

    const made::Image image = log.finish();

    REQUIRE(image.records.size() == 2);
    CHECK(image.records[1].id == 3);
}

TEST_CASE("the same records give the same bytes") {
    CHECK(made::process_log(100).bytes == made::process_log(100).bytes);
    made::WindowsHost one, two;
    CHECK(made::make_log({made::firing_record(one, 5)}).bytes ==
          made::make_log({made::firing_record(two, 5)}).bytes);
}

TEST_CASE("every fixture can be made") {
    for (const made::Fixture& fixture : made::fixtures()) {
        const auto image = made::make_fixture(fixture.name);
        REQUIRE(image.has_value());
        CHECK(image->bytes.size() >= made::header_bytes);
    }
    CHECK_FALSE(made::make_fixture("no such fixture").has_value());
}
