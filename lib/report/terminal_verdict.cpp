#include <algorithm>
#include <string>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "konseki/report/terminal.h"
#include "level.h"

namespace konseki::report {
namespace {

using story::HostView;
using story::Story;
using story::Verdict;

/// Hosts that are named on a line.
constexpr std::size_t named_hosts = 6;

std::string_view whole_key(Verdict verdict) {
    switch (verdict) {
        case Verdict::signs: return "report.verdict.whole.signs";
        case Verdict::look: return "report.verdict.whole.look";
        case Verdict::nothing_seen: return "report.verdict.whole.nothing_seen";
        case Verdict::cannot_tell: break;
    }
    return "report.verdict.whole.cannot_tell";
}

class VerdictText {
  public:
    VerdictText(const findings::Examination& examination, const Story& story,
                const SummaryStyle& style)
        : examination_(examination), story_(story), style_(style) {}

    std::vector<std::string> make() const {
        std::vector<std::string> lines{whole()};
        for (const Verdict verdict : {Verdict::signs, Verdict::look, Verdict::cannot_tell})
            if (const std::string line = hosts_line(verdict); !line.empty()) lines.push_back(line);
        add_late(lines);
        add_set_aside(lines);
        lines.emplace_back(render::say(style_.language, "report.verdict.autostarts"));
        return lines;
    }

  private:
    std::string say(std::string_view key, std::initializer_list<render::Filling> fillings) const {
        return render::say(style_.language, key, fillings);
    }
    std::size_t count(Verdict verdict) const {
        return static_cast<std::size_t>(
            std::ranges::count(story_.hosts, verdict, &HostView::verdict));
    }

    std::string whole() const {
        const std::string first =
            story_.span.first ? to_local(*story_.span.first, style_.zone) : "";
        const std::string last = story_.span.last ? to_local(*story_.span.last, style_.zone) : "";
        if (story_.verdict == Verdict::cannot_tell && story_.is_late_only)
            return say("report.verdict.whole.late", {{"date", asked_since()}});
        return say(whole_key(story_.verdict), {{"hosts", render::to_grouped(count(story_.verdict))},
                                               {"all", render::to_grouped(story_.hosts.size())},
                                               {"first", first},
                                               {"last", last}});
    }

    /// `Needs a look: PC07, PC09 and 3 more`.
    std::string hosts_line(Verdict verdict) const {
        const std::size_t all = count(verdict);
        if (all == 0) return {};
        std::string names;
        std::size_t named = 0;
        for (const HostView& view : story_.hosts) {
            if (view.verdict != verdict || named == named_hosts) continue;
            names += named++ == 0 ? "" : ", ";
            names += for_terminal(examination_.hosts[view.host].name);
        }
        const std::string_view verdict_name = render::say(style_.language, verdict_key(verdict));
        return say(all > named ? "report.verdict.hosts_more" : "report.verdict.hosts",
                   {{"verdict", verdict_name},
                    {"hosts", names},
                    {"count", render::to_grouped(all - named)}});
    }

    /// `2026-01-01`.
    std::string asked_since() const {
        constexpr std::size_t date_columns = 10;
        return story_.asked_since
                   ? to_local(*story_.asked_since, style_.zone).substr(0, date_columns)
                   : std::string();
    }
    void add_late(std::vector<std::string>& lines) const {
        const auto late = static_cast<std::size_t>(std::ranges::count_if(
            story_.hosts, [](const HostView& view) { return !view.late.empty(); }));
        if (late == 0) return;
        lines.push_back(say("report.verdict.late",
                            {{"date", asked_since()}, {"count", render::to_grouped(late)}}));
    }
    /// An attacker may forge a record of the collection, so it is never silent.
    void add_set_aside(std::vector<std::string>& lines) const {
        const story::SetAside& aside = story_.set_aside;
        if (aside.own_collection > 0)
            lines.push_back(say("report.verdict.own_collection",
                                {{"count", render::to_grouped(aside.own_collection)}}));
        if (aside.sanctioned > 0)
            lines.push_back(say("report.verdict.sanctioned",
                                {{"count", render::to_grouped(aside.sanctioned)}}));
    }

    const findings::Examination& examination_;
    const Story& story_;
    const SummaryStyle& style_;
};

}  // namespace

std::vector<std::string> verdict_lines(const findings::Examination& examination, const Story& story,
                                       const SummaryStyle& style) {
    return VerdictText(examination, story, style).make();
}

}  // namespace konseki::report
