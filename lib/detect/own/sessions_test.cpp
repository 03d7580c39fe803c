#include "own/sessions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/made_log.h"
#include "konseki/detect/movements.h"

namespace konseki::detect {
namespace {

using findings::Movement;

constexpr std::string_view auditing = "Microsoft-Windows-Security-Auditing";

/// Records of one batch, each at its second.
class Night {
  public:
    Night& logon(int second, std::string_view id, std::string_view type = "10",
                 std::string_view user = "adm01") {
        return add(second, 4624,
                   {{"TargetUserSid", "S-1-5-21-1-2-3-1104"},
                    {"TargetUserName", std::string(user)},
                    {"TargetDomainName", "EXAMPLE"},
                    {"TargetLogonId", std::string(id)},
                    {"LogonType", std::string(type)},
                    {"WorkstationName", "PC07"},
                    {"IpAddress", "10.0.0.7"}});
    }
    Night& rights(int second, std::string_view id) {
        return add(second, 4672,
                   {{"SubjectUserName", "adm01"},
                    {"SubjectLogonId", std::string(id)},
                    {"PrivilegeList", "SeDebugPrivilege"}});
    }
    Night& logoff(int second, std::string_view id, std::string_view user = "adm01",
                  std::string_view type = "10") {
        return add(second, 4634,
                   {{"TargetUserName", std::string(user)},
                    {"TargetLogonId", std::string(id)},
                    {"LogonType", std::string(type)}});
    }
    Night& user_logoff(int second, std::string_view id) {
        return add(second, 4647, {{"TargetUserName", "adm01"}, {"TargetLogonId", std::string(id)}});
    }
    MadeLog log;

  private:
    Night& add(int second, std::uint32_t event, const std::vector<Put>& fields) {
        log.add("Security", auditing, event, fields);
        records::Record& record = log.batch.records.back();
        record.time = Time::from_unix_seconds(1'772'400'000 + second);
        record.offset = static_cast<std::uint64_t>(second);
        return *this;
    }
};

/// What is told of batches that as many threads took, all of host 0.
std::vector<Movement> told(std::vector<Night*> batches, const MovementLimits& limits = {}) {
    std::vector<MovementCollector> collectors;
    for (Night* night : batches) {
        collectors.emplace_back(7, 3, limits);
        collectors.back().take(night->log.batch,
                               std::vector<std::uint32_t>(night->log.batch.records.size(), 0));
    }
    std::vector<const MovementCollector*> all;
    for (const MovementCollector& one : collectors) all.push_back(&one);
    return sum_up(all, {0}).all;
}

Movement only(std::vector<Night*> batches) {
    const std::vector<Movement> all = told(std::move(batches));
    REQUIRE(all.size() == 1);
    return all.front();
}

}  // namespace

TEST_CASE("sessions: a logon has administrator rights where 4672 names its number at once") {
    Night night;
    night.logon(0, "0x5001").rights(0, "0x5001").logon(60, "0x5002").logon(120, "0x5003");
    night.rights(121, "0x5003").rights(600, "0x5002").rights(60, "0x9999");

    const Movement movement = only({&night});

    CHECK(movement.count == 3);
    CHECK(movement.elevated == 2);
}

TEST_CASE("sessions: which thread reads the logon, and which its rights, changes nothing") {
    Night first, second;
    first.logon(0, "0x5001", "3").logon(60, "0x5002", "3");
    second.rights(60, "0x5002").logon(3600, "0x5003", "3").rights(3600, "0x5003");

    CHECK(only({&first, &second}).elevated == 2);
    CHECK(only({&second, &first}).elevated == 2);
}

TEST_CASE("sessions: the longest session is from a logon to the end of the same one") {
    Night night, later;
    night.logon(0, "0x5001").logon(10, "0x5002").logoff(40, "0x5001");
    later.user_logoff(3'610, "0x5002").logoff(3'700, "0x5002");

    CHECK(only({&night, &later}).longest_session == 3'600 * Time::per_second);
    CHECK(only({&later, &night}).longest_session == 3'600 * Time::per_second);
}

TEST_CASE("sessions: ends of others, of shares, and without a logon tell nothing") {
    Night night;
    night.logon(0, "0x5001").logon(10, "0x5002", "3").logoff(20, "0x5002", "adm01", "3");
    night.logoff(30, "0x5001", "sato").logoff(40, "0x7777");

    for (const Movement& movement : told({&night})) CHECK(movement.longest_session == 0);
}

TEST_CASE("sessions: a number that is used again after a start of the host is another session") {
    Night night;
    night.logon(0, "0x5001").logon(90'000, "0x5001").logoff(90'060, "0x5001");

    CHECK(only({&night}).longest_session == 60 * Time::per_second);
}

TEST_CASE("sessions: past the cap the same logons are told whatever the order") {
    const auto gather = [](bool backwards) {
        std::vector<Night> nights(40);
        for (std::size_t i = 0; i < nights.size(); ++i) {
            const std::string id = "0x" + std::to_string(50'000 + i);
            nights[i].logon(static_cast<int>(i) * 1'000, id);
            nights[i].logoff(static_cast<int>(i) * 1'000 + 60 + static_cast<int>(i), id);
        }
        std::vector<Night*> order;
        for (Night& night : nights) order.push_back(&night);
        if (backwards) std::ranges::reverse(order);
        return told(order, {.of_sessions = 16}).at(0);
    };

    const Movement one = gather(false), other = gather(true);

    CHECK(one.count == 40);
    CHECK(one.longest_session > 0);
    CHECK(one.longest_session == other.longest_session);
}

}  // namespace konseki::detect
