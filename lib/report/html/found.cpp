// What was found: per host, a line for each rule, with what it means behind it.
#include <algorithm>
#include <vector>

#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "rare.h"
#include "table.h"
#include "what_to_do.h"

namespace konseki::report {
namespace {

using findings::OwnTexts;
using findings::RuleInfo;
using render::to_grouped;
using story::HostView;
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
        std::size_t all = 0, hosts = 0;
        for (const HostView& view : page_.data.story.hosts) {
            all += view.reasons.size() + view.set_aside.size();
            if (view.reasons.empty() && view.set_aside.empty()) continue;
            if (lines_ >= limits().lines || hosts >= limits().hosts) continue;
            write_host(view);
            ++hosts;
        }
        if (all == 0) page_.paragraph("", "html.found.none");
        page_.left_out(all, lines_, "findings.jsonl");
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

    void write_host(const HostView& view) {
        const auto host = html_.in("section", {{"class", "k-host"}});
        {
            const auto head = html_.in("h3");
            write_verdict_mark(page_, view.verdict);
            html_.found(page_.host_name(view.host));
            html_.element("small", page_.say(verdict_key(view.verdict)));
        }
        for (const std::vector<Reason>* const reasons : {&view.reasons, &view.set_aside})
            for (const Reason& reason : *reasons) {
                if (lines_ == limits().lines) break;
                write_reason(reason);
                ++lines_;
            }
    }

    /// Beside the sentence: that it does not count.
    void write_label(const Reason& reason) {
        if (reason.label == findings::Label::none) return;
        html_.element("span", {{"class", "k-aside"}}, page_.say(label_key(reason.label)));
    }

    void write_reason(const Reason& reason) {
        const auto details = html_.in("details", {{"class", "k-find"}});
        {
            const auto line = html_.in("summary");
            write_level(page_, reason.level);
            {
                const auto said = html_.in("span", {{"class", "k-said"}});
                write_label(reason);
                html_.found(says_of(page_, reason));
            }
            const auto count = html_.in("span", {{"class", "k-when"}});
            page_.sentence("html.found.count", {{"count", to_grouped(reason.count)},
                                                {"span", page_.span(reason.span)}});
        }
        const auto body = html_.in("dl", {{"class", "k-pairs"}});
        if (reason.label != findings::Label::none)
            pair(label_key(reason.label), reason.label_reason);
        write_explanation(reason);
        write_source(reason);
    }

    void pair(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        html_.element("dt", page_.say(key));
        const auto text = html_.in("dd");
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
        const auto text = html_.in("dd");
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

    /// Where the example lies in the evidence.
    void write_source(const Reason& reason) {
        pair("html.found.account", reason.account);
        pair("html.found.windows", windows_text(reason));
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
    const auto part = page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("found")}});
    write_section_head(page, "html.head.found", "html.lead.found");
    page.paragraph("", "html.found.zone", {{"zone", page.zone_name()}});
    FoundPart(page).write();
    write_rare(page);
}

}  // namespace konseki::report
