#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "finding_pieces.h"
#include "konseki/render/csv.h"
#include "konseki/render/windows_words.h"
#include "konseki/report/findings.h"

namespace konseki::report {

using findings::EventRef;
using findings::Examination;
using findings::Finding;
using render::JsonBuffer;

namespace {

/// Events of one record follow each other, so the texts of a time are made once for all of them.
class TimeTexts {
  public:
    explicit TimeTexts(Zone zone) : zone_(std::move(zone)) {}

    /// `2019-04-17T01:02:03.1234567Z`
    std::string_view iso(Time time) {
        if (iso_.empty() || time != time_) {
            time_ = time;
            iso_ = to_iso(time);
            local_.clear();
        }
        return iso_;
    }
    /// Of the time that iso() was asked for last.
    std::string_view local() {
        if (local_.empty()) local_ = to_local(time_, zone_);
        return local_;
    }

  private:
    Zone zone_;
    Time time_;
    std::string iso_, local_;
};

void append_member(JsonBuffer& out, std::string_view key, std::string_view json) {
    out.append(key);
    out.append(json);
}

constexpr std::string_view provider_key = "\"provider\":\"";
/// A record of Windows has no more than some twenty; one made to be long must not make the line so.
constexpr std::size_t most_words = 64;

void append_number(JsonBuffer& out, std::string_view key, std::uint64_t value) {
    out.append(key);
    render::append_json_number(out, value);
}

}  // namespace

struct FindingLines::State {
    State(const Examination& examination, Zone zone, render::Language in_language)
        : pieces(examination, in_language), times(std::move(zone)), language(in_language) {}

    void append_event(JsonBuffer& out, const EventRef& event) {
        append_member(out, "{\"time\":\"", times.iso(event.time));
        append_member(out, "\",\"host\":\"", pieces.host(event.host).json);
        append_member(out, "\",", pieces.item(event.item).members);
        append_number(out, ",\"record\":", event.record);
        append_number(out, ",\"offset\":", event.offset);
        out.append(event.recovered ? ",\"recovered\":true}" : ",\"recovered\":false}");
    }

    void append_account(JsonBuffer& out, const Finding& finding) {
        if (finding.record.account.empty()) return;
        out.append("\"account\":");
        render::append_json_string(out, finding.record.account);
        out.append(',');
    }

    /// Member `words`: what Windows shows for the numbers among the fields.
    static void append_words(JsonBuffer& out, const findings::RecordText& record) {
        if (!record.fields.contains("%%") || !is_auditing(record)) return;
        std::vector<std::uint32_t> said;
        std::string_view separator = ",\"words\":{\"";
        for (render::WindowsToken token = render::next_windows_token(record.fields, 0);
             !token.text.empty() && said.size() < most_words;
             token = render::next_windows_token(record.fields, token.at + token.text.size())) {
            if (std::ranges::find(said, token.number) != said.end()) continue;
            said.push_back(token.number);
            append_member(out, separator, token.text);
            out.append("\":");
            render::append_json_string(out,
                                       render::windows_word(token.number, render::Language::en));
            separator = ",\"";
        }
        if (!said.empty()) out.append('}');
    }

    static bool is_auditing(const findings::RecordText& record) {
        const std::size_t at = record.log.find(provider_key);
        if (at == record.log.npos) return false;
        const std::string_view provider = record.log.substr(at + provider_key.size());
        return provider.substr(0, provider.find('"')) == render::windows_words_provider;
    }

    /// Member `windows`: what Windows itself says of the event, by language.
    static void append_windows(JsonBuffer& out, const Finding& finding) {
        std::string_view separator = ",\"windows\":{\"";
        for (const findings::WindowsText& text : finding.windows) {
            append_number(out, separator, text.lcid);
            out.append("\":");
            render::append_json_string(out, text.text);
            separator = ",\"";
        }
        if (!finding.windows.empty()) out.append('}');
    }

    static void append_says(JsonBuffer& out, const RulePieces& rule,
                            const findings::MatchText& match) {
        out.append(',');
        if (!rule.says.empty()) return out.append(rule.says);
        out.append("\"says\":{\"ja\":");
        render::append_json_string(out, match.says_ja);
        out.append(",\"en\":");
        render::append_json_string(out, match.says_en);
        out.append('}');
    }

    /// Members `label` and `label_reason`.
    static void append_label(JsonBuffer& out, const Finding& finding) {
        if (finding.label == findings::Label::none) return out.append(",\"label\":null");
        append_member(out, ",\"label\":\"", findings::name_of(finding.label));
        out.append("\",\"label_reason\":");
        render::append_json_string(out, finding.label_reason);
    }

    /// Members `new` and `mark`, where there is something to say.
    static void append_mark(JsonBuffer& out, const Finding& finding) {
        if (finding.is_new) out.append(",\"new\":true");
        if (finding.mark == nullptr) return;
        append_member(out, ",\"mark\":{\"verdict\":\"", findings::name_of(finding.mark->verdict));
        out.append("\",\"reason\":");
        render::append_json_string(out, finding.mark->reason);
        out.append(",\"who\":");
        render::append_json_string(out, finding.mark->who);
        out.append('}');
    }

