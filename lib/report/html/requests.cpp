// Request sheets: what to ask of whom, one sheet of paper each.
#include <algorithm>
#include <array>
#include <optional>

#include "konseki/render/numbers.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

using story::Verdict;

/// Asked for before the first trace: an intruder seldom makes himself seen on the first day.
constexpr std::int64_t asked_before = 90 * Time::per_day;
constexpr std::size_t most_hosts = 20;

struct Sheet {
    std::string_view to, purpose;          ///< keys
    std::array<std::string_view, 4> what;  ///< keys
    bool names_hosts = false;              ///< whose logs lie with the addressee
};
constexpr std::array<Sheet, 4> sheets{{
    {"html.request.contractor",
     "html.request.contractor_why",
     {"html.request.contractor_1", "html.request.contractor_2", "html.request.contractor_3",
      "html.request.contractor_4"},
     true},
    {"html.request.provider",
     "html.request.provider_why",
     {"html.request.provider_1", "html.request.provider_2", "html.request.provider_3", ""}},
    {"html.request.cloud",
     "html.request.cloud_why",
     {"html.request.cloud_1", "html.request.cloud_2", "html.request.cloud_3",
      "html.request.cloud_4"}},
    {"html.request.overseas",
     "html.request.overseas_why",
     {"html.request.overseas_1", "html.request.overseas_2", "html.request.overseas_3", ""},
     true},
}};

/// Hosts whose logs are missing whole or in part, by name.
std::vector<std::string> wanted_hosts(const Page& page) {
    std::vector<std::string> out;
    for (const story::NextHost& host : page.data.told.next.hosts)
        out.push_back(page.place_name(host.place));
    for (const story::HostView& view : page.data.story.hosts)
        if (!view.missing.empty()) out.push_back(page.host_name(view.host));
    return out;
}

/// From when on records are asked for.
std::optional<Time> asked_from(const Page& page) {
    const std::optional<story::Since>& since = page.data.told.since;
    if (!since || !since->sure.first) return page.data.story.span.first;
    const Time first = since->earliest_possible.value_or(*since->sure.first);
    return Time{first.ticks - asked_before};
}

void write_pair(Page& page, std::string_view key, std::string_view text) {
    page.html.element("dt", page.say(key));
    page.html.element("dd", text);
}

void write_hosts(Page& page) {
    const std::vector<std::string> hosts = wanted_hosts(page);
    if (hosts.empty()) return;
    page.html.element("dt", page.say("html.request.hosts"));
    const auto text = page.html.in("dd");
    const std::size_t shown = std::min(hosts.size(), most_hosts);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) page.html.text(page.say("html.comma"));
        page.html.found(hosts[i]);
    }
    if (shown < hosts.size())
        page.sentence("html.request.more_hosts",
                      {{"count", render::to_grouped(hosts.size() - shown)}});
}

void write_what(Page& page, const Sheet& sheet) {
    page.html.element("dt", page.say("html.request.what"));
    const auto text = page.html.in("dd");
    const auto list = page.html.in("ul");
    for (const std::string_view key : sheet.what)
        if (!key.empty()) page.html.element("li", page.say(key));
}

void write_by_when(Page& page) {
    page.html.element("dt", page.say("html.request.by"));
    const auto text = page.html.in("dd");
    const std::vector<story::Vanishing>& vanishing = page.data.told.vanishing;
    if (!vanishing.empty() && vanishing.front().is_soon())
        page.sentence("html.request.by_date", {{"day", page.day(vanishing.front().gone_at)}});
    else
        page.html.text(page.say("html.request.by_soon"));
    page.html.element("i", {{"class", "k-blank"}}, "");
}

void write_sheet(Page& page, const Sheet& sheet) {
    const auto paper = page.html.in("section", {{"class", "k-request"}});
    page.html.element("h3", page.say(sheet.to));
    {
        const auto line = page.html.in("p", {{"class", "k-blanks"}});
        for (const std::string_view key :
             {"html.request.addressee", "html.bar.date", "html.request.sender"}) {
            const auto blank = page.html.in("span");
            page.html.text(page.say(key));
            page.html.element("i", {{"class", "k-blank"}}, "");
        }
    }
    page.html.element("p", page.say(sheet.purpose));
    const auto list = page.html.in("dl", {{"class", "k-pairs"}});
    write_what(page, sheet);
    if (sheet.names_hosts) write_hosts(page);
    if (const std::optional<Time> from = asked_from(page))
        write_pair(page, "html.request.period",
                   page.say("html.request.from", {{"day", page.day(*from)}}));
    write_by_when(page);
    write_pair(page, "html.request.how", page.say("html.request.how_text"));
    write_pair(page, "html.request.do_not", page.say("html.request.do_not_text"));
}

}  // namespace

void write_requests(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("requests")}});
    write_section_head(page, "html.head.requests", "html.lead.requests");
    if (page.data.story.verdict == Verdict::nothing_seen)
        page.paragraph("k-note", "html.request.not_needed");
    for (const Sheet& sheet : sheets) write_sheet(page, sheet);
}

}  // namespace konseki::report
