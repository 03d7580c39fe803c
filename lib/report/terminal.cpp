#include "konseki/report/terminal.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "konseki/render/reword.h"
#include "konseki/report/summary.h"
#include "level.h"

namespace konseki::report {
namespace {

using findings::Examination;
using render::Align;
using render::Filling;
using render::Tone;

/// Lines of a brief list.
constexpr std::size_t brief_hosts = 12;
constexpr std::size_t brief_rules = 24;
constexpr std::size_t brief_problems = 5;
constexpr std::size_t look_first_lines = 10;
/// Blanks before the lines of a section.
constexpr std::string_view indent = "  ";
/// Columns are cut to no less than this on a narrow terminal.
constexpr std::size_t least_name = 12;
/// `2019-04-17 10:02`.
constexpr std::size_t minute_columns = 16;

class Summary {
  public:
    Summary(const Examination& examination, const Tally& tally, const story::Story& story,
            const story::Told& told, const SummaryStyle& style)
        : examination_(examination), tally_(tally), story_(story), told_(told), style_(style) {}

    std::string make() {
        out_ =
            rule_sets_line(rule_sets(examination_.rules, examination_.problems), style_.language);
        out_ += '\n';
        if (examination_.reading.partial) line(say("report.evidence.partial"), Tone::critical);
        heading("report.verdict");
        for (const std::string& text : verdict_lines(examination_, story_, style_)) sentence(text);
        for (const std::string& text : told_lines(examination_, told_, style_)) sentence(text);
        evidence();
        hosts();
        findings();
        losses();
        look_first();
        refused();
        damage();
        if (!style_.folder.empty()) {
            out_ += '\n';
            out_ += say("report.folder", {{"folder", for_terminal(style_.folder)}}) + '\n';
        }
        return std::move(out_);
    }

  private:
    std::string say(std::string_view key, std::initializer_list<Filling> fillings = {}) const {
        return render::say(style_.language, key, fillings);
    }
    std::string level_name(findings::Level level) const { return say(level_key(level)); }
    std::size_t most(std::size_t brief) const {
        return style_.detail == Detail::full ? ~std::size_t{0} : brief;
    }
    std::string local(Time time) const { return to_local(time, style_.zone); }
    /// To the minute, for tables, whose heads name the offset where it is the same for all.
    std::string short_local(const std::optional<Time>& time) const {
        if (!time) return {};
        const std::string whole = local(*time);
        return whole.substr(0, minute_columns) +
               (style_.zone.has_changes() ? whole.substr(whole.rfind(' ')) : "");
    }
    std::string time_column(std::string_view key, const findings::Span& span) const {
        if (style_.zone.has_changes()) return say(key);
        const std::string shown = local(span.last.value_or(Time{}));
        return say(key) + shown.substr(shown.rfind(' '));
    }

    void heading(std::string_view key) {
        out_ += '\n';
        out_ += render::in_tone(say(key), Tone::strong, style_.terminal.color) + '\n';
    }
    /// What must be read to its end: several lines where the terminal is narrow.
    void sentence(std::string_view text) {
        const std::size_t width = style_.terminal.width;
        out_ += indent;
        out_ +=
            width > indent.size() ? render::wrapped(text, width, indent.size()) : std::string(text);
        out_ += '\n';
    }

    /// A line of a section, cut to the width of the terminal.
    void line(std::string_view text, Tone tone = Tone::plain) {
        const std::size_t width = style_.terminal.width;
        const std::string shown =
            width > indent.size() ? cut_to_width(text, width - indent.size()) : std::string(text);
        out_ += std::string(indent) + render::in_tone(shown, tone, style_.terminal.color) + '\n';
    }
    void table(const render::TerminalTable& table) {
        render::TerminalStyle inner = style_.terminal;
        if (inner.width > indent.size()) inner.width -= indent.size();
        const std::string text = table.to_text(inner);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            out_ += std::string(indent) + text.substr(at, end - at) + '\n';
            at = end + 1;
        }
    }
    void more(std::size_t all, std::size_t shown, std::string_view where) {
        if (all <= shown) return;
        const std::string count = render::to_grouped(all - shown);
        line(style_.folder.empty() ? say("report.more.verbose", {{"count", count}})
                                   : say("report.more", {{"count", count}, {"where", where}}),
             Tone::faint);
    }

    /// Of all records.
    findings::Span span() const {
        findings::Span all;
        for (const findings::HostInfo& host : examination_.hosts) all.add(host.span);
        return all;
    }