    std::string_view said(const Finding& finding) const {
        return language == render::Language::ja ? finding.match.says_ja : finding.match.says_en;
    }

    FindingPieces pieces;
    TimeTexts times;
    render::Language language;
};

FindingLines::FindingLines(const Examination& examination, Zone zone, render::Language language)
    : state_(std::make_unique<State>(examination, std::move(zone), language)) {}
FindingLines::~FindingLines() = default;

void FindingLines::append_json(JsonBuffer& out, const Finding& finding) {
    const RulePieces& rule = state_->pieces.rule(finding.rule);
    append_member(out, "{\"id\":\"", finding.id);
    append_member(out, "\",", rule.member);
    append_member(out, ",\"time\":\"", state_->times.iso(finding.time));
    append_member(out, "\",\"host\":\"", state_->pieces.host(finding.host).json);
    out.append("\",");
    state_->append_account(out, finding);
    out.append("\"events\":[");
    bool is_first = true;
    for (const EventRef& event : finding.events) {
        if (!is_first) out.append(',');
        is_first = false;
        state_->append_event(out, event);
    }
    append_number(out, "],\"count\":", finding.count);
    append_member(out, ",\"attack\":", rule.attack);
    append_member(out, ",\"fields\":", finding.record.fields);
    State::append_words(out, finding.record);
    State::append_windows(out, finding);
    append_member(out, ",\"matched\":", finding.match.matched);
    append_member(out, ",\"unchecked\":", finding.match.unchecked);
    append_member(out, ",\"traces\":", finding.record.traces);
    State::append_label(out, finding);
    State::append_mark(out, finding);
    state_->append_says(out, rule, finding.match);
    out.append(rule.advice);
    out.append("}\n");
}

void FindingLines::append_timeline(JsonBuffer& out, const Finding& finding) {
    const RulePieces& rule = state_->pieces.rule(finding.rule);
    const std::string& host = state_->pieces.host(finding.host).json;
    append_member(out, "{\"message\":\"", rule.title);
    append_member(out, " on ", host);
    if (!finding.match.message.empty()) append_member(out, ": ", finding.match.message);
    // Timesketch's importer takes microseconds and an offset: `2019-04-17T01:02:03.123456+00:00`.
    std::string_view time = state_->times.iso(finding.time);
    time.remove_suffix(2);
    append_member(out, "\",\"datetime\":\"", time);
    out.append("+00:00\",\"timestamp\":");
    render::append_json_number(out, finding.time.unix_microseconds());
    append_member(out, ",", rule.timeline);
    append_member(out, ",\"computer_name\":\"", host);
    out.append("\",");
    state_->append_account(out, finding);
    if (!finding.record.log.empty()) {
        out.append(finding.record.log);
        out.append(',');
    }
    if (!finding.events.empty()) {
        append_member(out,
                      "\"source_path\":", state_->pieces.item(finding.events.front().item).path);
        append_number(out, ",\"record_number\":", finding.events.front().record);
        out.append(',');
    }
    append_number(out, "\"event_count\":", finding.count);
    append_member(out, ",\"tag\":", rule.attack);
    if (finding.label != findings::Label::none) {
        append_member(out, ",\"label\":\"", findings::name_of(finding.label));
        out.append("\"");
    }
    append_member(out, ",\"finding_id\":\"", finding.id);
    out.append("\"}\n");
}

void append_finding_csv_head(std::string& out) {
    out += render::csv_byte_order_mark;
    render::CsvWriter csv(out);
    for (const std::string_view name :
         {"time_utc", "time_local", "level", "host", "account", "title", "says", "rule_id", "count",
          "path", "record", "attack", "label", "label_reason", "rule_author"})
        csv.cell(name);
    csv.end_row();
}

void FindingLines::append_row(std::string& out, const Finding& finding) {
    const RulePieces& rule = state_->pieces.rule(finding.rule);
    const auto add = [&](std::string_view cell) { out.append(cell).push_back(','); };
    add(state_->times.iso(finding.time));
    add(state_->times.local());
    add(rule.level_cell);
    add(state_->pieces.host(finding.host).cell);
    const auto add_text = [&](std::string_view text) {
        render::CsvWriter(out).cell(text);
        out.push_back(',');
    };
    add_text(finding.record.account);
    add(rule.title_cell);
    if (rule.says_cell.empty())
        add_text(state_->said(finding));
    else
        add(rule.says_cell);
    add(rule.id_cell);
    add(std::to_string(finding.count));
    const bool has_event = !finding.events.empty();
    add(has_event ? state_->pieces.item(finding.events.front().item).cell : std::string());
    add(has_event ? std::to_string(finding.events.front().record) : std::string());
    add(rule.attack_cell);
    add(findings::name_of(finding.label));
    add_text(finding.label_reason);
    out.append(rule.author_cell).append("\r\n");
}

}  // namespace konseki::report
