// The sheet for the board: eight answers that fit one page of A4.
#include <algorithm>
#include <array>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "unknown.h"
#include "what_to_do.h"

namespace konseki::report {
namespace {

using render::to_grouped;
using story::Verdict;

/// Hosts named in the first sentence, and in a column.
constexpr std::size_t most_names = 3, most_listed = 3;
/// A sentence is cut here, since it stands whole among the findings.
constexpr std::size_t most_columns = 110;
/// Reasons shown for the verdict.
constexpr std::size_t most_reasons = 3;

std::string days_of(const findings::Span& span) {
    const std::int64_t days = (span.last->ticks - span.first->ticks) / Time::per_day + 1;
    return to_grouped(static_cast<std::uint64_t>(days));
}

/// With the time that the records of these hosts span.
void write_nothing_seen(Page& page, const std::vector<std::uint32_t>& hosts) {
    findings::Span span;
    for (const std::uint32_t host : hosts) span.add(page.data.examination.hosts[host].span);
    const std::string none(page.say("html.no_time"));
    page.paragraph("k-say", "html.one.nothing_seen",
                   {{"hosts", to_grouped(page.data.story.hosts.size())},
                    {"count", to_grouped(hosts.size())},
                    {"first", span.first ? page.day(*span.first) : none},
                    {"last", span.last ? page.day(*span.last) : none}});
}

void write_says(Page& page) {
    const story::Story& story = page.data.story;
    const std::string hosts = to_grouped(story.hosts.size());
    const std::vector<std::uint32_t> named = page.hosts_with(story.verdict);
    const std::string count = to_grouped(named.size()), names = page.host_names(named, most_names);
    if (story.verdict == Verdict::signs)
        page.paragraph("k-say", "html.one.signs",
                       {{"hosts", hosts}, {"count", count}, {"names", names}});
    else if (story.verdict == Verdict::look)
        page.paragraph("k-say", "html.one.look",
                       {{"hosts", hosts}, {"count", count}, {"names", names}});
    else if (story.verdict == Verdict::cannot_tell && story.is_late_only)
        page.paragraph("k-say", "html.one.late", {{"date", page.day(*story.asked_since)}});
    else if (story.verdict == Verdict::cannot_tell)
        page.paragraph("k-say", story.hosts.empty() ? std::string_view("html.one.no_record")
                                                    : std::string_view("html.one.cannot_tell"));
    else
        write_nothing_seen(page, named);
}

/// An attacker may forge a record of the collection, so it is never silent.
void write_set_aside(Page& page) {
    const story::SetAside& aside = page.data.story.set_aside;
    if (aside.own_collection > 0)
        page.paragraph("k-note", "html.one.own_collection",
                       {{"count", to_grouped(aside.own_collection)}});
    if (aside.sanctioned > 0)
        page.paragraph("k-note", "html.one.sanctioned", {{"count", to_grouped(aside.sanctioned)}});
}

/// The most severe reasons of hosts with the verdict, each of another rule.
std::vector<const story::Reason*> first_reasons(const story::Story& story) {
    std::vector<const story::Reason*> out;
    for (const story::HostView& view : story.hosts)
        if (view.verdict >= Verdict::look)
            for (const story::Reason& reason : view.reasons) out.push_back(&reason);
    std::ranges::stable_sort(out, [](const story::Reason* a, const story::Reason* b) {
        if (a->level != b->level) return a->level > b->level;
        return a->may_make_signs && !b->may_make_signs;
    });
    std::vector<const story::Reason*> shown;
    for (const story::Reason* reason : out) {
        if (shown.size() == most_reasons) break;
        if (std::ranges::find(shown, reason->rule, &story::Reason::rule) == shown.end())
            shown.push_back(reason);
    }
    return shown;
}

void write_reasons(Page& page) {
    const std::vector<const story::Reason*> reasons = first_reasons(page.data.story);
    if (reasons.empty()) return;
    const auto list = page.html.in("ul", {{"class", "k-reasons"}});
    for (const story::Reason* reason : reasons) {
        const auto item = page.html.in("li");
        write_level(page, reason->level);
        page.html.found(cut_to_width(says_of(page, *reason), most_columns));
        page.html.element(
            "small", page.say("html.one.reason_where", {{"host", page.host_name(reason->host)},
                                                        {"time", page.span_start(reason->span)}}));
    }
}

/// Impact, urgency and confidence, in the words of a board.
void write_impact(Page& page) {
    if (!page.data.told.impact) return;
    const story::Impact& impact = *page.data.told.impact;
    constexpr std::array<std::string_view, 3> reached = {
        "html.one.impact.one_host", "html.one.impact.several_hosts", "html.one.impact.domain"};
    const auto level = static_cast<std::size_t>(impact.reached);
    const bool is_in_progress = impact.urgency == story::Urgency::in_progress;
    const bool is_low = impact.confidence == story::Confidence::low;
    const auto line = page.html.in("p");
    page.sentence("html.one.impact",
                  {{"level", std::to_string(level)},
                   {"reached", page.say(reached[level - 1])},
                   {"urgency", page.say(is_in_progress ? "html.one.urgency.in_progress"
                                                       : "html.one.urgency.quiet")},
                   {"confidence",
                    page.say(is_low ? "html.one.confidence.low" : "html.one.confidence.medium")}});
    page.html.text(" ");
    page.html.text(page.say("html.one.not_taken"));
}

void write_one_sentence(Page& page) {
    {
        const auto verdict = page.html.in("p", {{"class", "k-verdict"}});
        write_verdict_mark(page, page.data.story.verdict);
        page.html.element("strong", page.say(verdict_key(page.data.story.verdict)));
    }
    write_says(page);
    write_set_aside(page);
    write_impact(page);
    if (page.data.examination.reading.partial) page.paragraph("k-caution", "html.one.partial");
    if (!page.data.story.looked) page.paragraph("k-caution", "html.one.no_rule");
    write_reasons(page);
    if (page.data.story.verdict >= Verdict::look) page.paragraph("k-note", "html.one.by_rule");
}

/// First and last time of each reason that makes the span of signs.
std::vector<Time> times_of_signs(const story::Story& story) {
    std::vector<Time> out;
    for (const story::HostView& view : story.hosts) {
        if (view.verdict < Verdict::look) continue;
        for (const story::Reason& reason : view.reasons) {
            if (reason.level < findings::Level::high || !reason.span.first) continue;
            out.push_back(*reason.span.first);
            out.push_back(*reason.span.last);
        }
    }
    return out;
}

std::string days_between(Time from, Time to) {
    return to_grouped(static_cast<std::uint64_t>((to.ticks - from.ticks) / Time::per_day));
}

/// First and last trace, the earliest possible, and how far back one can see.
void write_traces(Page& page, const story::Since& since) {
    page.paragraph("", "html.since.sure",
                   {{"first", page.whole_minute(*since.sure.first)},
                    {"host", page.host_name(since.host)},
                    {"last", page.whole_minute(*since.sure.last)},
                    {"days", days_of(since.sure)}});
    if (since.earliest_possible)
        page.paragraph("", "html.since.possible",
                       {{"time", page.whole_minute(*since.earliest_possible)}});
    if (!since.visible_since) return;
    const std::string visible = page.whole_minute(*since.visible_since);
    if (*since.visible_since > *since.sure.first)
        return page.paragraph("", "html.since.begins_after", {{"visible", visible}});
    const std::string days = days_between(*since.visible_since, *since.sure.first);
    if (since.sure.first->ticks - since.visible_since->ticks < Time::per_day)
        return page.paragraph("", "html.since.begins_with", {{"visible", visible}});
    if (since.may_be_longer)
        page.paragraph("", "html.since.longer", {{"visible", visible}, {"days", days}});
    else
        page.paragraph("", "html.since.seen_before", {{"visible", visible}, {"days", days}});
}

void write_since_when(Page& page) {
    const story::Story& story = page.data.story;
    if (!story.span.first) return page.paragraph("", "html.since.no_time");
    write_band(page, {.whole = story.span, .seen = story.span, .marks = times_of_signs(story)});
    if (page.data.told.since && page.data.told.since->sure.first) {
        write_traces(page, *page.data.told.since);
    } else {
        page.paragraph("", "html.since.none",
                       {{"begin", page.whole_minute(*story.span.first)},
                        {"end", page.whole_minute(*story.span.last)},
                        {"days", days_of(story.span)}});
    }
}

void write_reached_column(Page& page, Verdict verdict) {
    const std::vector<std::uint32_t> hosts = page.hosts_with(verdict);
    const bool is_unknown = verdict == Verdict::cannot_tell;
    const auto column = page.html.in("div", {{"class", is_unknown ? "k-unknown" : ""}});
    {
        const auto head = page.html.in("h3");
        page.sentence("html.reached.head", {{"verdict", page.say(verdict_key(verdict))},
                                            {"count", to_grouped(hosts.size())}});
    }
    if (hosts.empty()) return page.html.element("p", {{"class", "k-faint"}}, page.say("html.none"));
    const std::size_t shown = std::min(hosts.size(), most_listed);
    {
        const auto list = page.html.in("ul");
        for (std::size_t i = 0; i < shown; ++i) {
            const auto name = page.html.in("li");
            page.html.found(page.host_name(hosts[i]));
        }
    }
    if (shown < hosts.size())
        page.paragraph("k-note", "html.reached.more",
                       {{"count", to_grouped(hosts.size() - shown)}});
}

void write_reached(Page& page) {
    {
        const auto columns = page.html.in("div", {{"class", "k-columns"}});
        for (const Verdict verdict :
             {Verdict::signs, Verdict::look, Verdict::cannot_tell, Verdict::nothing_seen})
            write_reached_column(page, verdict);
    }
    page.paragraph("k-note", "html.reached.note");
}

void write_next_report(Page& page) {
    const auto line = page.html.in("p", {{"class", "k-blanks"}});
    for (const std::string_view key : {"html.next.when", "html.next.how", "html.next.who"}) {
        const auto blank = page.html.in("span");
        page.html.text(page.say(key));
        page.html.element("i", {{"class", "k-blank"}}, "");
    }
}

struct Answer {
    std::string_view key;
    void (*write)(Page& page);
};
constexpr std::array<Answer, 8> answers{{
    {"html.head.one", write_one_sentence},
    {"html.head.since", write_since_when},
    {"html.head.reached", write_reached},
    {"html.head.decide", write_decide},
    {"html.head.do_not", write_do_not},
    {"html.head.unknown", write_unknown},
    {"html.head.tell", write_whom_to_tell},
    {"html.head.next", write_next_report},
}};

}  // namespace

void write_management(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-sheet"}, {"id", page.anchor("summary")}});
    for (const Answer& answer : answers) {
        const auto row = page.html.in("div", {{"class", "k-answer"}});
        page.html.element("h2", page.say(answer.key));
        const auto body = page.html.in("div");
        answer.write(page);
    }
}

}  // namespace konseki::report