    void evidence() {
        const findings::Totals& totals = examination_.reading.totals;
        heading("report.evidence");
        line(say("report.evidence.files", {{"files", render::to_grouped(totals.files)},
                                           {"size", render::to_size(totals.bytes)},
                                           {"records", render::to_grouped(totals.records)}}));
        const findings::Span all = span();
        if (all.first)
            line(say("report.period.span",
                     {{"first", local(*all.first)}, {"last", local(*all.last)}}));
        else if (totals.records > 0)
            line(say("report.period.none"));
        if (totals.recovered > 0)
            line(say("report.evidence.recovered",
                     {{"records", render::to_grouped(totals.recovered)}}));
        if (totals.copies > 0)
            line(say("report.evidence.copies", {{"files", render::to_grouped(totals.copies)}}),
                 Tone::faint);
        if (totals.not_examined > 0)
            line(say("report.evidence.not_examined",
                     {{"files", render::to_grouped(totals.not_examined)}}),
                 Tone::faint);
    }

    void hosts() {
        if (examination_.hosts.empty()) return;
        heading("report.hosts");
        render::TerminalTable hosts({{say("report.column.host"), Align::left, least_name},
                                     {say("report.column.records"), Align::right, 0},
                                     {time_column("report.column.first", span()), Align::left, 0},
                                     {time_column("report.column.last", span()), Align::left, 0}});
        const std::size_t shown = std::min(most(brief_hosts), examination_.hosts.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const findings::HostInfo& host = examination_.hosts[i];
            hosts.add_row({{host.name, Tone::plain},
                           {render::to_grouped(host.records), Tone::plain},
                           {short_local(host.span.first), Tone::plain},
                           {short_local(host.span.last), Tone::plain}});
        }
        table(hosts);
        more(examination_.hosts.size(), shown, "summary.json");
        past_cap("report.other_hosts", examination_.other_hosts_records);
        past_cap("report.logs_not_counted", examination_.logs_not_counted);
        past_cap("report.reaches_left_out", examination_.reaches_left_out);
    }

    void past_cap(std::string_view key, std::uint64_t records) {
        if (records > 0) line(say(key, {{"records", render::to_grouped(records)}}), Tone::faint);
    }

    std::string levels_line() const {
        std::string text;
        const auto counts = tally_.by_level(examination_.rules);
        for (std::size_t i = level_count; i-- > 0;) {
            if (counts[i] == 0) continue;
            const auto level = static_cast<findings::Level>(i);
            if (!text.empty()) text += "   ";
            text += render::in_tone(
                say("report.findings.level",
                    {{"level", level_name(level)}, {"count", render::to_grouped(counts[i])}}),
                tone_of(level), style_.terminal.color);
        }
        return text;
    }

    void findings() {
        heading("report.findings");
        compared();
        std::vector<std::uint32_t> fired = tally_.fired(examination_.rules);
        if (fired.empty()) return line(say("report.findings.none"));
        line(say("report.findings.some", {{"count", render::to_grouped(tally_.total())},
                                          {"rules", render::to_grouped(fired.size())}}));
        out_ += std::string(indent) + levels_line() + '\n';
        std::erase_if(fired, [this](std::uint32_t rule) { return !is_listed(rule); });
        if (fired.empty()) return;
        out_ += '\n';
        render::TerminalTable rules({{say("report.column.level"), Align::left, 0},
                                     {say("report.column.rule"), Align::left, least_name},
                                     {say("report.column.findings"), Align::right, 0},
                                     {time_column("report.column.first", span()), Align::left, 0},
                                     {time_column("report.column.last", span()), Align::left, 0}});
        const std::size_t shown = std::min(most(brief_rules), fired.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const findings::RuleInfo& rule = examination_.rules[fired[i]];
            const RuleTally& counts = tally_.of_rule(fired[i]);
            const findings::Level level = findings::sort_level(rule.level);
            rules.add_row({{level_name(level), tone_of(level)},
                           {std::string(title_in(rule, style_.language)), Tone::plain},
                           {render::to_grouped(counts.count), Tone::plain},
                           {short_local(counts.span.first), Tone::faint},
                           {short_local(counts.span.last), Tone::faint}});
        }
        table(rules);
        more(fired.size(), shown, "findings.csv");
    }

    /// What the memory caps took from correlations.
    void losses() {
        std::uint64_t rules = 0, groups = 0, forgetful = 0;
        for (const findings::RuleOutcome& outcome : examination_.outcomes) {
            rules += outcome.groups_closed > 0 ? 1 : 0;
            groups += outcome.groups_closed;
            forgetful += outcome.is_forgetful ? 1 : 0;
        }
        if (groups > 0)
            line(say("report.evicted", {{"groups", render::to_grouped(groups)},
                                        {"rules", render::to_grouped(rules)}}));
        if (forgetful > 0)
            line(say("report.forgetful", {{"rules", render::to_grouped(forgetful)}}));
    }

