#include <fmt/format.h>

#include "canonical.h"
#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

AuditEvent a_login(std::uint32_t user) {
    AuditEvent out;
    out.at = day(1);
    out.actor = id_numbered('U', user);
    out.via = "ui";
    out.address = "192.0.2.7";
    out.action = AuditAction::logged_in;
    out.object_kind = "user";
    out.object = out.actor;
    out.reason = "理由 \"引用\"";
    out.request_id = "r7";
    return out;
}

/// Two cases and a note, the note changed once and the second case in the bin; and a login. Six events.
void fill(Store& store) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    ok(writer->insert(to_row(a_case(1, "一")), by(1)));
    ok(writer->insert(to_row(a_case(2, "二")), by(1)));
    Row note = ok(writer->insert(to_row(a_note(1, id_numbered('C', 1), "本文")), by(1)));
    value_of(note, "body").plain = std::string("別の本文");
    ok(writer->update(note, by(2)));
    ok(writer->bin(Entity::case_, id_numbered('C', 2), 1, by(1)));
    ok(writer->append_audit(a_login(2)));
    ok(writer->commit());
}

/// Lines of check() after somebody changed something past the store.
std::vector<std::string> check_after(Kind kind, std::string_view sql) {
    const Desk desk(kind);
    fill(*desk.store);
    CHECK(ok(desk.store->check()).empty());
    tamper(desk, sql);
    return ok(desk.store->check());
}

}  // namespace

TEST_CASE("the audit is asked by case, object, actor and kind, newest first") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        AuditQuery query;
        CHECK(ok(reader->audit(query)).size() == 6);
        query.limit = 2;
        CHECK(ok(reader->audit(query)).front().seq == 6);
        query.before_seq = 5;
        CHECK(ok(reader->audit(query)).front().seq == 4);
        query = {};
        query.case_id = id_numbered('C', 1);
        CHECK(ok(reader->audit(query)).size() == 3);
        query.object = id_numbered('N', 1);
        CHECK(ok(reader->audit(query)).size() == 2);
        query = {};
        query.actor = id_numbered('U', 2);
        CHECK(ok(reader->audit(query)).size() == 2);
        query.kinds = {"user", "session"};
        const std::vector<AuditEvent> logins = ok(reader->audit(query));
        REQUIRE(logins.size() == 1);
        AuditEvent told = a_login(2);
        CHECK(logins[0].reason == told.reason);
        CHECK(logins[0].object == told.object);
        CHECK_FALSE(logins[0].case_id);
    }
}

TEST_CASE("an event's hash is that of its canonical JSON, which holds the hash of the one before") {
    const Desk desk(Kind::sqlite);
    const std::unique_ptr<Writer> writer = ok(desk.store->write());
    ok(writer->append_audit(a_login(1)));
    ok(writer->append_audit(a_login(1)));
    const std::vector<AuditEvent> events = ok(writer->audit({}));
    const std::string json =
        R"({"seq":1,"at":)" + std::to_string(day(1).ticks) +
        R"(,"actor":"000000002N0000000000000001","via":"ui","address":"192.0.2.7","action":"logged_in",)"
        R"("object_kind":"user","object":"000000002N0000000000000001","case_id":null,"before":"","after":"",)"
        R"("reason":"理由 \"引用\"","request_id":"r7","previous":""})";
    CHECK(canonical_json(events[1]) == json);
    CHECK(events[1].hash == sha256_hex(json));
    CHECK(events[0].previous == events[1].hash);
}

TEST_CASE("one changed character anywhere in the audit is found") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        fill(*desk.store);
        const auto set = [&desk](std::string_view column, std::string_view value) {
            tamper(desk, fmt::format(R"(UPDATE "audit_event" SET "{}" = {} WHERE "seq" = 3)",
                                     column, value));
        };
        for (const std::string_view column : {"via", "address", "reason", "request_id", "before",
                                              "after", "previous", "hash", "object_kind"}) {
            INFO(column);
            set(column, fmt::format(R"("{}" || 'a')", column));
            CHECK_FALSE(ok(desk.store->check()).empty());
            set(column, fmt::format(R"(SUBSTR("{0}", 1, LENGTH("{0}") - 1))", column));
            CHECK(ok(desk.store->check()).empty());
        }
        set("at", R"("at" + 1)");
        CHECK_FALSE(ok(desk.store->check()).empty());
        set("at", R"("at" - 1)");
        set("case_id", "NULL");
        CHECK_FALSE(ok(desk.store->check()).empty());
    }
}

TEST_CASE("a deleted event is found, the first, one within and the last") {
    ON_EACH_DATABASE(kind) {
        for (const int seq : {1, 3, 6}) {
            INFO(seq);
            CHECK_FALSE(check_after(kind, "DELETE FROM \"audit_event\" WHERE \"seq\" = " +
                                              std::to_string(seq))
                            .empty());
        }
        CHECK_FALSE(check_after(kind, R"(DELETE FROM "audit_event")").empty());
    }
}

TEST_CASE("a row changed or deleted past the desk is found, and so is a kept version") {
    ON_EACH_DATABASE(kind) {
        const std::string note = to_text(id_numbered('N', 1)),
                          second = to_text(id_numbered('C', 2));
        using Lines = std::vector<std::string>;
        const Lines changed = {"note " + note + " is not what its versions and the audit say"};
        CHECK(check_after(kind, R"(UPDATE "note" SET "body" = 'x')") == changed);
        CHECK(check_after(
                  kind, R"(DELETE FROM "row_version" WHERE "entity" = 'note' AND "version" = 1)") ==
              changed);
        CHECK(
            check_after(
                kind,
                R"(UPDATE "row_version" SET "json" = REPLACE("json", '別', '別別') WHERE "entity" = 'note')") ==
            changed);
        CHECK(check_after(kind, R"(DELETE FROM "note")") ==
              Lines{"note " + note + " is lost, its versions are there"});
        CHECK(check_after(kind, R"(UPDATE "case" SET "deleted_at" = NULL)") ==
              Lines{"case " + second + " is not what its versions and the audit say"});
    }
}
