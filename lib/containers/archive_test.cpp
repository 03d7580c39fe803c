#include "konseki/containers/archive.h"

#include "made_archives.h"

#include <doctest/doctest.h>

using namespace konseki;
using namespace konseki::containers;
using namespace konseki::containers::made;

TEST_CASE("containers are known by their first bytes") {
    CHECK(sniff_container(as_bytes("PK\3\4")) == ContainerKind::zip);
    CHECK(sniff_container(as_bytes("\x1f\x8b\x08")) == ContainerKind::gzip);
    CHECK(sniff_container(as_bytes("\x1f\x8b")) == ContainerKind::none);
    CHECK(sniff_container(as_bytes("title: x")) == ContainerKind::none);
    CHECK(sniff_container({}) == ContainerKind::none);
    const std::string zeros(512, '\0');
    CHECK(sniff_container(as_bytes(zeros)) == ContainerKind::none);
}

TEST_CASE("a file that is no container is an error") {
    const Collected got = collect("title: x");
    CHECK(got.failed);
    CHECK(got.error == "is no zip, tar or gzip file");
}

TEST_CASE("reading past the end of a source gives nothing") {
    const MemorySource source(as_bytes("abc"));
    std::vector<std::byte> out(5);
    CHECK(*source.read_at(1, out) == 2);
    CHECK(*source.read_at(3, out) == 0);
    CHECK(*source.read_at(~std::uint64_t{0}, out) == 0);
    CHECK(read_exactly(source, 1, 2, "x"));
    const auto too_much = read_exactly(source, 1, ~std::uint64_t{0}, "x");
    REQUIRE_FALSE(too_much);
    CHECK(too_much.error().kind == ErrorKind::truncated);
    CHECK_FALSE(read_exactly(source, ~std::uint64_t{0}, 2, "x"));
}
