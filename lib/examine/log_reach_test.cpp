#include "log_reach.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace konseki::examine {
namespace {

/// 2019-04-17T00:00:00Z.
const Time start = Time::from_unix_seconds(1'555'459'200);

Time hours_later(std::int64_t hours, std::int64_t minutes = 0) {
    return Time{start.ticks + (hours * 60 + minutes) * 60 * Time::per_second};
}

records::Record record(std::uint64_t number, Time time) {
    records::Record made;
    made.record_id = number;
    made.time = time;
    return made;
}

/// Hosts number 1 and 2.
struct TwoHosts : HostTable {
    TwoHosts() {
        number("PC-01");
        number("PC-02");
    }
};

/// One log of one host.
class OneLog {
  public:
    OneLog() : log_(store_.number(1, "System")) {}

    void take(const std::vector<records::Record>& all) {
        records::Batch batch;
        batch.records = all;
        tracker_.take(batch, std::vector<std::uint32_t>(all.size(), log_));
    }
    findings::LogReach reach() {
        tracker_.flush();
        const std::vector<findings::LogReach> all = store_.reaches({0, 0});
        REQUIRE(all.size() == 1);
        return all.front();
    }

  private:
    TwoHosts hosts_;
    ReachStore store_{hosts_};
    ReachTracker tracker_{store_};
    std::uint32_t log_;
};

}  // namespace

TEST_CASE("log reach: numbers that no record has are a gap between the records around them") {
    OneLog log;
    log.take(
        {record(10, hours_later(0)), record(11, hours_later(0, 5)), record(20, hours_later(1))});

    const findings::LogReach reach = log.reach();

    CHECK(reach.lowest == 10);
    CHECK(reach.highest == 20);
    CHECK(reach.records == 3);
    CHECK(reach.missing == 8);
    REQUIRE(reach.gaps.size() == 1);
    CHECK(reach.gaps[0].missing == 8);
    CHECK(reach.gaps[0].between.first == hours_later(0, 5));
    CHECK(reach.gaps[0].between.last == hours_later(1));
}

TEST_CASE("log reach: chunks in any order and exports that overlap leave no gap") {
    OneLog log;
    log.take({record(5, hours_later(2)), record(6, hours_later(2))});
    log.take({record(3, hours_later(1)), record(4, hours_later(1))});
    log.take({record(1, hours_later(0)), record(2, hours_later(0)), record(3, hours_later(1))});

    const findings::LogReach reach = log.reach();

    CHECK(reach.lowest == 1);
    CHECK(reach.highest == 6);
    CHECK(reach.missing == 0);
    CHECK(reach.jumps == 0);
    CHECK(reach.gaps.empty());
    CHECK(!reach.has_lost_beginning());
}

TEST_CASE("log reach: records carved from slack are no part of the row of numbers") {
    OneLog log;
    records::Record carved = record(900, hours_later(-5));
    carved.recovered = true;
    log.take({record(1, hours_later(0)), record(2, hours_later(0)), carved});

    CHECK(log.reach().missing == 0);
}

TEST_CASE("log reach: forwarded records of two hosts share one row of numbers") {
    const TwoHosts hosts;
    ReachStore store(hosts);
    ReachTracker tracker(store);
    const std::array<std::uint32_t, 2> logs = {store.number(1, "Security"),
                                               store.number(2, "Security")};
    records::Batch batch;
    std::vector<std::uint32_t> owners;
    for (std::uint64_t i = 0; i < 10; ++i) {
        batch.records.push_back(record(100 + i, hours_later(0, static_cast<std::int64_t>(i))));
        owners.push_back(logs[i % 3 == 0 ? 1 : 0]);
    }

    tracker.take(batch, owners);
    tracker.flush();

    const std::vector<findings::LogReach> all = store.reaches({0, 0, 1});
    REQUIRE(all.size() == 2);
    CHECK(all[0].records == 6);
    CHECK(all[1].records == 4);
    for (const findings::LogReach& reach : all) {
        CHECK(reach.missing == 0);
        CHECK(reach.lowest == 100);
        CHECK(reach.highest == 109);
    }
}

TEST_CASE(
    "log reach: a log that is written every hour but for one night is busy and was silent then") {
    OneLog log;
    std::uint64_t number = 0;
    for (std::int64_t hour = 0; hour < 200; ++hour)
        if (hour < 100 || hour >= 107) log.take({record(++number, hours_later(hour, 30))});

    const findings::LogReach reach = log.reach();

    CHECK(reach.hours == 200);
    CHECK(reach.active_hours == 193);
    CHECK(reach.is_busy());
    REQUIRE(reach.silences.size() == 1);
    CHECK(reach.silences[0].between.first == hours_later(99, 30));
    CHECK(reach.silences[0].between.last == hours_later(107, 30));
}

TEST_CASE("log reach: a host that a file of forwarded records tells of now and then lost nothing") {
    const TwoHosts hosts;
    ReachStore store(hosts);
    ReachTracker tracker(store);
    const std::array<std::uint32_t, 2> logs = {store.number(1, "Security"),
                                               store.number(2, "Security")};
    for (std::uint64_t part = 0; part < 5; ++part) {
        records::Batch batch;
        std::vector<std::uint32_t> owners;
        for (std::uint64_t i = 0; i < 10; ++i) {
            batch.records.push_back(
                record(1 + part * 10 + i, hours_later(static_cast<std::int64_t>(part))));
            owners.push_back(logs[part == 0 || part == 4 ? i % 2 : 0]);
        }
        tracker.take(batch, owners);
    }
    tracker.flush();

    for (const findings::LogReach& reach : store.reaches({0, 0, 1})) {
        CHECK(reach.missing == 0);
        CHECK(!reach.has_lost_beginning());
    }
}

TEST_CASE("log reach: a record of a log past the cap is no hole in the others") {
    const TwoHosts hosts;
    ReachStore store(hosts);
    ReachTracker tracker(store);
    const std::uint32_t log = store.number(1, "Security");
    records::Batch batch;
    batch.records = {record(1, hours_later(0)), record(2, hours_later(0)),
                     record(3, hours_later(0))};

    tracker.take(batch, std::vector<std::uint32_t>{log, ReachStore::no_log, log});
    tracker.flush();

    CHECK(store.reaches({0, 0}).front().missing == 0);
}

TEST_CASE(
    "log reach: of a log with more holes than are kept is told how much is missing at least") {
    OneLog log;
    for (std::uint64_t i = 0; i <= StretchSet::max_stretches; ++i)
        log.take({record(1 + i * 2, hours_later(0))});

    const findings::LogReach reach = log.reach();

    CHECK(reach.is_torn);
    CHECK(reach.lowest == 1);
    CHECK(reach.highest == 1 + 2 * StretchSet::max_stretches);
    CHECK(reach.missing == StretchSet::max_stretches);
}

TEST_CASE("log reach: a PC that is off at night is not busy") {
    OneLog log;
    std::uint64_t number = 0;
    for (std::int64_t day = 0; day < 10; ++day)
        for (std::int64_t hour = 9; hour < 18; ++hour)
            log.take({record(++number, hours_later(day * 24 + hour))});

    CHECK(!log.reach().is_busy());
}

TEST_CASE("log reach: more gaps than are listed leaves the largest, in the order of time") {
    OneLog log;
    std::uint64_t number = 1;
    for (std::uint64_t i = 0; i < 60; ++i) {
        log.take({record(number, hours_later(static_cast<std::int64_t>(i)))});
        number += i + 2;  // i + 1 missing
    }

    const findings::LogReach reach = log.reach();

    CHECK(reach.jumps == 59);
    CHECK(reach.missing == 59 * 60 / 2);
    REQUIRE(reach.gaps.size() == findings::LogReach::max_gaps);
    CHECK(reach.gaps.front().missing == 40);
    CHECK(reach.gaps.back().missing == 59);
}

TEST_CASE("stretch set: a forged row of single numbers is torn, not unbounded") {
    StretchSet set;
    for (std::uint64_t i = 0; i <= StretchSet::max_stretches; ++i) set.add({i * 2, i * 2, {}, {}});

    CHECK(set.is_torn());
    CHECK(set.joined().empty());
}

TEST_CASE("log reach: a file's numbers are torn or whole whatever the order of its chunks") {
    // Even numbers first, then the odd ones: in the end nothing is missing, but two thirds of the breaks allowed are
    // open holes for a while, and in the order of the second list none ever is.
    constexpr std::uint64_t count = 40;
    const auto told = [](bool is_apart, std::size_t breaks) {
        const TwoHosts hosts;
        ReachStore store(hosts, {.breaks = breaks});
        ReachTracker tracker(store);
        const std::uint32_t log = store.number(1, "Security");
        std::vector<records::Batch> batches(count / 4);
        for (std::uint64_t i = 0; i < count / 2; ++i) {
            batches[i / 4].records.push_back(record(2 * i, hours_later(0)));
            batches[count / 8 + i / 4].records.push_back(record(2 * i + 1, hours_later(0)));
        }
        for (std::size_t i = 0; i < batches.size(); ++i) {
            const std::size_t at = is_apart ? i : i / 2 + (i % 2) * batches.size() / 2;
            const std::size_t records = batches[at].records.size();
            tracker.take(batches[at], std::vector<std::uint32_t>(records, log));
            tracker.flush();
        }
        return store.reaches({0, 0}).front();
    };

    for (const bool is_apart : {true, false}) {
        const findings::LogReach whole = told(is_apart, 30);
        CHECK_FALSE(whole.is_torn);
        CHECK(whole.missing == 0);
        const findings::LogReach torn = told(is_apart, 29);
        CHECK(torn.is_torn);
        CHECK(torn.missing == 0);
        CHECK(torn.highest == count - 1);
    }
}

TEST_CASE("log reach: past the cap the same logs are told, in whatever order they come") {
    struct Told {
        std::vector<std::string> logs;
        std::uint64_t records = 0, left_out = 0;
    };
    const auto told = [](std::uint32_t step) {
        const TwoHosts hosts;
        ReachStore store(hosts, {.choice = 5, .caps = {.logs = 20, .logs_of_a_host = 15}});
        ReachTracker tracker(store);
        // 100 forged logs of one host and three of the other, each seen twice.
        for (std::uint32_t i = 0; i < 2 * 103; ++i) {
            const std::uint32_t which = i * step % 103;
            const std::uint32_t log = which < 100
                                          ? store.number(1, "Forged-" + std::to_string(which))
                                          : store.number(2, "Log-" + std::to_string(which));
            records::Batch batch;
            batch.records = {record(i, hours_later(0))};
            tracker.take(batch, std::vector<std::uint32_t>{log});
            tracker.flush();
        }
        Told all;
        for (const findings::LogReach& reach : store.reaches({0, 0, 1})) {
            all.logs.push_back(std::to_string(reach.host) + reach.channel);
            all.records += reach.records;
        }
        all.left_out = store.left_out();
        return all;
    };

    const Told first = told(1);

    CHECK(first.logs.size() == 18);
    CHECK(std::ranges::count_if(first.logs,
                                [](const std::string& log) { return log.starts_with('1'); }) == 3);
    CHECK(first.records == 2 * 18);
    CHECK(first.left_out == 2 * (103 - 18));
    for (const std::uint32_t step : {2u, 7u, 64u, 102u}) {
        const Told again = told(step);
        CHECK(again.logs == first.logs);
        CHECK(again.records == first.records);
        CHECK(again.left_out == first.left_out);
    }
}

TEST_CASE("stretch set: numbers up to the largest do not wrap") {
    constexpr std::uint64_t most = ~std::uint64_t{0};
    StretchSet set;
    set.add({most, most, {}, {}});
    set.add({0, 0, {}, {}});
    set.add({most - 1, most - 1, {}, {}});

    REQUIRE(set.joined().size() == 2);
    CHECK(set.joined()[1].first == most - 1);
}

}  // namespace konseki::examine
