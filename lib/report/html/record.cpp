#include "record.h"

#include <algorithm>
#include <utility>

#include "konseki/render/numbers.h"
#include "konseki/render/windows_words.h"
#include "matched_text.h"
#include "read_back.h"

namespace konseki::report {
namespace {

/// Fields of one record: those of Windows have no more than some forty.
constexpr std::size_t max_fields = 64;
/// Values that matched, in one line.
constexpr std::size_t max_matches = 4;
/// Of a long value: its beginning, and what stands around what matched further behind.
constexpr std::size_t beginning_bytes = 200, around_bytes = 150;
/// Of the SHA-256 of a file: enough to find it in the list of files.
constexpr std::size_t hash_digits = 16;

/// What a value that was cut ends in.
constexpr std::string_view cut_mark = "\xe2\x80\xa6";

/// A field with what matched in it.
struct MarkedField {
    ShownField field;
    std::vector<Stretch> marks = {};
    bool has_matched = false;

    void add(const ShownMatch& match) {
        has_matched = true;
        const std::vector<Stretch> found = matched_text(field.value, match.pattern);
        if (found != whole()) marks.insert(marks.end(), found.begin(), found.end());
    }
    /// Literals that matched say more than that the value did.
    std::vector<Stretch> shown_marks() const {
        return marks.empty() && has_matched ? whole() : joined(marks);
    }

  private:
    std::vector<Stretch> whole() const {
        if (field.value.empty()) return {};
        return {{0, field.value.size()}};
    }
};

/// `at`, or where the code point begins that it lies in.
std::size_t whole_at(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 3;  // bytes that follow the first
    for (std::size_t back = 0; back <= longest && back <= at && at < text.size(); ++back)
        if ((static_cast<unsigned char>(text[at - back]) & 0xc0) != 0x80) return at - back;
    return std::min(at, text.size());
}

bool is_named(const ShownField& field, std::string_view name) {
    if (!field.name.starts_with(name)) return false;
    return field.name.size() == name.size() || field.name[name.size()] == '[';
}

/// Whether a value is the one that matched, which may be cut.
bool is_value(std::string_view value, std::string_view matched) {
    if (value == matched) return true;
    return matched.ends_with(cut_mark) &&
           value.starts_with(matched.substr(0, matched.size() - cut_mark.size()));
}

/// Marks the field of its name, else one with its value: rules name fields by words of Sigma, and some search in all.
bool mark_field(std::vector<MarkedField>& fields, const ShownMatch& match) {
    MarkedField* named = nullptr;
    for (MarkedField& field : fields)
        if (is_named(field.field, match.field)) {
            if (is_value(field.field.value, match.value)) return field.add(match), true;
            if (named == nullptr) named = &field;
        }
    if (named != nullptr && named->field.name == match.field) return named->add(match), true;
    if (match.value.empty()) return false;
    for (MarkedField& field : fields)
        if (is_value(field.field.value, match.value)) return field.add(match), true;
    return false;
}

/// All fields with their marks. A value that matched and is no field of the record (one that is made of several) is
/// one more.
std::vector<MarkedField> marked_fields(const ShownRecord& record, std::size_t& left_out) {
    std::size_t all = 0;
    std::vector<MarkedField> fields;
    for (ShownField& field : read_fields(record.fields, max_fields, all))
        fields.push_back({.field = std::move(field)});
    left_out = all - fields.size();
    for (const ShownMatch& match : read_matches(record.matched))
        if (!mark_field(fields, match) && !match.field.empty()) {
            fields.push_back({.field = {match.field, match.value}});
            fields.back().add(match);
        }
    return fields;
}

class RecordPart {
  public:
    RecordPart(Page& page, const ShownRecord& record)
        : page_(page), html_(page.html), record_(record) {}

    void write() {
        const auto box = html_.in("div", {{"class", "k-record k-seek"}});
        for (const findings::EventRef& event : record_.events) write_place(event);
        if (record_.count > record_.events.size())
            page_.paragraph("k-source", "html.record.more_events",
                            {{"count", render::to_grouped(record_.count - record_.events.size())},
                             {"file", "findings.jsonl"}});
        std::size_t left_out = 0;
        const std::vector<MarkedField> fields = marked_fields(record_, left_out);
        if (!fields.empty()) {
            const auto list = html_.in("dl", {{"class", "k-fields"}});
            for (const MarkedField& field : fields) write_field(field);
        }
        page_.left_out(left_out, 0, "findings.jsonl");
    }

