#include "unknown.h"

#include <algorithm>
#include <set>

#include "konseki/render/numbers.h"
#include "marks.h"
#include "table.h"

namespace konseki::report {
namespace {

using render::to_grouped;

/// Hosts and tactics that are named; the rest stands on the next pages.
constexpr std::size_t most_names = 2;
constexpr std::size_t most_tactics = 3;

struct Row {
    std::string_view unknown, remedy;  ///< keys
};

void write_row(Page& page, const Row& row, std::initializer_list<render::Filling> fillings) {
    const auto line = page.html.in("tr");
    {
        const auto cell = page.html.in("td");
        page.sentence(row.unknown, fillings);
    }
    const auto cell = page.html.in("td", {{"class", "k-remedy"}});
    page.html.text(page.say(row.remedy));
}

std::string joined(const Page& page, const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty()) out += page.say("html.comma");
        out += part;
    }
    return out;
}

void write_missing_logs(Page& page) {
    std::set<std::string> logs;
    std::vector<std::uint32_t> hosts;
    for (const story::HostView& view : page.data.story.hosts) {
        if (view.missing.empty()) continue;
        hosts.push_back(view.host);
        logs.insert(view.missing.begin(), view.missing.end());
    }
    if (hosts.empty()) return;
    write_row(page, {"html.unknown.minimum", "html.unknown.minimum_how"},
              {{"hosts", page.host_names(hosts, most_names)},
               {"logs", joined(page, {logs.begin(), logs.end()})}});
}

void write_late_logs(Page& page) {
    std::set<std::string> logs;
    std::vector<std::uint32_t> hosts;
    for (const story::HostView& view : page.data.story.hosts) {
        if (view.late.empty()) continue;
        hosts.push_back(view.host);
        logs.insert(view.late.begin(), view.late.end());
    }
    if (hosts.empty()) return;
    write_row(page, {"html.unknown.late", "html.unknown.late_how"},
              {{"date", page.day(*page.data.story.asked_since)},
               {"hosts", page.host_names(hosts, most_names)},
               {"logs", joined(page, {logs.begin(), logs.end()})}});
}

void write_missing_sights(Page& page) {
    const auto without = hosts_without_sight(page.data.story);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < without.size(); ++i) {
        if (without[i].empty()) continue;
        parts.push_back(page.say("html.unknown.sight",
                                 {{"sight", page.say(sight_key(static_cast<story::Sight>(i)))},
                                  {"count", to_grouped(without[i].size())}}));
    }
    if (parts.empty()) return;
    write_row(
        page, {"html.unknown.sights", "html.unknown.sights_how"},
        {{"sights", joined(page, parts)}, {"hosts", to_grouped(page.data.story.hosts.size())}});
}

void write_blind_rules(Page& page) {
    std::vector<story::Coverage> coverage = page.data.story.coverage;
    std::erase_if(coverage, [](const story::Coverage& one) { return one.blind + one.idle == 0; });
    std::ranges::stable_sort(coverage, [](const story::Coverage& a, const story::Coverage& b) {
        return a.blind + a.idle > b.blind + b.idle;
    });
    if (coverage.size() > most_tactics) coverage.resize(most_tactics);
    std::vector<std::string> parts;
    for (const story::Coverage& one : coverage)
        parts.push_back(
            page.say("html.unknown.tactic", {{"tactic", tactic_name(page, one.tactic)},
                                             {"count", to_grouped(one.blind + one.idle)}}));
    if (parts.empty()) return;
    write_row(page, {"html.unknown.blind", "html.unknown.blind_how"},
              {{"tactics", joined(page, parts)}});
}

void write_damage(Page& page) {
    const findings::Reading& reading = page.data.examination.reading;
    if (reading.damage.empty() && reading.totals.unreadable == 0) return;
    write_row(page, {"html.unknown.damage", "html.unknown.damage_how"},
              {{"places", to_grouped(reading.damage.count())},
               {"files", to_grouped(reading.totals.unreadable)}});
}

}  // namespace

void write_unknown(Page& page) {
    const auto table = page.html.in("table", {{"class", "k-stack k-unknowns"}});
    write_table_head(page, {{page.say("html.unknown.what")}, {page.say("html.unknown.how")}});
    const auto body = page.html.in("tbody");
    write_missing_logs(page);
    write_late_logs(page);
    write_missing_sights(page);
    write_blind_rules(page);
    write_damage(page);
    write_row(page, {"html.unknown.autostarts", "html.unknown.autostarts_how"}, {});
}

std::array<std::vector<std::uint32_t>, story::sight_count> hosts_without_sight(
    const story::Story& story) {
    std::array<std::vector<std::uint32_t>, story::sight_count> out;
    for (const story::HostView& view : story.hosts)
        for (std::size_t i = 0; i < view.sights.size(); ++i)
            if (view.sights[i].records == 0) out[i].push_back(view.host);
    return out;
}

}  // namespace konseki::report
