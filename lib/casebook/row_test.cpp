#include "konseki/casebook/row.h"

#include <doctest/doctest.h>

#include "konseki/casebook/check.h"
#include "konseki/casebook/entities.h"

using namespace konseki;
using namespace konseki::casebook;

namespace {

Consultation some_consultation() {
    Consultation out;
    out.header.id.bytes[0] = 1;
    out.header.version = 3;
    out.received_at = Time::from_unix_seconds(1'554'044'400);
    out.purpose = {AnswerState::value, Purpose::attack_failed};
    out.noticed_by = {AnswerState::unknown, {}};
    out.done_already = {AnswerState::value, {DoneAlready::cleaned, DoneAlready::reinstalled}};
    out.summary = "不審なメールを開いた";
    out.tlp = Tlp::red;
    out.case_id.emplace().bytes[3] = 7;
    return out;
}

std::vector<FieldProblem> problems_with(std::string_view field, Value value) {
    Row row = to_row(some_consultation());
    value_of(row, field) = std::move(value);
    return check_row(row);
}

}  // namespace

TEST_CASE("a struct comes back from its row as it was") {
    const Consultation before = some_consultation();
    const Row row = to_row(before);
    const Consultation after = from_row<Consultation>(row);
    CHECK(after.header == before.header);
    CHECK(after.received_at == before.received_at);
    CHECK(after.purpose == before.purpose);
    CHECK(after.noticed_by == before.noticed_by);
    CHECK(after.done_already == before.done_already);
    CHECK(after.summary == before.summary);
    CHECK(after.case_id == before.case_id);
    CHECK(to_row(after) == row);
    CHECK(check_row(row).empty());
}

TEST_CASE("unknown, declined and not asked stay apart in a row") {
    const Row row = to_row(some_consultation());
    CHECK(value_of(row, "noticed_by") == Value{{}, AnswerState::unknown});
    CHECK(value_of(row, "attack_outcome") == Value{{}, AnswerState::not_asked});
    CHECK(value_of(row, "purpose") == Value{std::string("attack_failed"), AnswerState::value});
}

TEST_CASE("each entity's names are its own, and its required fields are empty in a new row") {
    for (std::size_t i = 0; i < entity_count; ++i) {
        const EntityInfo& info = info_of(static_cast<Entity>(i));
        CHECK(entity_in_path(info.plural) == info.entity);
        const Row row = new_row(info.entity);
        for (std::size_t j = 0; j < info.fields.size(); ++j) {
            CHECK(info.find(info.fields[j].name) == j);
            if (info.fields[j].mark.required) CHECK(row.values[j].is_empty());
        }
    }
}

TEST_CASE("a row that cannot be stored says why") {
    using Problems = std::vector<FieldProblem>;
    CHECK(problems_with("received_at", {}) == Problems{{"received_at", FieldFault::missing}});
    CHECK(problems_with("received_at", {std::string("2019")}) ==
          Problems{{"received_at", FieldFault::wrong_type}});
    CHECK(problems_with("purpose", {std::string("fun"), AnswerState::value}) ==
          Problems{{"purpose", FieldFault::no_such_code}});
    CHECK(problems_with("purpose", {{}, AnswerState::value}) ==
          Problems{{"purpose", FieldFault::wrong_type}});
    CHECK(problems_with("purpose", {std::string("other"), AnswerState::unknown}) ==
          Problems{{"purpose", FieldFault::wrong_type}});
    CHECK(problems_with("summary", {std::string("a\0b", 3)}) ==
          Problems{{"summary", FieldFault::not_text}});
    CHECK(problems_with("summary", {std::string("\xff")}) ==
          Problems{{"summary", FieldFault::not_text}});
    CHECK(problems_with("organisation_told", {std::string(max_line_bytes + 1, 'a')}) ==
          Problems{{"organisation_told", FieldFault::too_long}});
    CHECK(problems_with("summary", {std::string(max_line_bytes + 1, 'a')}).empty());
    CHECK(problems_with("done_already",
                        {std::vector<std::string>{"cleaned", "cleaned"}, AnswerState::value}) ==
          Problems{{"done_already", FieldFault::repeated}});
    CHECK(problems_with("case_id", {std::string("x")}) ==
          Problems{{"case_id", FieldFault::wrong_type}});
    CHECK(problems_with("information_only", {std::int64_t{1}}) ==
          Problems{{"information_only", FieldFault::wrong_type}});
}

TEST_CASE("a plain write changes neither what the desk sets nor what is fixed") {
    using Problems = std::vector<FieldProblem>;
    Row blank = new_row(Entity::note);
    Row made = blank;
    value_of(made, "case_id").plain = to_text(Ulid{});
    value_of(made, "body").plain = std::string("x");
    CHECK(check_write(blank, made).empty());
    made.header.version = 1;
    Row moved = made;
    value_of(moved, "case_id").plain = std::string("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    CHECK(check_write(made, moved) == Problems{{"case_id", FieldFault::fixed}});

    const Row before = to_row(some_consultation());
    Row after = before;
    value_of(after, "state").plain = std::string("closed");
    CHECK(check_write(before, after) == Problems{{"state", FieldFault::not_yours}});
}

TEST_CASE("days are read strictly") {
    CHECK(parse_date("2019-02-28") == Date{2019, 2, 28});
    CHECK(parse_date("2020-02-29"));
    CHECK_FALSE(parse_date("2019-02-29"));
    CHECK_FALSE(parse_date("2019-2-28"));
    CHECK_FALSE(parse_date("2019-13-01"));
    CHECK_FALSE(parse_date("2019-00-01"));
    CHECK_FALSE(parse_date("20190228 "));
    CHECK(to_text(Date{2019, 2, 3}) == "2019-02-03");
}
