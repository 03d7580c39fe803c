// Hosts to collect next, each with why.
#include <algorithm>

#include "konseki/render/numbers.h"
#include "page.h"
#include "table.h"
#include "words.h"

namespace konseki::report {
namespace {

using story::NextReason;
using story::NextWhy;

/// Reasons shown for a host.
constexpr std::size_t most_reasons = 4;

std::string_view why_key(const NextReason& reason) {
    const bool by_account = reason.tie == story::Tie::account;
    switch (reason.why) {
        case NextWhy::went_there:
            return by_account ? std::string_view("html.next_hosts.went_account")
                              : std::string_view("html.next_hosts.went_time");
        case NextWhy::came_from_there:
            return by_account ? std::string_view("html.next_hosts.came_account")
                              : std::string_view("html.next_hosts.came_time");
        case NextWhy::seen_elsewhere: break;
    }
    return "html.next_hosts.elsewhere";
}

void write_reason(Page& page, const NextReason& reason) {
    const auto item = page.html.in("li");
    page.sentence(why_key(reason), {{"other", page.place_name(reason.other)},
                                    {"how", page.say(movement_key(reason.kind))},
                                    {"account", page.account_name(reason.account)},
                                    {"span", page.span(reason.span)},
                                    {"count", render::to_grouped(reason.count)}});
}

void write_next(Page& page, const story::NextHost& host) {
    const auto row = page.html.in("tr");
    {
        const auto name = page.html.in("th", {{"scope", "row"}});
        page.html.found(page.place_name(host.place));
        const story::Place& place = page.data.told.places.at(host.place);
        if (place.is_vpn)
            page.html.element("small", page.say("html.next_hosts.vpn"));
        else if (place.is_address())
            page.html.element("small", page.say("html.next_hosts.address"));
    }
    const auto cell = page.html.in("td", {{"data-label", page.say("html.column.why")}});
    const auto list = page.html.in("ul");
    const std::size_t shown = std::min(host.reasons.size(), most_reasons);
    for (std::size_t i = 0; i < shown; ++i) write_reason(page, host.reasons[i]);
    if (shown == host.reasons.size()) return;
    const auto item = page.html.in("li");
    page.sentence("html.entry.more", {{"count", render::to_grouped(host.reasons.size() - shown)}});
}

}  // namespace

void write_next_hosts(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-part-flow"}, {"id", page.anchor("next")}});
    write_section_head(page, "html.head.next_hosts", "html.lead.next_hosts");
    const std::vector<story::NextHost>& hosts = page.data.told.next.hosts;
    if (hosts.empty()) return page.paragraph("", "html.next_hosts.none");
    const std::size_t shown = std::min(hosts.size(), page.data.options.limits.next_hosts);
    {
        const auto table = page.html.in("table", {{"class", "k-stack k-next"}});
        write_table_head(page, {{page.say("html.column.host")}, {page.say("html.column.why")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) write_next(page, hosts[i]);
    }
    page.left_out(hosts.size(), shown, "summary.json");
    page.paragraph("k-note", "html.next_hosts.how");
}

}  // namespace konseki::report
