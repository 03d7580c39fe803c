#include "konseki/report/finding_printer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "konseki/base/text.h"
#include "konseki/records/shape_cache.h"
#include "konseki/render/json.h"
#include "konseki/render/windows_words.h"
#include "records/flat_json.h"
#include "sentence.h"

namespace konseki::report {
namespace {

using records::Batch;
using records::Record;
using records::Shape;
using records::SystemFields;

constexpr FlatLimits limits{max_shown_fields, max_shown_values, max_value_bytes};

/// Fields that name an account, with the domain beside them: the target where the event names one, else
/// the subject, else `User`, else the SID in System/Security.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> account_fields{
    {{"TargetUserName", "TargetDomainName"},
     {"SubjectUserName", "SubjectDomainName"},
     {"User", ""},
     {"AccountName", ""},
     {"Security_UserID", ""}}};

std::uint16_t field_named(const Shape& shape, std::string_view name) {
    for (std::size_t i = 0; i < shape.fields.size(); ++i)
        if (shape.fields[i].name == name) return static_cast<std::uint16_t>(i);
    return SystemFields::none;
}

bool names_nobody(std::string_view text) { return text.empty() || text == "-"; }

/// Pieces of a buffer that grows: views are taken when all is written.
class Parts {
  public:
    explicit Parts(render::JsonBuffer& out) : out_(out) { out_.clear(); }
    void end_part() { ends_[count_++] = out_.size(); }
    std::string_view operator[](std::size_t part) const {
        const std::size_t start = part == 0 ? 0 : ends_[part - 1];
        return out_.text().substr(start, ends_[part] - start);
    }

  private:
    render::JsonBuffer& out_;
    std::array<std::size_t, 3> ends_{};
    std::size_t count_ = 0;
};

class Printer final : public findings::FindingPrinter {
  public:
    Printer() : fields_(FlatJsonWriter::of_findings(limits)) {}

    findings::RecordText record(const Batch& batch, const Record& record,
                                std::span<const traces::RecordTrace> traces) override {
        print_account(batch, record);
        Parts parts(record_);
        print_log(batch, record);
        parts.end_part();
        fields_.write_fields(batch, record, record_);
        parts.end_part();
        print_traces(traces.first(std::min(traces.size(), max_shown_traces)));
        parts.end_part();
        return {account_, parts[0], parts[1], parts[2], event_record_id(batch, record)};
    }

    findings::MatchText match(std::span<const findings::MatchedValue> matched,
                              std::span<const findings::UncheckedFilter> unchecked) override {
        Parts parts(match_);
        print_matched(matched);
        parts.end_part();
        print_unchecked(unchecked);
        parts.end_part();
        print_message();
        parts.end_part();
        return {parts[0], parts[1], parts[2]};
    }

    void say(const findings::OwnTexts& own, std::span<const findings::MatchedValue> matched,
             const Batch& batch, const Record& record, findings::MatchText& text) override {
        sentence_.fill(
            own.says, numbers_of(batch, record), [&](std::string_view name, std::string& out) {
                const auto known = std::ranges::find(matched, name, &findings::MatchedValue::field);
                if (known != matched.end()) {
                    out += known->value;
                    return;
                }
                const std::uint16_t field = field_named(*record.shape, name);
                if (field != SystemFields::none)
                    records::append_text(out, batch.field(record, field));
            });
        sentence_.give(text);
    }

    void say(const findings::OwnTexts& own,
             std::span<const std::pair<std::string, std::string>> fields,
             findings::MatchText& text) override {
        sentence_.fill(
            own.says, Sentence::Numbers::as_they_are, [&](std::string_view name, std::string& out) {
                const auto known =
                    std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
                if (known != fields.end()) out += known->second;
            });
        sentence_.give(text);
    }

    findings::RecordText group(
        std::span<const std::pair<std::string, std::string>> fields) override {
        Parts parts(record_);
        print_group_log(fields);
        parts.end_part();
        render::JsonWriter writer(record_);
        writer.open_object();
        for (const auto& [name, value] : fields) {
            writer.any_key(name);
            writer.text(cut_text(value, max_value_bytes));
        }
        writer.close_object();
        parts.end_part();
        return {{}, parts[0], parts[1], "[]", 0};
    }

  private:
    struct Place {
        std::size_t start = 0, size = 0;
    };
    using Accounts = std::vector<std::pair<std::uint16_t, std::uint16_t>>;

    static Accounts make_accounts(const Shape& shape) {
        Accounts accounts;
        for (const auto& [name, domain] : account_fields) {
            const std::uint16_t field = field_named(shape, name);
            if (field != SystemFields::none)
                accounts.emplace_back(field, field_named(shape, domain));
        }
        return accounts;
    }

    static std::uint64_t event_record_id(const Batch& batch, const Record& record) {
        std::uint64_t number = 0;
        const std::uint16_t field = record.shape->system.record_id;
        if (field == SystemFields::none ||
            !records::as_unsigned(batch.field(record, field), number))
            return 0;
        return number;
    }

