// What was found: per host, a line for each rule, with what it means and the records behind it.
#include <algorithm>
#include <span>
#include <vector>

#include "filter.h"
#include "found_plan.h"
#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "rare.h"
#include "record.h"
#include "table.h"
#include "what_to_do.h"

namespace konseki::report {
namespace {

using findings::OwnTexts;
using findings::RuleInfo;
using render::to_grouped;
using story::Reason;

/// References of a rule that are named.
constexpr std::size_t most_references = 5;

std::string_view label_key(findings::Label label) {
    return label == findings::Label::sanctioned ? "html.found.sanctioned"
                                                : "html.found.own_collection";
}

class FoundPart {
  public:
    explicit FoundPart(Page& page)
        : page_(page), html_(page.html), explained_(page.data.examination.rules.size()) {}

    void write() {
        const FoundPlan plan = plan_found(page_.data);
        if (plan.all == 0) page_.paragraph("", "html.found.none");
        if (plan.all > plan.shown)
            page_.paragraph("k-note", "html.found.left_out",
                            {{"shown", to_grouped(plan.shown)},
                             {"all", to_grouped(plan.all)},
                             {"file", "findings.jsonl"}});
        if (plan.shown > 0) write_filter(page_, plan);
        for (const FoundHost& host : plan.hosts) write_host(host);
        // Where the script puts lines that are sorted across hosts.
        if (plan.shown > 0) html_.element("div", {{"class", "k-sorted"}}, "");
        if (page_.data.story.reasons_left_out > 0)
            page_.paragraph("k-note", "html.found.reasons_left_out",
                            {{"count", to_grouped(page_.data.story.reasons_left_out)},
                             {"file", "findings.jsonl"}});
    }

  private:
    const HtmlLimits& limits() const { return page_.data.options.limits; }
    const RuleInfo& rule_of(const Reason& reason) const {
        return page_.data.examination.rules[reason.rule];
    }

    void write_host(const FoundHost& found) {
        const auto host = html_.in("section", {{"class", "k-host"}});
        {
            const auto head = html_.in("h3");
            write_verdict_mark(page_, found.view->verdict);
            html_.found(page_.host_name(found.view->host));
            html_.element("small", page_.say(verdict_key(found.view->verdict)));
        }
        for (const FoundLine& line : found.lines) {
            write_line(line);
            ++lines_;
        }
    }

    /// Beside the sentence: that it does not count, and that it was not there before.
    void write_labels(const Reason& reason) {
        if (reason.label != findings::Label::none)
            html_.element("span", {{"class", "k-aside"}}, page_.say(label_key(reason.label)));
        if (reason.fresh > 0)
            html_.element("span", {{"class", "k-aside"}}, page_.say("html.found.new"));
    }

