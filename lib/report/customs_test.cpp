// Rights and length of a logon, addresses of VPN, and times outside of work, as people read them.
#include <doctest/doctest.h>

#include "konseki/report/logons.h"
#include "made_scene.h"

using namespace konseki;
using namespace konseki::report;

namespace {

/// Three logons by remote desktop, two of them as administrator, the longest of 2 h 5 min.
Scene three_logons() {
    Scene scene({"FILE01"});
    findings::Movement& movement = scene.move(0, MovementKind::remote_desktop, "adm", at(2, 3));
    movement.address = "10.9.0.23";
    movement.count = 3;
    movement.elevated = 2;
    movement.longest_session = (2 * 3'600 + 5 * 60) * Time::per_second;
    return scene;
}

}  // namespace

TEST_CASE("movements: how often with administrator rights, and how long, stands in every output") {
    const Scene scene = three_logons();

    const std::string page = scene.page();
    CHECK(page.contains("2 times with administrator rights, longest session 2 h 5 min"));
    CHECK(page.contains("うち管理者権限 2回、最長のセッション 2時間5分"));
    CHECK(make_logons_csv(scene.examination, scene.tell().told)
              .contains("2026-09-03T03:00:00.0000000Z,3,2,7500,FILE01,"));
    CHECK(scene.summary().contains(R"("count":3,"elevated":2,"longest_session_seconds":7500,)"));
}

TEST_CASE("movements: where all logons had administrator rights no number is needed") {
    Scene scene = three_logons();
    scene.examination.movements.back().elevated = 3;
    scene.examination.movements.back().longest_session = 0;

    CHECK(scene.page().contains(", with administrator rights<"));
    scene.examination.movements.back().longest_session = 59 * 60 * Time::per_second;
    CHECK(scene.page().contains(", longest session 59 min<"));
}

TEST_CASE("movements: an address of VPN is called so, and the host behind it is to be found") {
    Scene scene = three_logons();
    scene.find(0, scene.add_rule("E001", Level::high), at(2, 4), "adm");
    findings::Network& network = scene.premises.networks.emplace_back();
    network.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 9, 0, 0};
    network.prefix_bits = 96 + 24;
    network.is_vpn = true;

    const std::string page = scene.page();
    CHECK(page.contains("10.9.0.23 (VPN)"));
    CHECK(page.contains("find the host behind it in the log of the VPN device"));
    CHECK(scene.summary().contains(R"("from_vpn":true)"));
    CHECK(scene.summary().contains(R"({"name":"10.9.0.23","vpn":true,)"));
}

TEST_CASE("story: a step outside of working hours says so, one of a working day does not") {
    Scene scene({"FILE01"});
    const std::uint32_t rule = scene.add_rule("E001", Level::high);
    scene.premises.days =
        findings::WorkDays({.hours = {{9 * 60, 18 * 60, 0b11111}}}, scene.options.zone);
    // Wednesday 2026-09-02, noon in Japan.
    scene.find(0, rule, at(1, 3), "adm");
    CHECK_FALSE(scene.page().contains("outside working hours"));
    CHECK_FALSE(scene.summary().contains("work_time"));

    scene.find(0, rule, at(1, 12), "adm");
    CHECK(scene.page().contains("outside working hours"));
    CHECK(scene.page().contains("勤務時間外"));
    CHECK(scene.summary().contains(R"("work_time":"outside")"));
}
