#include "canonical.h"

#include <charconv>
#include <optional>

#include "konseki/base/bytes.h"

namespace konseki::store {
namespace {

using casebook::AnswerState;
using casebook::Entity;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::FieldType;
using casebook::Plain;
using casebook::Row;
using casebook::Value;

/// Reads what canonical_json wrote. The first thing that is something else ends it: `failed` stays true, everything
/// after gives nothing.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool failed() const { return failed_; }
    bool at_end() const { return at_ == text_.size(); }
    bool peeks(char c) const { return !failed_ && at_ < text_.size() && text_[at_] == c; }
    bool takes(std::string_view word) {
        if (failed_ || !text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    void refuse() { failed_ = true; }
    void expect(std::string_view word) {
        if (!takes(word)) failed_ = true;
    }

    std::int64_t number() {
        std::int64_t out = 0;
        const char* const begin = text_.data() + at_;
        const auto [end, code] = std::from_chars(begin, text_.data() + text_.size(), out);
        if (failed_ || code != std::errc{}) {
            failed_ = true;
            return 0;
        }
        at_ += static_cast<std::size_t>(end - begin);
        return out;
    }

    std::string text() {
        std::string out;
        expect("\"");
        while (!failed_ && !takes("\"")) {
            if (at_ == text_.size())
                failed_ = true;
            else if (text_[at_] == '\\')
                escape(out);
            else
                out += text_[at_++];
        }
        return out;
    }

    std::vector<std::string> list() {
        std::vector<std::string> out;
        expect("[");
        if (takes("]")) return out;
        do out.push_back(text());
        while (takes(","));
        expect("]");
        return out;
    }

  private:
    void escape(std::string& out) {
        constexpr std::string_view named = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
        ++at_;
        if (takes("u00")) {
            unsigned value = 0;
            const char* const begin = text_.data() + at_;
            if (text_.size() - at_ < 2 ||
                std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2)
                failed_ = true;
            else
                at_ += 2;
            out += static_cast<char>(value);
            return;
        }
        const std::size_t which = at_ < text_.size() ? names.find(text_[at_]) : names.npos;
        if (which == names.npos) {
            failed_ = true;
            return;
        }
        out += named[which];
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

Plain read_plain(Scanner& in) {
    if (in.takes("null")) return {};
    if (in.takes("true")) return true;
    if (in.takes("false")) return false;
    if (in.peeks('[')) return in.list();
    if (in.peeks('"')) return in.text();
    return in.number();
}

Value read_value(Scanner& in) {
    if (!in.takes(R"({"answer":)")) return {read_plain(in), AnswerState::not_asked};
    Value out;
    const std::optional<AnswerState> answer = casebook::parse_code<AnswerState>(in.text());
    if (answer)
        out.answer = *answer;
    else
        in.refuse();
    if (in.takes(R"(,"value":)")) out.plain = read_plain(in);
    in.expect("}");
    return out;
}

void read_fields(Scanner& in, Row& row) {
    const EntityInfo& info = casebook::info_of(row.entity);
    in.expect("{");
    if (in.takes("}")) return;
    do {
        const std::string name = in.text();
        in.expect(":");
        Value value = read_value(in);
        if (const std::optional<std::size_t> at = info.find(name))
            row.values[*at] = std::move(value);
    } while (in.takes(","));
    in.expect("}");
}

std::int64_t number_member(Scanner& in, std::string_view head) {
    in.expect(head);
    return in.number();
}

Ulid id_member(Scanner& in, std::string_view head) {
    in.expect(head);
    const std::optional<Ulid> id = parse_ulid(in.text());
    if (!id) in.refuse();
    return id.value_or(Ulid{});
}

}  // namespace

Result<Row> row_from_json(Entity entity, std::string_view json) {
    Row row = casebook::new_row(entity);
    Scanner in(json);
    in.expect(R"({"entity":)");
    if (in.text() != casebook::info_of(entity).name) in.refuse();
    row.header.id = id_member(in, R"(,"id":)");
    row.header.created_at.ticks = number_member(in, R"(,"created_at":)");
    row.header.created_by = id_member(in, R"(,"created_by":)");
    row.header.updated_at.ticks = number_member(in, R"(,"updated_at":)");
    row.header.updated_by = id_member(in, R"(,"updated_by":)");
    row.header.version = number_member(in, R"(,"version":)");
    row.header.change_no = number_member(in, R"(,"change_no":)");
    in.expect(R"(,"deleted_at":)");
    if (!in.takes("null")) row.header.deleted_at = Time{in.number()};
    in.expect(R"(,"fields":)");
    read_fields(in, row);
    in.expect("}");
    if (in.failed() || !in.at_end())
        return fail(Error::bad_value("a kept version is not the canonical JSON of a row"));
    return row;
}

Result<std::vector<std::string>> list_from_json(std::string_view json) {
    Scanner in(json);
    std::vector<std::string> out = in.list();
    if (in.failed() || !in.at_end())
        return fail(Error::bad_value("a column of codes holds no list"));
    return out;
}

}  // namespace konseki::store
