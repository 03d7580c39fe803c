#include "canonical.h"

#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

Row full_note() {
    Note note = a_note(1, id_numbered('C', 1), "一行目\n\"引用\"\\\x01\t");
    note.header.created_at = note.header.updated_at = Time{5};
    note.header.version = 1;
    note.header.change_no = 7;
    return to_row(note);
}

}  // namespace

TEST_CASE("the canonical JSON of a row is what docs/desk.md says") {
    CHECK(
        canonical_json(full_note()) ==
        R"({"entity":"note","id":"000000002E0000000000000001","created_at":5,)"
        R"("created_by":"00000000000000000000000000","updated_at":5,)"
        R"("updated_by":"00000000000000000000000000","version":1,"change_no":7,"deleted_at":null,)"
        R"("fields":{"case_id":"00000000230000000000000001","title":null,)"
        R"("body":"一行目\n\"引用\"\\\u0001\t"}})");
}

TEST_CASE("an answer says in JSON which kind it is") {
    Consultation thing = a_consultation(1, "");
    thing.purpose = {AnswerState::value, Purpose::health_check};
    thing.noticed_by = {AnswerState::declined, {}};
    thing.done_already = {AnswerState::value, {DoneAlready::cleaned}};
    thing.header.deleted_at = Time{9};
    const std::string json = canonical_json(to_row(thing));
    CHECK(json.contains(R"("purpose":{"answer":"value","value":"health_check"})"));
    CHECK(json.contains(R"("noticed_by":{"answer":"declined"})"));
    CHECK(json.contains(R"("done_already":{"answer":"value","value":["cleaned"]})"));
    CHECK(json.contains(R"("motive":null)"));
    CHECK(json.contains(R"("deleted_at":9)"));
    CHECK(json.contains(R"("gave_no_contact":false)"));
    CHECK(ok(row_from_json(Entity::consultation, json)) == to_row(thing));
}

TEST_CASE("a kept version without a field, or with one that is not known, is still read") {
    std::string json = canonical_json(full_note());
    json.replace(json.find(R"("title":null)"), 12, R"("colour":["red"])");
    CHECK(ok(row_from_json(Entity::note, json)) == full_note());
}

TEST_CASE("every prefix of a kept version is refused, and every other entity") {
    const std::string json = canonical_json(full_note());
    for (std::size_t i = 0; i < json.size(); ++i)
        CHECK(error_kind(row_from_json(Entity::note, json.substr(0, i))) == ErrorKind::bad_value);
    CHECK_FALSE(row_from_json(Entity::task, json));
    CHECK_FALSE(row_from_json(Entity::note, json + " "));
}
