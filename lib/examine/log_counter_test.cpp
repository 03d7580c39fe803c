#include "log_counter.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace konseki::examine {
namespace {

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
        record.time = Time{static_cast<std::int64_t>(1000 + batch.records.size())};
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
    ReachStore reach;
    LogCounter counter(hosts, reach, 7);
    for (const records::Record& record : made.batch.records) counter.count(made.batch, record);
    LogSums sums;
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

}  // namespace
}  // namespace konseki::examine