    void compared() {
        const Compared& compared = tally_.compared();
        if (compared.has_previous)
            line(say("report.compared", {{"new", render::to_grouped(compared.fresh)},
                                         {"kept", render::to_grouped(compared.kept)},
                                         {"gone", render::to_grouped(compared.gone)}}));
        if (compared.useful + compared.false_alarm > 0)
            line(say("report.marks", {{"useful", render::to_grouped(compared.useful)},
                                      {"false_alarm", render::to_grouped(compared.false_alarm)}}));
    }

    bool is_listed(std::uint32_t rule) const {
        return !style_.min_level ||
               findings::sort_level(examination_.rules[rule].level) >= *style_.min_level;
    }

    void look_first() {
        std::vector<FirstLook> looks = tally_.look_first(examination_.rules, look_first_lines);
        std::erase_if(looks, [this](const FirstLook& look) { return !is_listed(look.rule); });
        if (looks.empty()) return;
        heading("report.look_first");
        for (std::size_t i = 0; i < looks.size(); ++i) look(i + 1, looks[i]);
    }

    /// What, who and when, and where to find it. The place is never cut: it is what one copies.
    void look(std::size_t number, const FirstLook& look) {
        const findings::RuleInfo& rule = examination_.rules[look.rule];
        const findings::Level level = findings::sort_level(rule.level);
        const std::string rank = pad_to_width(std::to_string(number), 3);
        line(rank + level_name(level) + "  " + for_terminal(title_in(rule, style_.language)),
             tone_of(level));
        std::string where =
            local(look.time) + "  " + for_terminal(examination_.hosts[look.host].name);
        if (!look.account.empty()) where += "  " + for_terminal(look.account);
        line("   " + where, Tone::plain);
        const std::string place = for_terminal(examination_.reading.items[look.item].path) + " #" +
                                  std::to_string(look.record);
        out_ += std::string(indent) + "   " +
                render::in_tone(place, Tone::faint, style_.terminal.color) + '\n';
        if (look.is_unchecked) line("   " + say("report.look_first.unchecked"), Tone::faint);
    }

    std::string reason_of(const findings::RuleProblem& problem) const {
        return render::reword(style_.language, "reason.", problem.reason);
    }

    void refused() {
        std::vector<const findings::RuleProblem*> problems;
        for (const findings::RuleProblem& problem : examination_.problems)
            if (problem.kind == findings::RuleProblem::Kind::refused) problems.push_back(&problem);
        if (problems.empty()) return;
        heading("report.refused");
        const std::size_t shown = std::min(most(brief_problems), problems.size());
        for (std::size_t i = 0; i < shown; ++i)
            line(say("report.refused.line", {{"file", for_terminal(problems[i]->file)},
                                             {"line", std::to_string(problems[i]->line)},
                                             {"reason", for_terminal(reason_of(*problems[i]))}}));
        more(problems.size(), shown, "rules.jsonl");
    }

    void damage() {
        const findings::Reading& reading = examination_.reading;
        if (reading.damage.empty() && reading.totals.unreadable == 0) return;
        heading("report.damage");
        std::size_t shown = 0;
        for (const findings::ItemInfo& item : reading.items) {
            if (item.state != findings::ItemState::unreadable || shown >= most(brief_problems))
                continue;
            ++shown;
            line(say("report.damage.unreadable",
                     {{"path", for_terminal(item.path)}, {"reason", for_terminal(item.reason)}}));
        }
        for (const findings::DamagedPlace& place : reading.damage.sorted()) {
            if (shown >= most(2 * brief_problems)) break;
            ++shown;
            line(say("report.damage.line", {{"path", for_terminal(reading.items[place.item].path)},
                                            {"offset", std::to_string(place.offset)},
                                            {"reason", for_terminal(place.reason)}}));
        }
        more(reading.damage.count() + reading.totals.unreadable, shown, "summary.json");
    }

    const Examination& examination_;
    const Tally& tally_;
    const story::Story& story_;
    const story::Told& told_;
    const SummaryStyle& style_;
    std::string out_;
};

}  // namespace

std::string terminal_summary(const Examination& examination, const Tally& tally,
                             const story::Story& story, const story::Told& told,
                             const SummaryStyle& style) {
    return Summary(examination, tally, story, told, style).make();
}

}  // namespace konseki::report
