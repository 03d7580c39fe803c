#include "totp.h"

#include <doctest/doctest.h>

#include "password.h"

namespace konseki::desk {
namespace {

constexpr std::string_view rfc_secret = "12345678901234567890";

Time at(std::int64_t seconds) { return Time::from_unix_seconds(seconds); }

}  // namespace

TEST_CASE("totp: the codes of RFC 6238 appendix B, of which telephones show the last six digits") {
    const auto code = [](std::int64_t seconds) {
        return totp_code(as_bytes(rfc_secret), totp_step(at(seconds)));
    };

    CHECK(code(59) == "287082");
    CHECK(code(1111111109) == "081804");
    CHECK(code(1111111111) == "050471");
    CHECK(code(1234567890) == "005924");
    CHECK(code(2000000000) == "279037");
    CHECK(code(20000000000) == "353130");
}

TEST_CASE("totp: a code is taken half a minute early or late, and once only") {
    const Bytes secret = as_bytes(rfc_secret);
    const std::string code = totp_code(secret, 1'000);

    CHECK(matching_step(secret, code, at(1'000 * 30), 0) == 1'000);
    CHECK(matching_step(secret, code, at(999 * 30), 0) == 1'000);
    CHECK(matching_step(secret, code, at(1'001 * 30 + 29), 0) == 1'000);
    CHECK_FALSE(matching_step(secret, code, at(1'002 * 30), 0));
    CHECK_FALSE(matching_step(secret, code, at(998 * 30 - 1), 0));
    CHECK_FALSE(matching_step(secret, code, at(1'000 * 30), 1'000));
    CHECK_FALSE(matching_step(secret, "", at(1'000 * 30), 0));
}

TEST_CASE("base32: the vectors of RFC 4648 section 10, without padding") {
    CHECK(to_base32(as_bytes("")) == "");
    CHECK(to_base32(as_bytes("f")) == "MY");
    CHECK(to_base32(as_bytes("fo")) == "MZXQ");
    CHECK(to_base32(as_bytes("foo")) == "MZXW6");
    CHECK(to_base32(as_bytes("foob")) == "MZXW6YQ");
    CHECK(to_base32(as_bytes("foobar")) == "MZXW6YTBOI");
}

TEST_CASE("seal: only the same key and the same purpose open it, and no byte can be changed") {
    SealKey key = {}, other = {};
    other[0] = std::byte{1};
    const std::string nonce(12, 'n');
    const std::string sealed = *seal("secret", key, "user 1", nonce);

    CHECK(unseal(sealed, key, "user 1").value_or("") == "secret");
    CHECK_FALSE(unseal(sealed, other, "user 1"));
    CHECK_FALSE(unseal(sealed, key, "user 2"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == '0' ? '1' : '0';
        CHECK_FALSE(unseal(changed, key, "user 1"));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        CHECK_FALSE(unseal(sealed.substr(0, size), key, "user 1"));
}

TEST_CASE("password: at least twelve characters of any script, without the login in it") {
    CHECK(fault_of_password("elevenchars", "suzuki") == "too_short");
    CHECK_FALSE(fault_of_password("twelve chars", "suzuki"));
    CHECK_FALSE(fault_of_password("いろはにほへとちりぬるを", "suzuki"));
    CHECK(fault_of_password("いろはにほへとちりぬる", "suzuki") == "too_short");
    CHECK(fault_of_password("my SUZUKI password", "suzuki") == "holds_login");
    CHECK(fault_of_password(std::string(257, 'a'), "suzuki") == "too_long");
    CHECK(fault_of_password(std::string("nul \0 in the middle", 19), "suzuki") == "not_text");
}

TEST_CASE("password: hashed as Argon2id with the parameters that were decided") {
    PasswordWorker worker;
    const PasswordWorker::Place place = *worker.wait();
    const std::string encoded = *place.hash("correct horse", as_bytes("0123456789abcdef"));

    CHECK(encoded.starts_with("$argon2id$v=19$m=47104,t=2,p=1$"));
    CHECK(place.is_right(encoded, "correct horse"));
    CHECK_FALSE(place.is_right(encoded, "correct hors"));
    CHECK_FALSE(place.is_right("", "correct horse"));
}

}  // namespace konseki::desk
