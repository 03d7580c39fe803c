#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

Session a_session(std::uint32_t number, std::uint32_t user) {
    Session out;
    out.id = id_numbered('S', number);
    out.user = id_numbered('U', user);
    out.token_hash[0] = static_cast<std::byte>(number);
    out.token_hash[31] = std::byte{0xAB};
    out.created_at = out.seen_at = out.authenticated_at = day(1);
    out.address = "2001:db8::1";
    out.agent = "ブラウザ";
    return out;
}

/// What a write leaves for the next reader.
template <class Body>
void write(Store& store, const Body& body) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    body(*writer);
    ok(writer->commit());
}

}  // namespace

TEST_CASE("a user is found by id and by login whatever its case, and comes back whole") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        User user = a_user(1, "Ｔaro.Straße");
        user.password = "$argon2id$v=19$m=47104,t=2,p=1$c2FsdA$aGFzaA";
        user.totp_secret = "sealed";
        user.totp_last_step = 51'801'480;
        user.recovery_codes = "a b";
        user.first_login = "hash";
        user.first_login_until = day(2);
        user.is_disabled = true;
        put(*desk.store, user);
        put(*desk.store, a_user(2, "hanako"));
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        const std::optional<User> found = ok(reader->user(user.id));
        REQUIRE(found);
        CHECK(found->login == user.login);
        CHECK(found->password == user.password);
        CHECK(found->totp_secret == user.totp_secret);
        CHECK(found->totp_last_step == user.totp_last_step);
        CHECK(found->recovery_codes == user.recovery_codes);
        CHECK(found->first_login == user.first_login);
        CHECK(found->first_login_until == user.first_login_until);
        CHECK(found->is_disabled);
        CHECK(found->created_at == user.created_at);
        CHECK(ok(reader->user_named("HANAKO")).value().id == id_numbered('U', 2));
        CHECK_FALSE(ok(reader->user_named("hanako ")));
        CHECK_FALSE(ok(reader->user_named("%")));
        CHECK_FALSE(ok(reader->user(id_numbered('U', 3))));
        CHECK(ok(reader->users()).size() == 2);
    }
}

TEST_CASE("two people cannot have one login, not even in other letters") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        put(*desk.store, a_user(1, "taro"));
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        CHECK(error_kind(writer->put_user(a_user(2, "TARO"))) == ErrorKind::bad_value);
    }
}

TEST_CASE("a user is changed by their id") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        User user = a_user(1, "taro");
        put(*desk.store, user);
        user.login = "jiro";
        user.is_disabled = true;
        put(*desk.store, user);
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        CHECK_FALSE(ok(reader->user_named("taro")));
        CHECK(ok(reader->user_named("jiro")).value().is_disabled);
    }
}

TEST_CASE("grants stand once, on a case or on the whole desk, and are taken back one by one") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        put(*desk.store, a_user(1, "taro"));
        const Ulid user = id_numbered('U', 1), case_id = id_numbered('C', 1);
        const Grant on_desk{user, std::nullopt, Role::lead, user, day(1)};
        const Grant on_case{user, case_id, Role::lead, user, day(2)};
        write(*desk.store, [&](Writer& writer) {
            for (const Grant& grant : {on_desk, on_case, on_case}) ok(writer.put_grant(grant));
        });
        const std::vector<Grant> all = ok(ok(desk.store->read())->grants_of(user));
        REQUIRE(all.size() == 2);
        CHECK_FALSE(all[0].case_id);
        CHECK(all[1].case_id == case_id);
        CHECK(all[1].role == Role::lead);
        CHECK(all[1].at == day(2));
        CHECK(ok(ok(desk.store->read())->grants_on(case_id)).size() == 1);
        write(*desk.store, [&](Writer& writer) { ok(writer.remove_grant(on_desk)); });
        CHECK(ok(ok(desk.store->read())->grants_of(user)).size() == 1);
    }
}

TEST_CASE("a session is found by the hash of its token until it is ended") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        put(*desk.store, a_user(1, "taro"));
        Session session = a_session(1, 1);
        write(*desk.store, [&](Writer& writer) {
            ok(writer.put_session(session));
            ok(writer.put_session(a_session(2, 1)));
            session.seen_at = day(5);
            ok(writer.put_session(session));
        });
        const std::optional<Session> found =
            ok(ok(desk.store->read())->session(session.token_hash));
        REQUIRE(found);
        CHECK(found->id == session.id);
        CHECK(found->user == session.user);
        CHECK(found->token_hash == session.token_hash);
        CHECK(found->seen_at == day(5));
        CHECK(found->created_at == day(1));
        CHECK(found->agent == session.agent);
        CHECK(ok(ok(desk.store->read())->sessions_of(session.user)).size() == 2);
        write(*desk.store, [&](Writer& writer) { ok(writer.end_session(session.id)); });
        CHECK_FALSE(ok(ok(desk.store->read())->session(session.token_hash)));
        CHECK(ok(ok(desk.store->read())->sessions_of(session.user)).size() == 1);
    }
}

TEST_CASE("failed tries are counted by whom, and gone once they are put back to none") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        CHECK(ok(ok(desk.store->read())->tries("taro")).failed == 0);
        write(*desk.store,
              [](Writer& writer) { ok(writer.put_tries("taro", {3, day(1), day(2)})); });
        const Tries tries = ok(ok(desk.store->read())->tries("taro"));
        CHECK(tries.failed == 3);
        CHECK(tries.last == day(1));
        CHECK(tries.locked_until == day(2));
        CHECK(ok(ok(desk.store->read())->tries("192.0.2.1")).failed == 0);
        write(*desk.store, [](Writer& writer) { ok(writer.put_tries("taro", {})); });
        CHECK(ok(ok(desk.store->read())->tries("taro")).failed == 0);
    }
}