    Sentence::Numbers numbers_of(const Batch& batch, const Record& record) {
        const std::uint16_t provider = record.shape->system.provider;
        if (provider == SystemFields::none) return Sentence::Numbers::as_they_are;
        name_.clear();
        records::append_text(name_, batch.field(record, provider));
        return name_ == render::windows_words_provider ? Sentence::Numbers::with_words
                                                       : Sentence::Numbers::as_they_are;
    }

    void print_account(const Batch& batch, const Record& record) {
        account_.clear();
        for (const auto& [name_field, domain_field] : accounts_.of(*record.shape, make_accounts)) {
            name_.clear();
            records::append_text(name_, batch.field(record, name_field));
            if (names_nobody(name_)) continue;
            records::append_text(account_, batch.field(record, domain_field));
            if (names_nobody(account_))
                account_.clear();
            else
                account_ += '\\';
            account_ += name_;
            if (account_.size() > max_value_bytes) account_ = cut_text(account_, max_value_bytes);
            return;
        }
    }

    void print_log(const Batch& batch, const Record& record) {
        const SystemFields& system = record.shape->system;
        const std::pair<std::string_view, std::uint16_t> members[] = {
            {"\"channel\":", system.channel},
            {"\"provider\":", system.provider},
            {"\"event_identifier\":", system.event_id}};
        for (const auto& [key, field] : members) {
            if (field == SystemFields::none || !batch.has(record, record.shape->fields[field]))
                continue;
            if (record_.size() != 0) record_.append(',');
            record_.append(key);
            name_.clear();
            records::append_text(name_, batch.field(record, field));
            append_json_cut(record_, name_, max_value_bytes);
        }
    }

    /// The same where the group says it.
    void print_group_log(std::span<const std::pair<std::string, std::string>> fields) {
        for (const auto& [key, name] : {std::pair{"\"channel\":", "Channel"},
                                        {"\"provider\":", "Provider_Name"},
                                        {"\"event_identifier\":", "EventID"}}) {
            const auto field =
                std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
            if (field == fields.end()) continue;
            if (record_.size() != 0) record_.append(',');
            record_.append(key);
            append_json_cut(record_, field->second, max_value_bytes);
        }
    }

    void print_traces(std::span<const traces::RecordTrace> traces) {
        record_.append('[');
        std::string_view separator = "{\"type\":\"";
        for (const traces::RecordTrace& trace : traces) {
            record_.append(separator);
            separator = ",{\"type\":\"";
            record_.append(traces::name_of(trace.type));
            record_.append("\",\"value\":");
            append_json_cut(record_, trace.value, max_value_bytes);
            record_.append('}');
        }
        record_.append(']');
    }

    void print_matched(std::span<const findings::MatchedValue> matched) {
        match_.append('[');
        std::string_view separator = "{\"field\":";
        printed_.clear();
        for (const findings::MatchedValue& one : matched) {
            match_.append(separator);
            separator = ",{\"field\":";
            const Place field = print_text(one.field);
            match_.append(",\"value\":");
            printed_.push_back({field, print_text(one.value)});
            match_.append(",\"pattern\":");
            print_text(one.pattern);
            match_.append('}');
        }
        match_.append(']');
    }

    /// Gives the place of the text between its quotation marks.
    Place print_text(std::string_view text) {
        const std::size_t start = match_.size();
        append_json_cut(match_, text, max_value_bytes);
        return {start + 1, match_.size() - start - 2};
    }

    void print_unchecked(std::span<const findings::UncheckedFilter> unchecked) {
        render::JsonWriter writer(match_);
        writer.open_array();
        for (const findings::UncheckedFilter& filter : unchecked) {
            writer.open_object();
            writer.text("selection", filter.selection);
            writer.open_array("fields");
            for (const std::string_view field : filter.fields) writer.text(field);
            writer.close_array();
            writer.close_object();
        }
        writer.close_array();
    }

    /// `field=value, field=value`: what an analyst reads in the list of a timeline. The texts are copied
    /// from where they stand already.
    void print_message() {
        for (std::size_t i = 0; i < printed_.size(); ++i) {
            if (i > 0) match_.append(", ");
            copy(printed_[i].first);
            match_.append('=');
            copy(printed_[i].second);
        }
    }

    void copy(Place place) {
        char* const at = match_.room(place.size);
        std::memcpy(at, match_.text().data() + place.start, place.size);
        match_.commit(at + place.size);
    }

    FlatJsonWriter fields_;
    records::ShapeCache<Accounts> accounts_;
    std::string account_, name_;
    std::vector<std::pair<Place, Place>> printed_;  ///< field and value of what matched, in match_
    render::JsonBuffer record_, match_;
    Sentence sentence_;
};

}  // namespace

std::unique_ptr<findings::FindingPrinter> make_finding_printer() {
    return std::make_unique<Printer>();
}

}  // namespace konseki::report
