// Routes that help while somebody writes: who is calling, and drafts.

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using casebook::Row;
using render::JsonWriter;

namespace {

/// A field of a row as text, or null.
void write_text(JsonWriter& json, const Row& row, std::string_view field) {
    const casebook::Plain& plain = casebook::value_of(row, field).plain;
    const std::string* const text = std::get_if<std::string>(&plain);
    json.any_key(field);
    text ? json.text(*text) : json.null();
}

void write_known(JsonWriter& json, const desk::Known& known) {
    json.open_object();
    json.key("contact");
    if (known.contact) {
        const Row& row = *known.contact;
        json.open_object();
        json.text("id", to_text(row.header.id));
        write_text(json, row, "name");
        write_text(json, row, "name_kana");
        write_text(json, row, "role");
        const casebook::Plain& may_be = casebook::value_of(row, "may_be_contacted").plain;
        json.boolean("may_be_contacted", may_be == casebook::Plain{true});
        json.close_object();
    } else {
        json.null();
    }
    json.key("organisation");
    if (known.organisation) {
        json.open_object();
        json.text("id", to_text(known.organisation->header.id));
        write_text(json, *known.organisation, "name");
        write_text(json, *known.organisation, "name_kana");
        json.close_object();
    } else {
        json.null();
    }
    json.text("matched", known.matched);
    json.close_object();
}

/// Key and time, and the body where it is asked for.
void write_draft(JsonWriter& json, const store::Draft& draft, bool has_body) {
    json.open_object();
    json.text("key", draft.key);
    json.time("updated_at", draft.updated_at);
    if (has_body) json.text("body", draft.body);
    json.close_object();
}

}  // namespace

Answer people(Call& call) {
    TRY_VOID(call.only_parameters({"q"}));
    const std::string_view part = call.parameter("q");
    if (part.empty()) return desk::refuse_fields({{"q", "missing"}});
    if (part.size() > longest_question) return desk::refuse_fields({{"q", "too_long"}});
    const desk::KnownPeople found = TRY(call.desk.find_people(call.actor, part));
    return json_answer(200, [&found](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const desk::Known& known : found.items) write_known(json, known);
        json.close_array();
        json.boolean("has_more", found.has_more);
        json.close_object();
    });
}

Answer own_drafts(Call& call) {
    TRY_VOID(call.only_parameters({}));
    const std::vector<store::Draft> drafts = TRY(call.desk.drafts(call.actor));
    return json_answer(200, [&drafts](JsonWriter& json) {
        json.open_object();
        json.open_array("items");
        for (const store::Draft& draft : drafts) write_draft(json, draft, false);
        json.close_array();
        json.close_object();
    });
}

Answer draft(Call& call) {
    TRY_VOID(call.only_parameters({}));
    const store::Draft draft = TRY(call.desk.draft(call.actor, call.captured.at(0)));
    return json_answer(200, [&draft](JsonWriter& json) { write_draft(json, draft, true); });
}

Answer put_draft(Call& call) {
    Members members = TRY(call.members());
    std::string body = members.needed_text("body");
    TRY_VOID(members.finish());
    const store::Draft draft =
        TRY(call.desk.put_draft(call.actor, call.captured.at(0), std::move(body)));
    return json_answer(200, [&draft](JsonWriter& json) { write_draft(json, draft, false); });
}

Answer remove_draft(Call& call) {
    TRY_VOID(call.desk.remove_draft(call.actor, call.captured.at(0)));
    return empty_answer();
}

}  // namespace konseki::server::handle
