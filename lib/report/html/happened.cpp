// What happened: a story for each host, then how the intruder may have come in.
#include <algorithm>
#include <map>

#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "table.h"
#include "what_to_do.h"
#include "words.h"

namespace konseki::report {
namespace {

using render::to_grouped;
using story::Move;
using story::Step;

/// Lines over all hosts: beyond that nobody reads them, and findings.jsonl has them.
constexpr std::size_t most_lines = 600;
/// Findings and movements named for a hypothesis.
constexpr std::size_t most_named = 3;

/// A line of a story: something found, or somebody who came or went.
struct Line {
    Time time;
    const Step* step = nullptr;
    const Move* move = nullptr;
    bool is_arrival = false;

    int weight() const {
        return step ? static_cast<int>(step->level) * 2 : 3;  // a movement stands below a medium
    }
};

class Stories {
  public:
    explicit Stories(Page& page) : page_(page), lines_(page.data.examination.hosts.size()) {
        for (const Step& step : page.data.told.steps)
            if (step.span.first)
                lines_[step.host].push_back({.time = *step.span.first, .step = &step});
        for (const Move& move : page.data.told.moves.moves) {
            // Tickets tell of the logons that they are for.
            const bool is_ticket =
                story::is_only_checked(move.kind) || move.kind == findings::MovementKind::ticket;
            if (!move.span.first || is_ticket || !is_telling(move)) continue;
            add(move.to, move, true);
            add(move.from, move, false);
        }
    }

    void write() {
        std::size_t hosts = 0, all = 0;
        for (const story::HostView& view : page_.data.story.hosts) {
            std::vector<Line>& lines = lines_[view.host];
            all += lines.size();
            if (lines.empty() || hosts == page_.data.options.limits.told_hosts ||
                written_ >= most_lines)
                continue;
            ++hosts;
            write_host(view, lines);
        }
        if (all == 0) page_.paragraph("", "html.happened.none");
        page_.left_out(all + page_.data.told.steps_left_out, written_, "findings.jsonl");
    }

  private:
    void add(story::Places::Id place, const Move& move, bool is_arrival) {
        const std::optional<std::uint32_t> host = page_.data.told.places.at(place).host;
        if (!host) return;
        // Where both ends tell of a way, each host shows what it recorded itself.
        const bool is_own = std::ranges::find(move.recorded_by, *host) != move.recorded_by.end();
        if (is_own || !move.both_sides)
            lines_[*host].push_back(
                {.time = *move.span.first, .move = &move, .is_arrival = is_arrival});
    }

    /// The most severe lines, in the order of their times.
    void write_host(const story::HostView& view, std::vector<Line>& lines) {
        const std::size_t most = std::min(page_.data.options.limits.steps, most_lines - written_);
        if (lines.size() > most) {
            std::ranges::stable_sort(lines, std::ranges::greater{}, &Line::weight);
            lines.resize(most);
        }
        std::ranges::stable_sort(lines, {}, &Line::time);
        const auto host = page_.html.in("section", {{"class", "k-host"}});
        {
            const auto head = page_.html.in("h3");
            write_verdict_mark(page_, view.verdict);
            page_.html.found(page_.host_name(view.host));
            page_.html.element("small", page_.say(verdict_key(view.verdict)));
        }
        const auto list = page_.html.in("ol", {{"class", "k-story"}});
        for (const Line& line : lines) write_line(line);
        written_ += lines.size();
    }

    void write_line(const Line& line) {
        const auto item = page_.html.in("li");
        page_.html.element("time", page_.second(line.time));
        if (line.step)
            write_step(*line.step);
        else
            write_move(*line.move, line.is_arrival);
    }

    void write_step(const Step& step) {
        write_level(page_, step.level);
        const auto said = page_.html.in("span");
        page_.html.found(says_of_step(step));
        const std::string_view off = off_hours_key(step.work_time);
        if (step.account.empty() && step.count == 1 && off.empty()) return;
        const auto more = page_.html.in("small");
        if (!off.empty()) page_.html.element("span", page_.say(off));
        if (!step.account.empty()) {
            const auto account = page_.html.in("span");
            page_.sentence("html.happened.account",
                           {{"account", page_.account_name(step.account)}});
        }
        write_count(step.count, step.span);
    }

    std::string_view says_of_step(const Step& step) const {
        const std::string& says =
            page_.language == render::Language::ja ? step.says_ja : step.says_en;
        return says.empty() ? title_in(page_.data.examination.rules[step.rule], page_.language)
                            : std::string_view(says);
    }

