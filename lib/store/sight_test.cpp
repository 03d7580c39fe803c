#include <algorithm>

#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

constexpr std::uint32_t officer = 1, helper = 2, stranger = 3, holder = 4, partner = 5;
/// Cases: one of the whole desk, one that is closed off.
constexpr std::uint32_t common = 1, hidden = 2;

Grant a_grant(std::uint32_t user, std::uint32_t case_number, Role role) {
    return {id_numbered('U', user), id_numbered('C', case_number), role, id_numbered('U', 9),
            day(0)};
}

/// Two cases, each with one of everything that can belong to a case; and what belongs to none.
void fill(Store& store) {
    for (const std::uint32_t user : {officer, helper, stranger, holder, partner})
        put(store, a_user(user, "user" + std::to_string(user)));
    for (const std::uint32_t number : {common, hidden}) {
        Case thing = a_case(number, "秘密の件名");
        thing.is_closed_off = number == hidden;
        const Ulid case_id = insert(store, thing).header.id;
        insert(store, a_note(number, case_id, "秘密の記録"));
        Consultation consultation = a_consultation(number, "秘密の相談");
        consultation.case_id = case_id;
        insert(store, consultation);
        Rescue rescue;
        rescue.header.id = id_numbered('R', number);
        rescue.case_id = case_id;
        rescue.decided_by = "秘密";
        rescue.decided_at = day(1);
        insert(store, rescue);
        Visit visit;
        visit.header.id = id_numbered('V', number);
        visit.case_id = case_id;
        visit.planned_for = day(2);
        visit.purpose = "秘密";
        insert(store, visit);
        Task task;
        task.header.id = id_numbered('T', number);
        task.case_id = case_id;
        task.title = "秘密";
        task.owner_id = id_numbered('U', stranger);
        insert(store, task);
    }
    CaseLink link;
    link.header.id = id_numbered('L', 1);
    link.case_id = id_numbered('C', common);
    link.other_case_id = id_numbered('C', hidden);
    link.reason = "秘密";
    insert(store, link);
    insert(store, a_consultation(7, "秘密だが事案なし"));
    Task own;
    own.header.id = id_numbered('T', 7);
    own.title = "秘密の用事";
    own.owner_id = id_numbered('U', stranger);
    insert(store, own);
    Contact contact;
    contact.header.id = id_numbered('P', 7);
    contact.role = "秘密の役";
    insert(store, contact);
    put(store, a_grant(helper, hidden, Role::viewer));
    put(store, a_grant(holder, hidden, Role::custodian));
    put(store, a_grant(partner, hidden, Role::partner));
}

using Seen = std::vector<std::string>;

Seen names_of(const std::vector<Row>& rows) {
    Seen out;
    for (const Row& row : rows)
        out.push_back(std::string(info_of(row.entity).name) + ' ' +
                      std::to_string(row.header.id.bytes[15]));
    std::ranges::sort(out);
    return out;
}

/// What the lists show; that counts, changes and search show the same is checked on the way.
Seen seen_by(Store& store, const Sight& sight) {
    const std::unique_ptr<Reader> reader = ok(store.read());
    std::vector<Row> rows;
    for (std::size_t i = 0; i < entity_count; ++i) {
        Query query;
        query.entity = static_cast<Entity>(i);
        query.sight = sight;
        const Page page = ok(reader->list(query));
        CHECK(ok(reader->count(query)) == page.rows.size());
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
    }
    const Seen out = names_of(rows);
    CHECK(names_of(ok(reader->changes_since(0, sight, 100))) == out);
    CHECK(names_of(ok(reader->search("秘密", sight, 100))) == out);
    return out;
}

}  // namespace

TEST_CASE(
    "a case that is closed off is not there for whom it is hidden from: in no list, count, search "
    "or change") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        const Seen of_desk = {"case 1",   "consultation 1", "consultation 7", "contact 7", "note 1",
                              "rescue 1", "task 1",         "task 7",         "visit 1"};
        CHECK(seen_by(*desk.store, {id_numbered('U', officer), true}) == of_desk);
        CHECK(seen_by(*desk.store, {id_numbered('U', partner), true}) == of_desk);
    }
}

TEST_CASE("who has a role on a case sees that case and what belongs to it, and nothing else") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        CHECK(seen_by(*desk.store, {id_numbered('U', helper), false}) ==
              Seen{"case 2", "consultation 2", "note 2", "rescue 2", "task 2", "visit 2"});
        CHECK(seen_by(*desk.store, {id_numbered('U', holder), false}) ==
              Seen{"case 2", "consultation 2", "rescue 2", "task 2", "visit 2"});
        CHECK(seen_by(*desk.store, {id_numbered('U', partner), false}).empty());
        CHECK(seen_by(*desk.store, {id_numbered('U', stranger), false}) == Seen{"task 7"});
    }
}

TEST_CASE("what belongs to a case in the bin lies there with it, but for the consultation") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        Row row = *ok(writer->load(Entity::case_, id_numbered('C', 1)));
        ok(writer->bin(Entity::case_, row.header.id, row.header.version, by(officer)));
        const auto count = [&writer](Entity entity) {
            Query query;
            query.entity = entity;
            query.sight = Sight{id_numbered('U', officer), true};
            return ok(writer->count(query));
        };
        for (const Entity entity : {Entity::rescue, Entity::visit, Entity::note, Entity::case_link})
            CHECK(count(entity) == 0);
        CHECK(count(Entity::task) == 1);
        CHECK(count(Entity::consultation) == 2);
    }
}

TEST_CASE(
    "with a role on the hidden case and the whole desk all is seen, the link between both too") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        const Seen all = seen_by(*desk.store, {id_numbered('U', helper), true});
        CHECK(all.size() == 16);
        CHECK(std::ranges::count(all, "case_link 1") == 1);
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        ok(writer->remove_grant(a_grant(helper, hidden, Role::viewer)));
        ok(writer->commit());
        CHECK(seen_by(*desk.store, {id_numbered('U', helper), true}).size() == 9);
    }
}
