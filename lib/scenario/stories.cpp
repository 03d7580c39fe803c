#include "konseki/scenario/stories.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "false_alarms.h"
#include "story_parts.h"

namespace konseki::scenario {

namespace {
constexpr std::array<Story, 7> known{{
    {"s4", "an intruder with many entries, on five hosts of a domain"},
    {"s4-twin", "the same hosts with what is allowed and looks alike"},
    {"s6", "three hosts of an ordinary office"},
    {"s6-40", "forty hosts of an ordinary office, a million records"},
    {"s8", "a host after a collection by the guide, with collection.json"},
    {"s8-earlier", "the same, and two days earlier by another account"},
    {"s8-elsewhere", "the same, and at that hour to another folder"},
}};

std::string numbered(const char* name, unsigned number, std::size_t digits) {
    std::string text = std::to_string(number);
    text.insert(0, digits - std::min(digits, text.size()), '0');
    return name + text;
}
std::string address(unsigned network, unsigned number) {
    return "10.7." + std::to_string(network + number / 250) + '.' +
           std::to_string(number % 250 + 1);
}

void add_hosts(World& world, Office& office, unsigned clients) {
    for (unsigned number = 1; number <= clients; ++number)
        office.employs(world.account(numbered("user", number, 2), 1200 + number),
                       world.host(numbered("PC", number, 3)));
}
}  // namespace

std::span<const Story> stories() { return known; }

std::uint64_t write_office(const OfficeSize& size, EvidenceFolder& folder) {
    World world({"SHIOMI", "shiomi.example.jp", "S-1-5-21-2019112906-1201907221-1907041804"},
                size.seed, folder);
    const unsigned servers = size.hosts < 3 ? 0 : std::max(1u, size.hosts / 10);
    const unsigned clients = size.hosts - 1 - servers;
    const bool allowed = size.allowed_work && size.hosts >= hosts_with_allowed_work;
    world.add({.name = "DC01", .address = "10.7.1.10", .role = Role::domain_controller});
    for (unsigned number = 1; number <= servers; ++number)
        world.add({.name = numbered("SRV", number, 2),
                   .address = address(2, 20 + number),
                   .role = Role::server,
                   .japanese = number % 2 == 1,
                   .command_lines = number == 1,
                   .sysmon = allowed && number == server_with_sysmon});
    // A third of the clients has the audit policy that records processes.
    for (unsigned number = 1; number <= clients; ++number)
        world.add({.name = numbered("PC", number, 3),
                   .address = address(10, number),
                   .japanese = number % 2 == 1,
                   .command_lines = number % 5 == 4 || number % 3 == 0,
                   .sysmon = allowed && number == client_with_sysmon});
    Office office(world, {.busy = size.busy});
    add_hosts(world, office, clients);
    const Day first = day_of(2019, 9, 2);
    office.plan(first, first + size.days - 1, {day_of(2019, 9, 16), day_of(2019, 9, 23)});
    if (size.false_alarms && clients > 0) plan_false_alarms(world, office, first);
    if (allowed) plan_allowed_work(world, office, first);
    world.agenda().run_until(japan(first + size.days, 0, 0));
    std::uint64_t records = 0;
    for (const std::unique_ptr<Host>& host : world.hosts()) records += host->records();
    return records;
}

bool write_story(std::string_view name, EvidenceFolder& folder) {
    if (name == "s4") write_many_entries(folder);
    if (name == "s4-twin") write_many_entries_twin(folder);
    if (name == "s6") write_office({}, folder);
    if (name == "s6-40")
        write_office({.hosts = 40, .days = 19, .busy = 1400, .allowed_work = true}, folder);
    if (name == "s8") write_collection(Collection::as_written, folder);
    if (name == "s8-earlier") write_collection(Collection::earlier_by_another, folder);
    if (name == "s8-elsewhere") write_collection(Collection::to_another_place, folder);
    return std::ranges::find(known, name, &Story::name) != known.end();
}

}  // namespace konseki::scenario
