#include "canonical.h"
#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

/// All that writing one row leaves.
std::vector<AuditEvent> events_of(Store& store, Ulid object) {
    AuditQuery query;
    query.object = object;
    return ok(ok(store.read())->audit(query));
}

Organisation an_organisation() {
    Organisation out;
    out.header.id = id_numbered('O', 1);
    out.name = "架空重工業";
    out.theme_sectors = {AnswerState::value,
                         {ThemeSector::individual_expert, ThemeSector::politics}};
    out.prefecture = {AnswerState::value, "13"};
    out.maturity_on = Date{2019, 4, 17};
    out.ci_sector = {AnswerState::not_applicable, {}};
    return out;
}

}  // namespace

TEST_CASE("every field of a row comes back as it was stored") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const Organisation made = insert(*desk.store, an_organisation());
        Consultation consultation = a_consultation(1, "'; DROP TABLE \"case\"; -- % _ \\ ?");
        consultation.organisation_id = made.header.id;
        consultation.information_only = true;
        consultation.call_back_at = day(3);
        const Row stored = insert(*desk.store, to_row(consultation));

        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        CHECK(ok(reader->load(Entity::organisation, made.header.id)) == to_row(made));
        CHECK(ok(reader->load(Entity::consultation, consultation.header.id)) == stored);
        CHECK(stored.values == to_row(consultation).values);
        CHECK_FALSE(ok(reader->load(Entity::case_, made.header.id)));
    }
}

TEST_CASE("an insert sets the header, a version and one audit event") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const Row made = insert(*desk.store, to_row(a_case(1, "件名")));
        CHECK(made.header.version == 1);
        CHECK(made.header.change_no == 1);
        CHECK(made.header.created_at == day(1));
        CHECK(made.header.created_by == id_numbered('U', 1));
        CHECK(ok(ok(desk.store->read())->last_change_no()) == 1);
        const std::vector<AuditEvent> events = events_of(*desk.store, made.header.id);
        REQUIRE(events.size() == 1);
        CHECK(events[0].seq == 1);
        CHECK(events[0].action == AuditAction::made);
        CHECK(events[0].object_kind == "case");
        CHECK(events[0].case_id == made.header.id);
        CHECK(events[0].before.empty());
        CHECK(events[0].after == sha256_hex(canonical_json(made)));
        CHECK(events[0].previous.empty());
        CHECK(events[0].address == "192.0.2.1");
    }
}

TEST_CASE("of two changes based on the same version the second changes nothing") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Case first = insert(*desk.store, a_case(1, "一"));
        Case second = first;
        first.title = "二";
        second.title = "三";
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        const Written done = ok(writer->update(to_row(first), by(2)));
        CHECK_FALSE(done.is_stale);
        CHECK(done.row.header.version == 2);
        CHECK(done.row.header.created_by == id_numbered('U', 1));
        CHECK(done.row.header.updated_by == id_numbered('U', 2));
        const Written stale = ok(writer->update(to_row(second), by(3)));
        CHECK(stale.is_stale);
        CHECK(stale.row == done.row);
        ok(writer->commit());
        CHECK(ok(ok(desk.store->read())->load(Entity::case_, first.header.id)) == done.row);
        CHECK(events_of(*desk.store, first.header.id).size() == 2);
    }
}

TEST_CASE("every version of a row stays, the bin's too") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const Row made = insert(*desk.store, to_row(a_case(1, "一")));
        const Ulid id = made.header.id;
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        CHECK(ok(writer->bin(Entity::case_, id, 7, by(1))).is_stale);
        const Written binned = ok(writer->bin(Entity::case_, id, 1, by(1)));
        CHECK(binned.row.header.deleted_at == day(1));
        CHECK(ok(writer->bin(Entity::case_, id, 2, by(1))).row == binned.row);
        const Written back = ok(writer->restore(Entity::case_, id, 2, by(1)));
        CHECK(back.row.header.version == 3);
        CHECK_FALSE(back.row.header.deleted_at);
        ok(writer->commit());

        const std::vector<Version> versions =
            ok(ok(desk.store->read())->versions(Entity::case_, id));
        REQUIRE(versions.size() == 3);
        CHECK(versions[0].row == made);
        CHECK(versions[1].row == binned.row);
        CHECK(versions[2].row == back.row);
        const std::vector<AuditEvent> events = events_of(*desk.store, id);
        REQUIRE(events.size() == 3);
        CHECK(events[0].action == AuditAction::restored);
        CHECK(events[1].action == AuditAction::binned);
        CHECK(events[0].before == events[1].after);
        CHECK(events[0].previous == events[1].hash);
    }
}

