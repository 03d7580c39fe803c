#include "konseki/findings/host_names.h"

#include <doctest/doctest.h>

namespace konseki::findings {
namespace {

using Numbers = std::vector<std::uint32_t>;

std::vector<HostInfo> hosts(const std::vector<std::string>& names) {
    std::vector<HostInfo> out;
    for (const std::string& name : names) out.emplace_back().name = name;
    return out;
}

TEST_CASE(
    "host names: a short name means the one host that it can mean, and a full one a short one") {
    const std::vector<HostInfo> all = hosts({"FILE01.example.jp", "PC01"});
    const HostNames names(all, {});
    CHECK(names.meant_by("file01") == Numbers{0});
    CHECK(names.meant_by("file01.EXAMPLE.jp") == Numbers{0});
    CHECK(names.meant_by("FILE01.other.test") == Numbers{});
    CHECK(names.meant_by("PC01.example.jp") == Numbers{1});
    CHECK(names.meant_by("").empty());
    CHECK(names.rivals_for("FILE01").empty());
}

TEST_CASE("host names: a short name means none of several hosts that differ by their domain") {
    const std::vector<HostInfo> all =
        hosts({"FILE01.example.jp", "FILE01.other.example.jp", "FILE02.example.jp"});
    const HostNames names(all, {});
    CHECK(names.meant_by("FILE01").empty());
    CHECK(names.rivals_for("File01") == Numbers{0, 1});
    CHECK(names.meant_by("FILE01.other.example.jp") == Numbers{1});
    CHECK(names.rivals_for("FILE01.other.example.jp").empty());
    CHECK(names.meant_by("FILE02") == Numbers{2});

    const std::vector<HostInfo> with_short =
        hosts({"FILE01", "FILE01.example.jp", "FILE01.other.example.jp"});
    CHECK(HostNames(with_short, {}).meant_by("FILE01") == Numbers{0});
    CHECK(HostNames(with_short, {}).meant_by("FILE01.example.jp") == Numbers{1});
}

TEST_CASE("host names: what the profile says decides") {
    const std::vector<HostInfo> all = hosts({"FILE01.example.jp", "FILE01.other.example.jp"});
    ProfileHost host;
    host.name = "FILE01.example.jp";
    host.aliases = {"reception"};
    CHECK(HostNames(all, std::vector{host}).meant_by("RECEPTION") == Numbers{0});
    CHECK(HostNames(all, std::vector{host}).meant_by("FILE01").empty());
    host.aliases = {"file01"};
    CHECK(HostNames(all, std::vector{host}).meant_by("FILE01") == Numbers{0});
    CHECK(HostNames(all, std::vector{host}).rivals_for("FILE01").empty());
}

}  // namespace
}  // namespace konseki::findings
