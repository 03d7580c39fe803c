// What was read, and what could not be.
#include <algorithm>
#include <array>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/render/numbers.h"
#include "konseki/render/reword.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

using findings::ItemInfo;
using findings::ItemState;
using render::to_grouped;

std::string_view state_key(ItemState state) {
    switch (state) {
        case ItemState::examined: return "html.read.examined";
        case ItemState::not_examined: return "html.read.not_examined";
        case ItemState::same_as_other: return "html.read.same_as_other";
        case ItemState::unreadable: return "html.read.unreadable";
    }
    return {};
}

std::string reworded(const Page& page, const std::string& reason) {
    return render::reword(page.language, "reason.", reason);
}

void write_totals(Page& page) {
    const findings::Totals& totals = page.data.examination.reading.totals;
    page.paragraph("", "html.read.totals",
                   {{"files", to_grouped(totals.files)},
                    {"size", render::to_size(totals.bytes)},
                    {"records", to_grouped(totals.records)}});
    if (totals.recovered > 0)
        page.paragraph("", "report.evidence.recovered",
                       {{"records", to_grouped(totals.recovered)}});
    if (totals.copies > 0)
        page.paragraph("", "report.evidence.copies", {{"files", to_grouped(totals.copies)}});
    if (totals.not_examined > 0)
        page.paragraph("", "report.evidence.not_examined",
                       {{"files", to_grouped(totals.not_examined)}});
}

/// A place that could not be read.
struct Place {
    std::string path, offset, bytes, reason;
};

std::vector<Place> unread_places(const Page& page, std::size_t most) {
    const findings::Reading& reading = page.data.examination.reading;
    std::vector<Place> out;
    for (const ItemInfo& item : reading.items)
        if (item.state == ItemState::unreadable && out.size() < most)
            out.push_back({item.path, "", to_grouped(item.bytes), reworded(page, item.reason)});
    for (const findings::DamagedPlace& place : reading.damage.sorted()) {
        if (out.size() >= most) break;
        out.push_back({reading.items[place.item].path, to_grouped(place.offset),
                       to_grouped(place.bytes), reworded(page, place.reason)});
    }
    return out;
}

void write_damaged(Page& page) {
    const findings::Reading& reading = page.data.examination.reading;
    const std::uint64_t all = reading.damage.count() + reading.totals.unreadable;
    page.html.element("h3", page.say("html.read.damaged"));
    if (all == 0) return page.paragraph("", "html.read.no_damage");
    const std::vector<Place> places = unread_places(page, page.data.options.limits.places);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.column.file")},
                                {page.say("html.column.offset"), true},
                                {page.say("html.column.bytes"), true},
                                {page.say("html.column.reason")}});
        const auto body = page.html.in("tbody");
        for (const Place& place : places) {
            const auto row = page.html.in("tr");
            write_cell(page, page.say("html.column.file"), place.path);
            page.html.element("td", {{"class", "k-number"}}, place.offset);
            page.html.element("td", {{"class", "k-number"}}, place.bytes);
            write_cell(page, page.say("html.column.reason"), place.reason);
        }
    }
    page.left_out(all, places.size(), "summary.json");
}

void write_item(Page& page, const ItemInfo& item) {
    const auto row = page.html.in("tr");
    {
        const auto file = page.html.in("td");
        page.html.found(item.path);
        const auto hash = page.html.in("small", {{"class", "k-mono"}});
        page.html.text(item.sha256 ? to_hex(*item.sha256) : page.say("html.read.no_hash"));
    }
    write_number(page, page.say("html.column.bytes"), item.bytes);
    write_number(page, page.say("html.column.records"), item.records);
    page.html.element("td", page.say(state_key(item.state)));
}

void write_items(Page& page) {
    const std::vector<ItemInfo>& items = page.data.examination.reading.items;
    const std::size_t shown = std::min(items.size(), page.data.options.limits.files);
    const auto details = page.html.in("details", {{"class", "k-more"}});
    page.html.element("summary", page.say("html.read.list", {{"count", to_grouped(items.size())}}));
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.column.file_hash")},
                                {page.say("html.column.bytes"), true},
                                {page.say("html.column.records"), true},
                                {page.say("html.column.state")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) write_item(page, items[i]);
    }
    page.left_out(items.size(), shown, "findings.jsonl, summary.json");
}

}  // namespace

void write_reading(Page& page) {
    const auto part = page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("read")}});
    write_section_head(page, "html.head.read", "html.lead.read");
    write_totals(page);
    write_damaged(page);
    write_items(page);
}

void write_method(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-part-flow"}, {"id", page.anchor("method")}});
    write_section_head(page, "html.head.method", "html.lead.method");
    {
        const auto list = page.html.in("ul");
        for (const std::string_view key :
             {"html.method.verdict", "html.method.counting", "html.method.levels",
              "html.method.time", "html.method.attack", "html.method.offline",
              "html.method.script"})
            page.html.element("li", page.say(key));
    }
    page.paragraph("", "html.method.version",
                   {{"version", page.data.options.version}, {"zone", page.zone_name()}});
    page.html.element("h3", page.say("html.head.words"));
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> words{{
        {"html.word.finding", "html.word.finding_is"},
        {"html.word.record", "html.word.record_is"},
        {"html.word.persistence", "html.word.persistence_is"},
        {"html.word.lateral", "html.word.lateral_is"},
        {"html.word.preservation", "html.word.preservation_is"},
        {"html.word.hash", "html.word.hash_is"},
    }};
    const auto list = page.html.in("dl", {{"class", "k-pairs"}});
    for (const auto& [word, meaning] : words) {
        page.html.element("dt", page.say(word));
        page.html.element("dd", page.say(meaning));
    }
}

}  // namespace konseki::report