TEST_CASE("what is not committed never was") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        {
            const std::unique_ptr<Writer> writer = ok(desk.store->write());
            ok(writer->insert(to_row(a_case(1, "一")), by(1)));
            CHECK(ok(writer->last_change_no()) == 1);
            CHECK(ok(writer->next_case_number(2019)) == "2019-0001");
            CHECK(ok(ok(desk.store->read())->last_change_no()) == 0);
        }
        CHECK_FALSE(ok(ok(desk.store->read())->load(Entity::case_, id_numbered('C', 1))));
        CHECK(insert(*desk.store, to_row(a_case(2, "二"))).header.change_no == 1);
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        CHECK(ok(writer->next_case_number(2019)) == "2019-0001");
        CHECK(ok(writer->next_case_number(2019)) == "2019-0002");
        CHECK(ok(writer->next_case_number(2020)) == "2020-0001");
    }
}

TEST_CASE("a row that its entity does not allow, or that refers to nothing, is refused") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const auto refused = [&desk](const Row& row) {
            const std::unique_ptr<Writer> writer = ok(desk.store->write());
            return error_kind(writer->insert(row, by(1)));
        };
        CHECK(refused(to_row(a_note(1, id_numbered('C', 9), "本文"))) == ErrorKind::bad_value);
        CHECK(refused(to_row(a_case(1, ""))) == ErrorKind::bad_value);
        CHECK(refused(to_row(a_case(1, std::string("a\0b", 3)))) == ErrorKind::bad_value);
        CHECK(refused(to_row(a_case(1, "a\xFF"))) == ErrorKind::bad_value);
        Row without_id = to_row(a_case(1, "件名"));
        without_id.header.id = {};
        CHECK(refused(without_id) == ErrorKind::usage);
        Row without_values = to_row(a_case(1, "件名"));
        without_values.values.pop_back();
        CHECK(refused(without_values) == ErrorKind::bad_value);
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        CHECK(error_kind(writer->update(to_row(a_case(7, "件名")), by(1))) == ErrorKind::not_found);
        CHECK(ok(desk.store->check()).empty());
    }
}

TEST_CASE("after an error of the database the transaction can only be given up") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        {
            const std::unique_ptr<Writer> writer = ok(desk.store->write());
            ok(writer->insert(to_row(a_case(1, "一")), by(1)));
            CHECK_FALSE(writer->insert(to_row(a_note(1, id_numbered('C', 9), "本文")), by(1)));
            CHECK_FALSE(writer->insert(to_row(a_case(2, "二")), by(1)));
            CHECK_FALSE(writer->commit());
        }
        CHECK_FALSE(ok(ok(desk.store->read())->load(Entity::case_, id_numbered('C', 1))));
        insert(*desk.store, a_case(3, "三"));
        CHECK(ok(desk.store->check()).empty());
    }
}

TEST_CASE("a text of a million bytes is stored and found") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        std::string text = "標的型";
        while (text.size() < max_text_bytes - 30) text += "あいうえおabc";
        text += "末尾の語";
        const Row made = insert(*desk.store, to_row(a_consultation(1, text)));
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        CHECK(ok(reader->load(Entity::consultation, made.header.id)) == made);
        const Sight all{id_numbered('U', 1), true};
        CHECK(ok(reader->search("末尾の語 標的型", all, 10)).size() == 1);
        CHECK(ok(reader->search("標的末尾", all, 10)).empty());
    }
}

TEST_CASE("a reader sees one moment, whatever is written meanwhile") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const std::unique_ptr<Reader> before = ok(desk.store->read());
        insert(*desk.store, a_case(1, "一"));
        Query query;
        CHECK(ok(before->count(query)) == 0);
        CHECK(ok(ok(desk.store->read())->count(query)) == 1);
    }
}
