#include "what_to_do.h"

#include <algorithm>
#include <array>
#include <utility>

#include "advice.h"
#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "level.h"
#include "table.h"

namespace konseki::report {
namespace {

using story::Verdict;

constexpr std::size_t most_decisions = 5;
/// Hosts named for each decision; where there are more, one and how many others.
constexpr std::size_t most_names = 2;
constexpr std::size_t most_forbidden = 10;
/// Hosts to collect next that are named on the first sheet.
constexpr std::size_t most_next = 4;

/// What nobody does in any case, in short words, by the id of the advice that says it at length.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> always_forbidden{{
    {"no_wipe", "html.do_not.no_wipe"},
    {"no_power_off", "html.do_not.no_power_off"},
    {"no_admin_logon", "html.do_not.no_admin_logon"},
    {"no_mail", "html.do_not.no_mail"},
    {"no_upload", "html.do_not.no_upload"},
    {"no_contact", "html.do_not.no_contact"},
    {"no_single_reset", "html.do_not.no_single_reset"},
    {"no_block_early", "html.do_not.no_block_early"},
}};

/// Said in short by what stands for no_wipe.
constexpr std::string_view covered_by_no_wipe = "no_delete_file";

bool is_alarmed(const Page& page) { return page.data.story.verdict >= Verdict::look; }

/// `hosts` are names, or empty.
void write_decision_on(Page& page, std::string_view text, std::string_view hosts) {
    const auto row = page.html.in("tr");
    {
        const auto cell = page.html.in("td");
        page.html.text(text);
        if (!hosts.empty()) {
            const auto on = page.html.in("small");
            page.sentence("html.decide.on", {{"hosts", hosts}});
        }
    }
    for (const std::string_view key : {"html.decide.owner", "html.decide.by"})
        page.html.element("td", {{"class", "k-write"}, {"data-label", page.say(key)}}, "");
}

void write_decision(Page& page, std::string_view text, const std::vector<std::uint32_t>& hosts) {
    write_decision_on(page, text,
                      page.host_names(hosts, hosts.size() > most_names ? 1 : most_names));
}

/// What cannot wait: a log that will lose the first trace.
std::size_t write_vanishing_decision(Page& page) {
    const std::vector<story::Vanishing>& vanishing = page.data.told.vanishing;
    if (vanishing.empty() || !vanishing.front().is_soon()) return 0;
    const story::Vanishing& first = vanishing.front();
    write_decision_on(page,
                      page.say("html.decide.gone", {{"host", page.host_name(first.host)},
                                                    {"log", first.channel},
                                                    {"day", page.day(first.gone_at)}}),
                      "");
    return 1;
}

std::size_t write_next_decision(Page& page) {
    const std::vector<story::NextHost>& next = page.data.told.next.hosts;
    if (next.empty()) return 0;
    std::string names;
    const std::size_t shown = std::min(next.size(), most_next);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) names += page.say("html.comma");
        names += page.place_name(next[i].place);
    }
    if (shown < next.size())
        names = page.say("html.names_more",
                         {{"names", names}, {"count", render::to_grouped(next.size() - shown)}});
    write_decision_on(page, page.say("html.decide.next"), names);
    return 1;
}

/// Hosts of which a minimum log is missing, whatever else was found there.
std::vector<std::uint32_t> hosts_without_minimum(const story::Story& story) {
    std::vector<std::uint32_t> out;
    for (const story::HostView& view : story.hosts)
        if (!view.missing.empty()) out.push_back(view.host);
    return out;
}

std::size_t write_advised(Page& page, std::size_t most) {
    std::vector<Advised> advised = most_advised(page.data, &findings::OwnTexts::next);
    if (advised.size() > most) advised.resize(most);
    for (const Advised& one : advised)
        write_decision(page, first_sentence(page.advice(one.id), page.language), one.hosts);
    return advised.size();
}

}  // namespace

void write_decide(Page& page) {
    const auto table = page.html.in("table", {{"class", "k-stack"}});
    write_table_head(page, {{page.say("html.decide.what")},
                            {page.say("html.decide.owner")},
                            {page.say("html.decide.by")}});
    const auto body = page.html.in("tbody");
    std::size_t written = write_vanishing_decision(page);
    const bool has_next = !page.data.told.next.hosts.empty();
    const std::size_t advised =
        is_alarmed(page) ? write_advised(page, most_decisions - written - (has_next ? 1 : 0)) : 0;
    if (is_alarmed(page) && advised == 0) {
        for (const std::string_view key :
             {"html.decide.hold", "html.decide.keep", "html.decide.check"})
            write_decision(page, page.say(key), {});
        written += 3;
    }
    written += advised + write_next_decision(page);
    const std::vector<std::uint32_t> without = hosts_without_minimum(page.data.story);
    if (written < most_decisions && (!without.empty() || page.data.story.hosts.empty())) {
        write_decision(page, page.say("html.decide.collect"), without);
        ++written;
    }
    if (!is_alarmed(page)) write_decision(page, page.say("html.decide.longer"), {});
}

void write_do_not(Page& page) {
    const auto list = page.html.in("ul", {{"class", "k-forbidden"}});
    if (!is_alarmed(page)) {
        for (const std::string_view key : {"html.do_not.no_proof", "html.do_not.no_clearing"})
            page.html.element("li", page.say(key));
        return;
    }
    std::size_t written = 0;
    for (const auto& [id, key] : always_forbidden) {
        page.html.element("li", page.say(key));
        ++written;
    }
    for (const Advised& one : most_advised(page.data, &findings::OwnTexts::do_not)) {
        if (written == most_forbidden) break;
        const auto is_it = [&](const auto& entry) { return entry.first == one.id; };
        if (one.id == covered_by_no_wipe || std::ranges::any_of(always_forbidden, is_it)) continue;
        page.html.element("li", first_sentence(page.advice(one.id), page.language));
        ++written;
    }
}

void write_whom_to_tell(Page& page) {
    if (!is_alarmed(page)) return page.paragraph("", "html.tell.nobody");
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.tell.whom")},
                                {page.say("html.tell.when")},
                                {page.say("html.tell.done")}});
        const auto body = page.html.in("tbody");
        constexpr std::array<std::pair<std::string_view, std::string_view>, 3> rows{{
            {"html.tell.desk", "html.tell.desk_when"},
            {"html.tell.authority", "html.tell.authority_when"},
            {"html.tell.contractor", "html.tell.contractor_when"},
        }};
        for (const auto& [whom, when] : rows) {
            const auto row = page.html.in("tr");
            page.html.element("td", page.say(whom));
            page.html.element("td", page.say(when));
            page.html.element(
                "td", {{"class", "k-write"}, {"data-label", page.say("html.tell.done")}}, "");
        }
    }
    page.paragraph("k-note", "html.tell.note");
}

std::string_view says_of(const Page& page, const story::Reason& reason) {
    const std::string& says =
        page.language == render::Language::ja ? reason.says_ja : reason.says_en;
    return says.empty() ? title_in(page.data.examination.rules[reason.rule], page.language)
                        : std::string_view(says);
}

}  // namespace konseki::report