    void write_move(const Move& move, bool is_arrival) {
        page_.html.element("span", {{"class", "k-level"}}, page_.say("html.happened.movement"));
        const auto said = page_.html.in("span");
        const std::string_view key = is_arrival ? std::string_view("html.happened.came")
                                                : std::string_view("html.happened.went");
        page_.sentence(key, {{"from", place_words(page_, move)},
                             {"to", page_.place_name(move.to)},
                             {"account", page_.account_name(move.account)},
                             {"how", how_words(page_, move)}});
        const auto more = page_.html.in("small");
        page_.html.element("span", unusual_words(page_, move.unusual));
        write_count(move.count, move.span);
    }

    void write_count(std::uint64_t count, const findings::Span& span) {
        if (count == 1) return;
        const auto text = page_.html.in("span");
        if (span.first == span.last)
            page_.sentence("html.happened.times", {{"count", to_grouped(count)}});
        else
            page_.sentence("html.happened.count",
                           {{"count", to_grouped(count)}, {"last", page_.second(*span.last)}});
    }

    Page& page_;
    std::vector<std::vector<Line>> lines_;  ///< by host
    std::size_t written_ = 0;
};

void write_supporting(Page& page, const story::EntryHypothesis& one) {
    const auto cell = page.html.in("td", {{"data-label", page.say("html.entry.for")}});
    if (one.found.empty() && one.moves.empty())
        return page.html.element("span", {{"class", "k-faint"}}, page.say("html.none"));
    const auto list = page.html.in("ul");
    for (std::size_t i = 0; i < std::min(one.found.size(), most_named); ++i) {
        const story::EntryFinding& found = one.found[i];
        const auto item = page.html.in("li");
        page.sentence("html.entry.found",
                      {{"title", title_in(page.data.examination.rules[found.rule], page.language)},
                       {"host", page.host_name(found.host)},
                       {"time", found.span.first ? page.minute(*found.span.first)
                                                 : std::string(page.say("html.no_time"))}});
    }
    for (std::size_t i = 0; i < std::min(one.moves.size(), most_named); ++i) {
        const Move& move = page.data.told.moves.moves[one.moves[i]];
        const auto item = page.html.in("li");
        page.sentence("html.entry.move", {{"from", place_words(page, move)},
                                          {"to", page.place_name(move.to)},
                                          {"how", page.say(movement_key(move.kind))},
                                          {"why", page.say(unusual_key(move.unusual.front()))}});
    }
    const std::size_t all = one.found.size() + one.moves.size();
    const std::size_t shown =
        std::min(one.found.size(), most_named) + std::min(one.moves.size(), most_named);
    if (all > shown) {
        const auto item = page.html.in("li");
        page.sentence("html.entry.more", {{"count", to_grouped(all - shown)}});
    }
}

void write_entry(Page& page, const story::EntryHypothesis& one) {
    const auto row = page.html.in("tr");
    page.html.element("th", {{"scope", "row"}}, page.say(entry_key(one.entry)));
    page.html.element("td", {{"data-label", page.say("html.entry.state")}},
                      page.say(entry_state_key(one.state)));
    write_supporting(page, one);
    {
        const auto cell = page.html.in("td", {{"data-label", page.say("html.entry.against")}});
        if (one.silent_rules > 0)
            page.sentence("html.entry.silent", {{"count", to_grouped(one.silent_rules)}});
        else
            page.html.element("span", {{"class", "k-faint"}}, page.say("html.none"));
    }
    std::string unchecked;
    for (const story::Unchecked kind : one.not_checked) {
        if (!unchecked.empty()) unchecked += page.say("html.comma");
        unchecked += page.say(unchecked_key(kind));
    }
    page.html.element("td", {{"data-label", page.say("html.entry.not_checked")}}, unchecked);
}

void write_entries(Page& page) {
    if (page.data.told.entries.empty()) return;
    page.html.element("h3", page.say("html.head.entry"));
    page.paragraph("k-lead", "html.lead.entry");
    const auto table = page.html.in("table", {{"class", "k-stack k-entries"}});
    write_table_head(page, {{page.say("html.entry.way")},
                            {page.say("html.entry.state")},
                            {page.say("html.entry.for")},
                            {page.say("html.entry.against")},
                            {page.say("html.entry.not_checked")}});
    const auto body = page.html.in("tbody");
    for (const story::EntryHypothesis& one : page.data.told.entries) write_entry(page, one);
}

}  // namespace

void write_happened(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("happened")}});
    write_section_head(page, "html.head.happened", "html.lead.happened");
    page.paragraph("", "html.found.zone", {{"zone", page.zone_name()}});
    Stories(page).write();
    write_entries(page);
}

}  // namespace konseki::report
