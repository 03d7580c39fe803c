#include "log_counter.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::examine {
namespace {

const Time start = Time::from_unix_seconds(1'555'459'200);

/// Records of one shape: Computer and EventID from the record, Channel and Provider from the shape.
class MadeRecords {
  public:
    MadeRecords() {
        shape_.id = 3;
        shape_.value_count = 2;
        shape_.literals = {records::Value::utf8("Made/Operational"), records::Value::utf8("Made")};
        for (const std::uint16_t slot : {std::uint16_t{0}, std::uint16_t{1}, records::literal_base,
                                         static_cast<std::uint16_t>(records::literal_base + 1)}) {
            shape_.fields.emplace_back().slot = slot;
            shape_.fields.back().section = records::Section::system;
        }
        shape_.system.computer = 0;
        shape_.system.event_id = 1;
        shape_.system.channel = 2;
        shape_.system.provider = 3;
    }

    void add(std::string_view computer, std::string_view event_id) {
        records::Record record;
        record.shape = &shape_;
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        record.offset = 512 + batch.records.size() * 100;
        record.time =
            Time{start.ticks + static_cast<std::int64_t>(batch.records.size()) * Time::per_second};
        for (const std::string_view text : {computer, event_id})
            batch.values.push_back(records::Value::utf8(batch.arena.copy(text)));
        batch.records.push_back(record);
    }

    records::Batch batch;

  private:
    records::Shape shape_;
};

TEST_CASE("log counter: records of one shape are told apart by host and event, in any order") {
    MadeRecords made;
    for (int turn = 0; turn < 3; ++turn) {
        made.add("PC-01", "1");
        made.add("PC-01", "1");
        made.add("PC-02", "1");   // one character differs
        made.add("PC-01", "11");  // as long together as the next
        made.add("PC-011", "1");
    }
    HostTable hosts;
    ReachStore reach(hosts);
    LogCounter counter(hosts, reach, {.seed = 7});
    for (const records::Record& record : made.batch.records) counter.count(made.batch, record);
    LogSums sums(Caps{});
    sums.add(counter);
    findings::Examination examination;

    sums.fill(hosts, examination);

    REQUIRE(examination.logs.size() == 4);
    std::string text;
    for (const findings::LogCount& log : examination.logs) {
        CHECK(log.channel == "Made/Operational");
        CHECK(log.provider == "Made");
        text += examination.hosts[log.host].name + " " + std::to_string(log.event_id) + " " +
                std::to_string(log.records) + "\n";
    }
    CHECK(text == "PC-01 1 6\nPC-01 11 3\nPC-011 1 3\nPC-02 1 3\n");
}

/// What three threads count of the records, of which each takes every third in turn, `step` apart.
findings::Examination count_apart(const MadeRecords& made, const HostTable::Setup& setup,
                                  const Caps& caps, std::size_t step) {
    HostTable hosts(setup);
    ReachStore reach(hosts);
    std::vector<LogCounter> counters;
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
        counters.emplace_back(hosts, reach,
                              LogCounter::Setup{.seed = seed * step, .choice = 9, .caps = caps});
    const std::vector<records::Record>& all = made.batch.records;
    for (std::size_t i = 0; i < all.size(); ++i)
        counters[i % 3].count(made.batch, all[i * step % all.size()]);
    LogSums sums(caps);
    for (const LogCounter& counter : counters) sums.add(counter);
    findings::Examination examination;
    sums.fill(hosts, examination);
    return examination;
}

/// Hosts and logs with their counts, a line each.
std::string lines_of(const findings::Examination& examination) {
    std::string text;
    for (const findings::HostInfo& host : examination.hosts)
        text += host.name + " " + std::to_string(host.records) + "\n";
    for (const findings::LogCount& log : examination.logs)
        text += examination.hosts[log.host].name + " " + std::to_string(log.event_id) + " " +
                std::to_string(log.records) + " " +
                std::to_string((log.span.first->ticks - start.ticks) / Time::per_second) + "\n";
    return text + std::to_string(examination.logs_not_counted) + "\n";
}

std::size_t kinds_of(const findings::Examination& examination, std::string_view host) {
    std::size_t count = 0;
    for (const findings::LogCount& log : examination.logs)
        if (examination.hosts[log.host].name == host) ++count;
    return count;
}

TEST_CASE("log counter: past the cap the same kinds are told, in whatever order threads see them") {
    MadeRecords made;
    // A flood on one host, an ordinary one beside it: 401 records, so that each step visits all of them.
    for (int turn = 0; turn < 2; ++turn)
        for (int id = 0; id < 190; ++id) made.add("FLOOD", std::to_string(id));
    for (int turn = 0; turn < 7; ++turn)
        for (int id = 0; id < 3; ++id) made.add("PC-01", std::to_string(id));
    const Caps caps = {.kinds = 20, .kinds_of_a_host = 12};

    const findings::Examination first = count_apart(made, {}, caps, 1);

    CHECK(first.logs.size() == 15);
    CHECK(kinds_of(first, "PC-01") == 3);
    CHECK(kinds_of(first, "FLOOD") == 12);
    CHECK(first.logs_not_counted == 2 * (190 - 12));
    REQUIRE(first.hosts.size() == 2);
    CHECK(first.hosts[0].records == 2 * 190);
    CHECK(first.hosts[1].records == 7 * 3);
    for (const std::size_t step : {2u, 17u, 200u, 400u})
        CHECK(lines_of(count_apart(made, {}, caps, step)) == lines_of(first));
}

TEST_CASE("log counter: hosts that are not told apart share their kinds and push out none") {
    MadeRecords made;
    for (int i = 0; i < 500; ++i) made.add("FORGED-" + std::to_string(i), "7");
    made.add("PC-01", "7");
    const HostTable::Setup setup = {.chosen = std::set<std::string, std::less<>>{"pc-01"}};

    const findings::Examination first = count_apart(made, setup, {.kinds = 4}, 1);

    CHECK(lines_of(first) ==
          "(other hosts) 500\nPC-01 1\n(other hosts) 7 500 0\nPC-01 7 1 500\n0\n");
    CHECK(first.other_hosts_records == 500);
    CHECK(lines_of(count_apart(made, setup, {.kinds = 4}, 100)) == lines_of(first));
}

}  // namespace
}  // namespace konseki::examine
