#include "finding_pieces.h"

#include "konseki/base/bytes.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/csv.h"
#include "konseki/render/json.h"
#include "konseki/report/findings.h"
#include "level.h"

namespace konseki::report {
namespace {

std::string json_string(std::string_view text) {
    render::JsonBuffer out;
    render::append_json_string(out, text);
    return std::string(out.text());
}

/// Without the quotation marks.
std::string json_inside(std::string_view text) {
    const std::string quoted = json_string(text);
    return quoted.substr(1, quoted.size() - 2);
}

std::string cells(std::initializer_list<std::string_view> texts) {
    std::string out;
    render::CsvWriter csv(out);
    for (const std::string_view text : texts) csv.cell(text);
    return out;
}

/// `T1059.001, T1027`.
std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) {
        if (!out.empty()) out += ", ";
        out += text;
    }
    return out;
}

/// The members of an object, without its braces.
std::string members(const render::JsonBuffer& object) {
    return std::string(object.text().substr(1, object.size() - 2));
}

std::string timeline_members(const findings::RuleInfo& rule) {
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.open_object();
    writer.text("timestamp_desc", rule.kind == findings::RuleKind::correlation
                                      ? "Last Correlated Event"
                                      : "Event Logged");
    writer.text("level", shown_level(rule));
    writer.text("rule_id", rule.id);
    writer.text("rule_title", rule.title);
    if (!rule.author.empty()) writer.text("rule_author", rule.author);
    writer.close_object();
    return members(out);
}

std::string json_array(const std::vector<std::string>& texts) {
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.open_array();
    for (const std::string& text : texts) writer.text(text);
    writer.close_array();
    return std::string(out.text());
}

void append_texts(render::JsonWriter& writer, const findings::Bilingual& texts) {
    writer.open_object();
    writer.text("ja", texts.ja);
    writer.text("en", texts.en);
    writer.close_object();
}

/// What is said where the rule says nothing itself.
std::string rule_says(const findings::RuleInfo& rule, render::Language language) {
    return render::say(language, "report.rule_says", {{"title", rule.title}});
}

std::string catalogue_sentence(const findings::RuleInfo& rule) {
    const auto say = [&](render::Language language) { return rule_says(rule, language); };
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.key("says");
    append_texts(writer, {say(render::Language::ja), say(render::Language::en)});
    return std::string(out.text());
}

std::string advice_members(const findings::OwnTexts& own) {
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.open_object();
    writer.key("why");
    append_texts(writer, own.why);
    writer.key("other");
    append_texts(writer, own.other);
    out.append(",\"next\":");
    out.append(json_array(own.next));
    out.append(",\"do_not\":");
    out.append(json_array(own.do_not));
    writer.close_object();
    return ',' + members(out);
}

}  // namespace

FindingPieces::FindingPieces(const findings::Examination& examination, render::Language language)
    : examination_(examination),
      language_(language),
      rules_(examination.rules.size()),
      hosts_(slots),
      items_(slots) {}

const RulePieces& FindingPieces::rule(std::uint32_t index) {
    Slot<RulePieces>& slot = rules_[index];
    if (slot.index != index) slot = {index, make_rule(examination_.rules[index])};
    return slot.pieces;
}

const HostPieces& FindingPieces::host(std::uint32_t index) {
    Slot<HostPieces>& slot = hosts_[index % slots];
    if (slot.index != index) slot = {index, make_host(examination_.hosts[index])};
    return slot.pieces;
}

const ItemPieces& FindingPieces::item(std::uint32_t index) {
    Slot<ItemPieces>& slot = items_[index % slots];
    if (slot.index != index) slot = {index, make_item(examination_.reading.items[index])};
    return slot.pieces;
}

RulePieces FindingPieces::make_rule(const findings::RuleInfo& rule) const {
    render::JsonBuffer member;
    render::JsonWriter writer(member);
    append_rule_member(writer, rule);
    return {.member = std::string(member.text()),
            .attack = json_array(rule.attack),
            .title = json_inside(rule.title),
            .timeline = timeline_members(rule),
            .says = rule.own ? std::string() : catalogue_sentence(rule),
            .advice = rule.own ? advice_members(*rule.own) : std::string(),
            .level_cell = cells({shown_level(rule)}),
            .title_cell = cells({rule.title}),
            .id_cell = cells({rule.id}),
            .attack_cell = cells({joined(rule.attack)}),
            .author_cell = cells({rule.author}),
            .says_cell = rule.own ? std::string() : cells({rule_says(rule, language_)})};
}

HostPieces FindingPieces::make_host(const findings::HostInfo& host) const {
    return {json_inside(host.name), cells({host.name})};
}

ItemPieces FindingPieces::make_item(const findings::ItemInfo& item) const {
    render::JsonBuffer out;
    render::JsonWriter writer(out);
    writer.open_object();
    writer.text("path", item.path);
    if (!item.copies.empty()) {
        writer.open_array("also");
        for (const std::uint32_t copy : item.copies)
            writer.text(examination_.reading.items[copy].path);
        writer.close_array();
    }
    if (item.sha256) writer.text("sha256", to_hex(*item.sha256));
    writer.close_object();
    return {members(out), json_string(item.path), cells({item.path})};
}

}  // namespace konseki::report