    /// Each value once, whatever number of patterns it has matched.
    void write_line() {
        std::vector<MarkedField> fields;
        for (const ShownMatch& match : read_matches(record_.matched))
            if (!match.value.empty() && !mark_field(fields, match) && fields.size() < max_matches) {
                fields.push_back({.field = {match.field, match.value}});
                fields.back().add(match);
            }
        for (const MarkedField& field : fields) {
            if (&field != &fields.front()) html_.text(page_.say("html.comma"));
            if (!field.field.name.empty()) {
                html_.element("bdi", field.field.name);
                html_.text(": ");
            }
            write_value(field.field.value, field.shown_marks());
        }
    }

  private:
    void write_place(const findings::EventRef& event) {
        const findings::ItemInfo& item = page_.data.examination.reading.items[event.item];
        const auto place = html_.in("p", {{"class", "k-source"}});
        page_.sentence("html.record.place",
                       {{"file", item.path},
                        {"record", std::to_string(event.record)},
                        {"offset", std::to_string(event.offset)},
                        {"time", to_local(event.time, page_.data.options.zone)},
                        {"utc", to_iso(event.time)}});
        if (item.sha256)
            page_.sentence(
                "html.record.hash",
                {{"hash", to_hex(*item.sha256).substr(0, hash_digits) + std::string(cut_mark)}});
        if (event.recovered) html_.text(page_.say("html.record.recovered"));
        if (&event == &record_.events.front())
            page_.sentence("html.record.finding", {{"id", record_.id}});
    }

    void write_field(const MarkedField& field) {
        {
            const auto name = html_.in("dt");
            html_.found(field.field.name);
        }
        const auto value = html_.in("dd");
        if (field.field.value.empty())
            return html_.element("span", {{"class", "k-faint"}}, page_.say("html.record.empty"));
        write_value(field.field.value, field.shown_marks());
        write_word(field.field.value);
    }

    /// What Windows shows for a number of its own.
    void write_word(std::string_view value) {
        if (!record_.fields.contains(render::windows_words_provider)) return;
        const render::WindowsToken token = render::next_windows_token(value, 0);
        if (token.text != value) return;
        const auto word = html_.in("span", {{"class", "k-faint"}});
        page_.sentence("html.record.word",
                       {{"word", render::windows_word(token.number, page_.language)}});
    }

    void write_value(std::string_view value, const std::vector<Stretch>& marks) {
        const auto bdi = html_.in("bdi");
        constexpr std::size_t most = HtmlWriter::max_found_bytes;
        if (value.size() <= most) return write_piece(value, 0, value.size(), marks);
        if (marks.empty() || marks.front().begin < most - around_bytes) {
            write_piece(value, 0, whole_at(value, most), marks);
            return html_.text(cut_mark);
        }
        write_piece(value, 0, whole_at(value, beginning_bytes), marks);
        html_.text(std::string(" ") + std::string(cut_mark) + ' ');
        const Stretch& first = marks.front();
        const std::size_t end =
            whole_at(value, std::min(first.end + around_bytes, first.begin + most));
        write_piece(value, whole_at(value, first.begin - around_bytes), end, marks);
        if (end < value.size()) html_.text(cut_mark);
    }

    void write_piece(std::string_view value, std::size_t from, std::size_t to,
                     const std::vector<Stretch>& marks) {
        for (const Stretch& one : marks) {
            const std::size_t begin = std::clamp(one.begin, from, to);
            const std::size_t end = std::clamp(one.end, from, to);
            if (begin == end) continue;
            html_.text(value.substr(from, begin - from));
            html_.element("mark", value.substr(begin, end - begin));
            from = end;
        }
        html_.text(value.substr(from, to - from));
    }

    Page& page_;
    HtmlWriter& html_;
    const ShownRecord& record_;
};

}  // namespace

void write_record(Page& page, const ShownRecord& record) { RecordPart(page, record).write(); }

void write_matched(Page& page, const ShownRecord& record) { RecordPart(page, record).write_line(); }

}  // namespace konseki::report
