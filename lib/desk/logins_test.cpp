#include "logins.h"

#include "test_desk.h"
#include "totp.h"

namespace konseki::desk {
namespace {

using casebook::Role;

const std::string password = "correct horse battery";
const Caller caller = {"api", "192.0.2.1", "test", "r1"};

/// A first administrator, logged in.
LoggedIn administrator(TestDesk& test) {
    const std::string token = must(test.desk().invite_first());
    return done(test.desk().first_login({token, "admin", "管理者", password}, caller));
}

std::string try_to_log_in(TestDesk& test, const std::string& login, const std::string& with,
                          const std::string& address) {
    const Caller from = {"api", address, "test", "r1"};
    return code_of_refusal(test.desk().log_in({login, with, ""}, from));
}

}  // namespace

TEST_CASE("logins: the first administrator's link works once and for half an hour") {
    TestDesk test;
    CHECK(must(test.desk().has_nobody()));
    const std::string old = must(test.desk().invite_first());
    const std::string token = must(test.desk().invite_first());

    CHECK(code_of_refusal(test.desk().first_login({old, "first", "a", password}, caller)) ==
          "link_refused");
    test.wait_seconds(30 * 60);
    CHECK(code_of_refusal(test.desk().first_login({token, "first", "a", password}, caller)) ==
          "link_refused");
    const LoggedIn in = administrator(test);
    CHECK(may(in.actor, Act::manage_users, Place{}));
    CHECK_FALSE(may(in.actor, Act::read, Place{}));
    CHECK_FALSE(must(test.desk().has_nobody()));
}

TEST_CASE("logins: a link for the first administrator is an administrator's, whoever else waits") {
    TestDesk test;
    const LoggedIn in = administrator(test);
    done(test.desk().make_user(in.actor, {"zz", "後", "ja", {Role::viewer}}));
    done(test.desk().invite_named("admin"));
    REQUIRE(must(test.desk().has_nobody()));

    const LoggedIn again = administrator(test);
    CHECK(again.actor.user == in.actor.user);
    CHECK(may(again.actor, Act::manage_users, Place{}));
}

TEST_CASE(
    "logins: a login ends after half an hour without use, and after twelve hours whatever "
    "happens") {
    TestDesk test;
    const LoggedIn in = administrator(test);

    test.wait_seconds(29 * 60);
    CHECK(test.desk().recognise(in.token, caller));
    test.wait_seconds(29 * 60);
    CHECK(test.desk().recognise(in.token, caller));
    test.wait_seconds(31 * 60);
    CHECK(code_of_refusal(test.desk().recognise(in.token, caller)) == "not_logged_in");

    const LoggedIn again = done(test.desk().log_in({"ADMIN", password, ""}, caller));
    for (int i = 0; i < 24; ++i) {
        CHECK(test.desk().recognise(again.token, caller));
        test.wait_seconds(30 * 60);
    }
    test.wait_seconds(1);
    CHECK(code_of_refusal(test.desk().recognise(again.token, caller)) == "not_logged_in");
    CHECK(code_of_refusal(test.desk().recognise("", caller)) == "not_logged_in");
}

TEST_CASE(
    "logins: after ten failed tries an account waits a quarter of an hour, from wherever they "
    "came") {
    TestDesk test;
    (void)administrator(test);
    int refused = 0;
    for (int i = 0; refused < 10; ++i) {
        REQUIRE(i < 300);
        const std::string code =
            try_to_log_in(test, "admin", "wrong password", "198.51.100." + std::to_string(i));
        if (code == "login_refused") ++refused;
        if (code == "locked") test.wait_seconds(1);
    }

    test.wait_seconds(14 * 60);
    CHECK(try_to_log_in(test, "Admin", password, "192.0.2.9") == "locked");
    test.wait_seconds(61);
    CHECK(try_to_log_in(test, "admin", password, "192.0.2.9") == "");
    CHECK(try_to_log_in(test, "admin", "wrong password", "192.0.2.9") == "login_refused");
    CHECK(try_to_log_in(test, "admin", password, "192.0.2.9") == "");
}

TEST_CASE("logins: an address that tries many names waits, and its right logins do not count") {
    TestDesk test;
    const std::unique_ptr<store::Writer> writer = must(test.store().write());
    const std::string address = tries_of_address("192.0.2.7");
    Time now = test.now();
    const auto begin = [&] { return begin_try(*writer, address, most_tries_of_address, now); };
    for (int i = 0; i < 100; ++i) must(take_back_try(*writer, address, done(begin())));
    for (int i = 0; i < 33; ++i) CHECK(done(begin()) == i + 1);
    std::int64_t waited = 0;
    for (int failed = 33; failed < 40;) {
        if (begin()) {
            ++failed;
        } else {
            ++waited;
            now.ticks += Time::per_second;
        }
    }
    CHECK(waited > 100);  // 2 + 4 + … + 64 seconds
    now.ticks += 14 * 60 * Time::per_second;
    CHECK(code_of_refusal(begin()) == "locked");
    now.ticks += 61 * Time::per_second;
    CHECK(begin());
    CHECK(begin_try(*writer, tries_of_address("192.0.2.8"), most_tries_of_address, now));
}

TEST_CASE("logins: the right password does not reset the count of wrong codes") {
    TestDesk test;
    LoggedIn in = administrator(test);
    const TotpSetup setup = done(test.desk().begin_totp(in.actor));
    // The secret is what the test's random numbers gave last before the nonce.
    const std::unique_ptr<store::Reader> reader = must(test.store().read());
    const store::User user = *must(reader->user(in.actor.user));
    const std::string secret =
        must(unseal(user.recovery_codes.substr(6), SealKey{}, to_text(user.id)));
    CHECK(to_base32(as_bytes(secret)) == setup.secret);
    done(test.desk().confirm_totp(in.actor, totp_code(as_bytes(secret), totp_step(test.now()))));

    int wrong = 0;
    std::string code;
    for (int i = 0; i < 200 && wrong < 10; ++i) {
        CHECK_FALSE(test.desk().log_in({"admin", password, ""}, caller));
        code = code_of_refusal(test.desk().log_in({"admin", password, "not a code"}, caller));
        if (code == "code_refused") ++wrong;
        test.wait_seconds(1);
    }
    CHECK(wrong == 10);
    test.wait_seconds(10 * 60);
    CHECK(code_of_refusal(test.desk().log_in(
              {"admin", password, totp_code(as_bytes(secret), totp_step(test.now()))}, caller)) ==
          "locked");
}

TEST_CASE("logins: managing users asks for the password again after ten minutes") {
    TestDesk test;
    const LoggedIn in = administrator(test);
    test.wait_seconds(10 * 60 + 1);
    const NewUser request = {"suzuki", "鈴木", "ja", {Role::lead}};

    CHECK(code_of_refusal(test.desk().make_user(in.actor, request)) == "login_again");
    done(test.desk().authenticate(in.actor, {"", password, ""}));
    const Actor fresh = done(test.desk().recognise(in.token, caller));
    const Invited invited = done(test.desk().make_user(fresh, request));
    const LoggedIn officer =
        done(test.desk().first_login({invited.token, "suzuki", "鈴木", password}, caller));
    CHECK(may(officer.actor, Act::close_case, Place{}));
}

TEST_CASE(
    "logins: strangers who try a name keep nobody from work who is logged in; own tries count") {
    TestDesk test;
    const LoggedIn in = administrator(test);
    for (int i = 0; i < 12; ++i) try_to_log_in(test, "admin", "wrong", "192.0.2.66");
    CHECK(try_to_log_in(test, "admin", password, "192.0.2.1") == "locked");
    done(test.desk().authenticate(in.actor, {"", password, ""}));
    done(test.desk().change_password(in.actor, password, "another battery staple"));

    std::string last;
    for (int i = 0; i < 12; ++i)
        last = code_of_refusal(test.desk().authenticate(in.actor, {"", "wrong", ""}));
    CHECK(last == "locked");
}

TEST_CASE("logins: a reset voids password and logins, and the last administrator stays") {
    TestDesk test;
    const LoggedIn admin = administrator(test);
    const Invited invited =
        done(test.desk().make_user(admin.actor, {"suzuki", "鈴木", "ja", {Role::viewer}}));
    const LoggedIn officer =
        done(test.desk().first_login({invited.token, "suzuki", "鈴木", password}, caller));

    const Invited again = done(test.desk().reset_user(admin.actor, officer.actor.user));
    CHECK(code_of_refusal(test.desk().recognise(officer.token, caller)) == "not_logged_in");
    CHECK(try_to_log_in(test, "suzuki", password, "192.0.2.1") == "login_refused");
    CHECK(test.desk().first_login({again.token, "suzuki", "鈴木", password}, caller));
    CHECK(code_of_refusal(test.desk().reset_user(admin.actor, admin.actor.user)) ==
          "last_administrator");
    CHECK(code_of_refusal(test.desk().set_roles(admin.actor, admin.actor.user, {Role::lead})) ==
          "last_administrator");
    CHECK(must(test.store().check()).empty());
}

}  // namespace konseki::desk
