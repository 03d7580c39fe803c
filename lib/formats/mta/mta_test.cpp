#include "konseki/formats/mta.h"

#include <doctest/doctest.h>

#include <string>

#include "konseki/base/text.h"
#include "konseki/scenario/mta_writer.h"

namespace konseki::formats::mta {
namespace {

using File = std::vector<std::byte>;
using scenario::make_mta;
using scenario::MtaEvent;

std::string text_of(const File& file, std::uint64_t number, std::uint64_t id) {
    const Result<Messages> messages = read(file);
    REQUIRE(messages.has_value());
    const std::optional<Place> place = messages->find(number, id);
    if (!place) return "(none)";
    REQUIRE(place->offset + place->bytes <= file.size());
    return to_utf8(Bytes(file).subspan(place->offset, place->bytes));
}

std::vector<MtaEvent> many(std::size_t count) {
    std::vector<MtaEvent> events;
    for (std::size_t i = 1; i <= count; ++i) events.push_back({i * 10, u"文 "});
    events.back().message = u"last\r\n\tone";
    return events;
}

void put(File& file, std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) file[at + i] = static_cast<std::byte>(value >> (8 * i));
}

/// The sections of a made file begin behind the header and three descriptors.
constexpr std::size_t first_section = 24 + 3 * 26;

TEST_CASE("mta: each event has its message, over several pages, with its line breaks") {
    const File file = make_mta(many(250), {u"P"});

    CHECK(read(file)->size() == 250);
    CHECK(read(file)->unread() == 0);
    CHECK(text_of(file, 1, 10) == "文 ");
    CHECK(text_of(file, 250, 2'500) == "last\r\n\tone");
}

TEST_CASE("mta: a record that is not in the file, or has no message, has none") {
    const File file = make_mta({{5, u"five"}, {6, u""}}, {});

    CHECK(text_of(file, 1, 5) == "five");
    CHECK(text_of(file, 2, 6) == "(none)");
    CHECK(text_of(file, 3, 7) == "(none)");
    CHECK(text_of(make_mta({}, {}), 1, 1) == "(none)");
}

TEST_CASE("mta: of two events with one id the position decides, else the first is taken") {
    const File file = make_mta({{5, u"of log A"}, {6, u"six"}, {5, u"of log B"}}, {});

    CHECK(text_of(file, 3, 5) == "of log B");
    CHECK(text_of(file, 1, 5) == "of log A");
    CHECK(text_of(file, 900, 5) == "of log A");
    CHECK(text_of(file, 0, 6) == "six");
}

TEST_CASE("mta: other files and other versions are refused") {
    File version = make_mta({{1, u"a"}}, {});
    put(version, 12, 2, 4);
    File nameless = make_mta({{1, u"a"}}, {});
    put(nameless, 24 + 20, 'X', 2);

    CHECK_FALSE(read(as_bytes("")).has_value());
    CHECK_FALSE(read(as_bytes("MTAFile")).has_value());
    CHECK_FALSE(read(as_bytes("ElfFile, and what may follow")).has_value());
    CHECK(read(version).error().kind == ErrorKind::unsupported);
    CHECK_FALSE(read(nameless).has_value());
    CHECK(has_file_magic(version));
    CHECK_FALSE(has_file_magic(as_bytes("MTAFile!")));
}

TEST_CASE("mta: pages that follow each other in a circle end, and what was read stays") {
    File file = make_mta(many(250), {});
    const std::size_t second = first_section + 888 + 100 * 24;
    put(file, second + 72, 0, 8);  // the second page of EVT names the first as the next

    const Result<Messages> messages = read(file);

    REQUIRE(messages.has_value());
    CHECK(messages->size() == 200);
    CHECK(messages->unread() == 1);
}

TEST_CASE("mta: a record outside of its section is passed over and counted") {
    File file = make_mta(many(3), {});
    put(file, first_section + 88, 0xffffffffffff, 8);

    const Result<Messages> messages = read(file);

    REQUIRE(messages.has_value());
    CHECK(messages->size() == 2);
    CHECK(messages->unread() == 1);
    CHECK(messages->find(2, 20).has_value());
}

TEST_CASE("mta: a text that reaches past its record is no text, nor is one of half a character") {
    for (const std::uint64_t length : {0xffffffffull, 9ull, 3ull}) {
        File file = make_mta({{1, u"ab"}, {2, u"cd"}}, {});
        const std::size_t messages_at = first_section + 888 + 2 * 24;
        put(file, messages_at + 888 + 8, length, 4);

        const Result<Messages> messages = read(file);

        REQUIRE(messages.has_value());
        CHECK(messages->unread() == 2);
        CHECK_FALSE(messages->find(1, 1).has_value());
        CHECK(text_of(file, 2, 2) == "cd");
    }
}

TEST_CASE("mta: no beginning of a file, and no flipped byte, leads out of it") {
    const File whole = make_mta(many(120), {u"Publisher"});
    const auto check = [](const File& file) {
        const Result<Messages> messages = read(file);
        if (!messages) return;
        for (std::uint64_t number = 1; number <= 120; number += 17) {
            const std::optional<Place> place = messages->find(number, number * 10);
            if (place) CHECK(place->offset + place->bytes <= file.size());
        }
    };

    for (std::size_t size = 0; size < whole.size(); size += size < 1'200 ? 1 : 37)
        check(File(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
    for (std::size_t at = 0; at < 1'200; ++at) {
        File file = whole;
        file[at] ^= std::byte{0xff};
        check(file);
    }
}

}  // namespace
}  // namespace konseki::formats::mta
