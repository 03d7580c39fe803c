#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

void insert_rescue(Store& store, std::uint32_t number, Ulid case_id, std::optional<Time> started) {
    Rescue rescue;
    rescue.header.id = id_numbered('R', number);
    rescue.case_id = case_id;
    rescue.decided_by = "判断者";
    rescue.decided_at = day(0);
    rescue.started_at = started;
    insert(store, rescue);
}

void insert_visit(Store& store, std::uint32_t number, Ulid case_id, VisitState state,
                  std::optional<Time> started) {
    Visit visit;
    visit.header.id = id_numbered('V', number);
    visit.case_id = case_id;
    visit.planned_for = day(0);
    visit.state = state;
    visit.started_at = started;
    insert(store, visit);
}

void insert_link(Store& store, std::uint32_t number, CaseLinkKind kind,
                 std::optional<Time> undone) {
    CaseLink link;
    link.header.id = id_numbered('L', number);
    link.case_id = id_numbered('C', 1);
    link.other_case_id = id_numbered('C', 2);
    link.kind = kind;
    link.reason = "理由";
    link.undone_at = undone;
    insert(store, link);
}

}  // namespace

TEST_CASE("what is counted: no bin, rescues that began, visits that are done, merges that stand") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        for (const std::uint32_t number : {3, 2, 1}) {
            Case thing = a_case(number, "件名");
            thing.number = "2019-000" + std::to_string(number);
            thing.is_closed_off = number == 2;
            insert(store, thing);
        }
        const Ulid first = id_numbered('C', 1), second = id_numbered('C', 2);
        Consultation consultation = a_consultation(1, "");
        consultation.case_id = first;
        insert(store, consultation);
        consultation = a_consultation(2, "");
        consultation.duplicate_of = id_numbered('A', 1);
        insert(store, consultation);
        insert(store, a_consultation(3, ""));
        insert_rescue(store, 1, first, day(5));
        insert_rescue(store, 2, second, std::nullopt);
        insert_visit(store, 1, first, VisitState::done, day(9));
        insert_visit(store, 2, first, VisitState::done, day(7));
        insert_visit(store, 3, first, VisitState::cancelled, day(6));
        insert_visit(store, 4, first, VisitState::planned, std::nullopt);
        insert_link(store, 1, CaseLinkKind::same_as, std::nullopt);
        insert_link(store, 2, CaseLinkKind::same_as, day(2));
        insert_link(store, 3, CaseLinkKind::related, std::nullopt);
        const std::unique_ptr<Writer> writer = ok(store.write());
        ok(writer->bin(Entity::case_, id_numbered('C', 3), 1, by(1)));
        ok(writer->bin(Entity::consultation, id_numbered('A', 3), 1, by(1)));

        const Counted counted = ok(writer->counted());
        REQUIRE(counted.consultations.size() == 2);
        CHECK(counted.consultations[0].case_id == first);
        CHECK(counted.consultations[0].received_at == day(1));
        CHECK_FALSE(counted.consultations[0].is_duplicate);
        CHECK(counted.consultations[1].is_duplicate);
        REQUIRE(counted.cases.size() == 2);
        CHECK(counted.cases[0].number == "2019-0001");
        CHECK(counted.cases[0].rescued_at == day(5));
        CHECK(counted.cases[0].visited_at == std::vector<Time>{day(7), day(9)});
        CHECK_FALSE(counted.cases[1].rescued_at);
        REQUIRE(counted.merges.size() == 1);
        CHECK(counted.merges[0].a == first);
        CHECK(counted.merges[0].b == second);
    }
}
