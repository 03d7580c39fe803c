#include "canonical.h"

#include <fmt/format.h>

#include "konseki/base/hash.h"
#include "konseki/casebook/codes.h"

namespace konseki::store {
namespace {

using casebook::AnswerState;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::Plain;
using casebook::Row;
using casebook::Value;

void append_text(std::string& out, std::string_view text) {
    constexpr std::string_view named = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (const std::size_t at = named.find(c); at != named.npos) {
            out += '\\';
            out += names[at];
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void append_number(std::string& out, std::int64_t number) {
    fmt::format_to(std::back_inserter(out), "{}", number);
}

void append_list(std::string& out, const std::vector<std::string>& list) {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i != 0) out += ',';
        append_text(out, list[i]);
    }
    out += ']';
}

void append_plain(std::string& out, const Plain& plain) {
    if (const bool* const flag = std::get_if<bool>(&plain))
        out += *flag ? "true" : "false";
    else if (const std::int64_t* const number = std::get_if<std::int64_t>(&plain))
        append_number(out, *number);
    else if (const std::string* const text = std::get_if<std::string>(&plain))
        append_text(out, *text);
    else if (const auto* const list = std::get_if<std::vector<std::string>>(&plain))
        append_list(out, *list);
    else
        out += "null";
}

void append_value(std::string& out, const FieldInfo& field, const Value& value) {
    if (!field.is_answer || value.answer == AnswerState::not_asked) {
        append_plain(out, value.plain);
        return;
    }
    out += R"({"answer":)";
    append_text(out, code_of(value.answer));
    if (value.answer == AnswerState::value) {
        out += R"(,"value":)";
        append_plain(out, value.plain);
    }
    out += '}';
}

/// One object under way: names are ours and need no escape.
class Object {
  public:
    void text(std::string_view name, std::string_view value) { append_text(next(name), value); }
    void number(std::string_view name, std::int64_t value) { append_number(next(name), value); }
    void id(std::string_view name, const Ulid& value) { text(name, to_text(value)); }
    void null(std::string_view name) { next(name) += "null"; }
    /// Where the member's value is to be appended.
    std::string& next(std::string_view name) {
        out_ += out_.empty() ? '{' : ',';
        append_text(out_, name);
        out_ += ':';
        return out_;
    }
    std::string finish() {
        out_ += out_.empty() ? "{}" : "}";
        return std::move(out_);
    }

  private:
    std::string out_;
};

}  // namespace

std::string canonical_json(const Row& row) {
    const EntityInfo& info = casebook::info_of(row.entity);
    require(row.values.size() == info.fields.size(), "a row has a value for each field");
    Object fields;
    for (std::size_t i = 0; i < info.fields.size(); ++i)
        append_value(fields.next(info.fields[i].name), info.fields[i], row.values[i]);
    const casebook::Header& header = row.header;
    Object out;
    out.text("entity", info.name);
    out.id("id", header.id);
    out.number("created_at", header.created_at.ticks);
    out.id("created_by", header.created_by);
    out.number("updated_at", header.updated_at.ticks);
    out.id("updated_by", header.updated_by);
    out.number("version", header.version);
    out.number("change_no", header.change_no);
    if (header.deleted_at)
        out.number("deleted_at", header.deleted_at->ticks);
    else
        out.null("deleted_at");
    out.next("fields") += fields.finish();
    return out.finish();
}

std::string canonical_json(const AuditEvent& event) {
    Object out;
    out.number("seq", event.seq);
    out.number("at", event.at.ticks);
    out.id("actor", event.actor);
    out.text("via", event.via);
    out.text("address", event.address);
    out.text("action", code_of(event.action));
    out.text("object_kind", event.object_kind);
    out.id("object", event.object);
    if (event.case_id)
        out.id("case_id", *event.case_id);
    else
        out.null("case_id");
    out.text("before", event.before);
    out.text("after", event.after);
    out.text("reason", event.reason);
    out.text("request_id", event.request_id);
    out.text("previous", event.previous);
    return out.finish();
}

std::string list_to_json(const std::vector<std::string>& list) {
    std::string out;
    append_list(out, list);
    return out;
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256(as_bytes(text))); }

}  // namespace konseki::store