    HtmlWriter::Open open_line(const Reason& reason) {
        const std::string time =
            reason.span.first ? std::to_string(reason.span.first->unix_microseconds() / 1'000) : "";
        return html_.in("details",
                        {{"class", "k-find"},
                         {"data-level", std::to_string(static_cast<unsigned>(reason.level))},
                         {"data-rule", std::to_string(reason.rule)},
                         {"data-time", time},
                         {"data-count", std::to_string(reason.count)},
                         {"data-label", findings::name_of(reason.label)},
                         {"data-new", reason.fresh > 0 ? "1" : ""}});
    }

    void write_line(const FoundLine& line) {
        const Reason& reason = *line.reason;
        const auto details = open_line(reason);
        write_summary(reason);
        {
            const auto body = html_.in("dl", {{"class", "k-pairs"}});
            if (reason.label != findings::Label::none)
                pair(label_key(reason.label), reason.label_reason);
            write_explanation(reason);
            sought("html.found.account", reason.account);
            sought("html.found.windows", windows_text(reason));
            if (line.records == 0) write_source(reason);
        }
        write_records(line);
    }

    void write_summary(const Reason& reason) {
        const auto line = html_.in("summary");
        write_level(page_, reason.level);
        {
            const auto said = html_.in("span", {{"class", "k-said"}});
            write_labels(reason);
            html_.found(says_of(page_, reason));
        }
        const auto when = html_.in("span", {{"class", "k-when"}});
        page_.sentence("html.found.count", {{"count", to_grouped(reason.count)}});
        html_.text(" ");
        page_.write_times(reason.span);
    }

    /// Its findings, the earliest first, down to their records.
    void write_records(const FoundLine& line) {
        if (line.records == 0) return;
        const Reason& reason = *line.reason;
        const auto records = html_.in("div", {{"class", "k-records"}});
        if (reason.count > line.records)
            page_.paragraph("k-source", "html.found.first_records",
                            {{"shown", to_grouped(line.records)},
                             {"count", to_grouped(reason.count)},
                             {"file", "findings.jsonl"}});
        for (const ShownRecord& record : kept(reason).first(line.records))
            write_record(page_, record);
    }

    std::span<const ShownRecord> kept(const Reason& reason) const {
        return page_.data.shown.records.of(reason.host, reason.rule, reason.label);
    }

    void pair(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        html_.element("dt", page_.say(key));
        const auto text = html_.in("dd");
        html_.found(value);
    }

    /// The same, where the filter looks for words.
    void sought(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        html_.element("dt", page_.say(key));
        const auto text = html_.in("dd", {{"class", "k-seek"}});
        html_.found(value);
    }

    void write_explanation(const Reason& reason) {
        const RuleInfo& rule = rule_of(reason);
        const bool stood_before = explained_[reason.rule];
        explained_[reason.rule] = true;
        if (stood_before && lines_ >= limits().explained) {
            html_.element("dt", page_.say("html.found.why"));
            const auto text = html_.in("dd");
            const std::string target = '#' + page_.anchor("rule-") + std::to_string(reason.rule);
            return html_.element("a", {{"href", target}}, page_.say("html.found.stood_before"));
        }
        if (!stood_before) {
            const std::string name = page_.anchor("rule-") + std::to_string(reason.rule);
            html_.element("dt", {{"id", name}}, page_.say("html.found.rule"));
        } else {
            html_.element("dt", page_.say("html.found.rule"));
        }
        write_rule(rule);
        if (rule.own)
            write_own(*rule.own);
        else
            write_foreign(rule);
    }

    void write_rule(const RuleInfo& rule) {
        const auto text = html_.in("dd", {{"class", "k-rule"}});
        html_.found(title_in(rule, page_.language));
        const auto more = html_.in("small");
        page_.sentence("html.found.rule_of",
                       {{"id", rule.own ? rule.own->id : rule.id}, {"origin", rule.origin}});
        if (!rule.author.empty()) page_.sentence("html.found.author", {{"author", rule.author}});
        if (!rule.license.empty())
            page_.sentence("html.found.license", {{"license", rule.license}});
        for (const std::string& technique : rule.attack) {
            html_.text(" ");
            html_.element("span", {{"class", "k-technique"}}, technique);
        }
    }

    void write_own(const OwnTexts& own) {
        pair("html.found.why", page_.pick(own.why));
        pair("html.found.other", page_.pick(own.other));
        write_list("html.found.next", own.next);
        write_list("html.found.do_not", own.do_not);
    }

    void write_list(std::string_view key, const std::vector<std::string>& ids) {
        if (ids.empty()) return;
        html_.element("dt", page_.say(key));
        const auto text = html_.in("dd");
        const auto list = html_.in("ul");
        for (const std::string& id : ids) html_.element("li", page_.advice(id));
    }

    void write_foreign(const RuleInfo& rule) {
        pair("html.found.description", rule.description);
        std::string others;
        for (const std::string& one : rule.false_positives) {
            if (!others.empty()) others += page_.say("html.comma");
            others += one;
        }
        pair("html.found.other", others);
        if (rule.references.empty()) return;
        html_.element("dt", page_.say("html.found.references"));
        const auto text = html_.in("dd");
        const auto list = html_.in("ul", {{"class", "k-mono"}});
        for (std::size_t i = 0; i < std::min(rule.references.size(), most_references); ++i) {
            const auto item = html_.in("li");
            html_.found(rule.references[i]);
        }
    }

    /// In the language of the page where it is there, else in one that is.
    std::string_view windows_text(const Reason& reason) const {
        if (reason.windows.empty()) return {};
        const std::uint32_t wanted = page_.language == render::Language::ja ? 1'041 : 1'033;
        const auto there = std::ranges::find(reason.windows, wanted, &findings::WindowsText::lcid);
        return there != reason.windows.end() ? there->text : reason.windows.front().text;
    }

    /// Where the first finding lies in the evidence, and what matched there: its record is not in the page.
    void write_source(const Reason& reason) {
        if (!kept(reason).empty() && kept(reason).front().matched != "[]") {
            html_.element("dt", page_.say("html.found.matched"));
            const auto text = html_.in("dd", {{"class", "k-seek"}});
            write_matched(page_, kept(reason).front());
        }
        html_.element("dt", page_.say("html.found.source"));
        const auto text = html_.in("dd", {{"class", "k-mono"}});
        page_.sentence("html.found.record",
                       {{"file", page_.data.examination.reading.items[reason.item].path},
                        {"record", std::to_string(reason.record)}});
    }

    Page& page_;
    HtmlWriter& html_;
    std::vector<bool> explained_;  ///< by rule
    std::size_t lines_ = 0;
};

}  // namespace

void write_found(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-found"}, {"id", page.anchor("found")}});
    write_section_head(page, "html.head.found", "html.lead.found");
    page.paragraph("", "html.found.zone", {{"zone", page.zone_name()}});
    FoundPart(page).write();
    write_rare(page);
}

}  // namespace konseki::report
