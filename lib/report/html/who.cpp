// Hosts and accounts: where findings are, and in whose name.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

using render::to_grouped;

/// Hosts of an account that a row names.
constexpr std::size_t most_hosts = 4;

/// `critical 2, high 14`, or that there is none.
std::string levels_of(const Page& page, const std::vector<story::Reason>& reasons) {
    std::array<std::uint64_t, level_count> counts{};
    for (const story::Reason& reason : reasons)
        counts[static_cast<std::size_t>(reason.level)] += reason.count;
    std::string out;
    for (std::size_t level = counts.size(); level-- > 0;) {
        if (counts[level] == 0) continue;
        if (!out.empty()) out += page.say("html.comma");
        out += page.say("html.who.level",
                        {{"level", page.say(level_key(static_cast<findings::Level>(level)))},
                         {"count", to_grouped(counts[level])}});
    }
    return out.empty() ? std::string(page.say("html.none")) : out;
}

findings::Span span_of(const std::vector<story::Reason>& reasons) {
    findings::Span span;
    for (const story::Reason& reason : reasons) span.add(reason.span);
    return span;
}

void write_host_row(Page& page, const story::HostView& view) {
    const auto row = page.html.in("tr");
    {
        const auto name = page.html.in("th", {{"scope", "row"}});
        write_verdict_mark(page, view.verdict);
        page.html.found(page.host_name(view.host));
    }
    write_cell(page, page.say("html.who.verdict"), page.say(verdict_key(view.verdict)));
    write_cell(page, page.say("html.who.findings"), levels_of(page, view.reasons));
    const findings::Span span = span_of(view.reasons);
    if (span.first)
        write_times_cell(page, page.say("html.who.when"), span);
    else
        write_cell(page, page.say("html.who.when"), page.say("html.none"));
    write_number(page, page.say("html.column.records"),
                 page.data.examination.hosts[view.host].records);
}

void write_hosts(Page& page) {
    const std::vector<story::HostView>& all = page.data.story.hosts;
    const std::size_t shown = std::min(all.size(), page.data.options.limits.hosts);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        page.html.element("caption", page.say("html.who.hosts"));
        write_table_head(page, {{page.say("html.column.host")},
                                {page.say("html.who.verdict")},
                                {page.say("html.who.findings")},
                                {page.say("html.who.when")},
                                {page.say("html.column.records"), true}});
        const auto body = page.html.in("tbody");
        for (const story::HostView& view : std::span(all).first(shown)) write_host_row(page, view);
    }
    page.left_out(all.size(), shown, "summary.json");
}

void write_account_row(Page& page, const ShownAccount& account) {
    const auto row = page.html.in("tr");
    {
        const auto name = page.html.in("th", {{"scope", "row"}});
        page.html.found(page.account_name(account.name));
    }
    {
        const auto level = page.html.in("td", {{"data-label", page.say("html.who.highest")}});
        write_level(page, account.level);
    }
    write_number(page, page.say("html.who.findings"), account.count);
    write_cell(page, page.say("html.column.host"),
               page.host_names({account.hosts.begin(), account.hosts.end()}, most_hosts));
    write_times_cell(page, page.say("html.who.when"), account.span);
}

void write_accounts(Page& page) {
    const std::vector<const ShownAccount*> all = page.data.shown.accounts.sorted();
    if (all.empty()) return page.paragraph("", "html.who.no_account");
    const std::size_t shown = std::min(all.size(), page.data.options.limits.accounts);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        page.html.element("caption", page.say("html.who.accounts"));
        write_table_head(page, {{page.say("html.column.account")},
                                {page.say("html.who.highest")},
                                {page.say("html.who.findings"), true},
                                {page.say("html.column.host")},
                                {page.say("html.who.when")}});
        const auto body = page.html.in("tbody");
        for (const ShownAccount* const account : std::span(all).first(shown))
            write_account_row(page, *account);
    }
    page.left_out(all.size(), shown, "findings.jsonl");
    if (page.data.shown.accounts.left_out() > 0)
        page.paragraph("k-note", "html.who.left_out",
                       {{"count", to_grouped(page.data.shown.accounts.left_out())},
                        {"file", "findings.jsonl"}});
}

}  // namespace

void write_who(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-part-flow"}, {"id", page.anchor("who")}});
    write_section_head(page, "html.head.who", "html.lead.who");
    if (!page.data.story.hosts.empty()) write_hosts(page);
    write_accounts(page);
}

}  // namespace konseki::report
