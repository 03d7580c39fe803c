#include "idempotency.h"

#include <doctest/doctest.h>

namespace konseki::server {
namespace {

Sha256 hash(std::string_view text) { return sha256(as_bytes(text)); }
Response made(std::string body) { return {201, "application/json", std::move(body)}; }

}  // namespace

TEST_CASE("idempotency: the same request again gets the answer of the first, another one none") {
    Idempotency kept;
    const Time now = Time::from_unix_seconds(1'000'000);
    CHECK(kept.begin("u k", hash("a"), now).found == Idempotency::Found::nothing);
    CHECK(kept.begin("u k", hash("a"), now).found == Idempotency::Found::running);
    kept.end("u k", made("first"));

    const Idempotency::Begun again = kept.begin("u k", hash("a"), now);
    CHECK(again.found == Idempotency::Found::answer);
    CHECK(again.answer.body == "first");
    CHECK(kept.begin("u k", hash("b"), now).found == Idempotency::Found::other_request);
    CHECK(kept.begin("v k", hash("a"), now).found == Idempotency::Found::nothing);
}

TEST_CASE("idempotency: what was refused may be tried again; an answer is kept for an hour") {
    Idempotency kept;
    const Time now = Time::from_unix_seconds(1'000'000);
    kept.begin("u k", hash("a"), now);
    kept.forget("u k");
    CHECK(kept.begin("u k", hash("a"), now).found == Idempotency::Found::nothing);
    kept.end("u k", made("first"));

    const Time in_an_hour{now.ticks + Time::per_hour};
    CHECK(kept.begin("u k", hash("a"), in_an_hour).found == Idempotency::Found::answer);
    const Time later{in_an_hour.ticks + 1};
    CHECK(kept.begin("u k", hash("a"), later).found == Idempotency::Found::nothing);
}

TEST_CASE("idempotency: long answers take no more memory than short ones") {
    Idempotency kept;
    const Time now = Time::from_unix_seconds(1'000'000);
    for (int i = 0; i < 40; ++i) {
        const std::string key = "u " + std::to_string(i);
        kept.begin(key, hash("a"), now);
        kept.end(key, made(std::string(1 << 20, 'x')));
    }

    CHECK(kept.begin("u 39", hash("a"), now).found == Idempotency::Found::answer);
    CHECK(kept.begin("u 1", hash("a"), now).found == Idempotency::Found::nothing);
}

TEST_CASE("idempotency: of more than a thousand the oldest go") {
    Idempotency kept;
    const Time now = Time::from_unix_seconds(1'000'000);
    for (int i = 0; i < 1'500; ++i) {
        const std::string key = "u " + std::to_string(i);
        kept.begin(key, hash("a"), now);
        kept.end(key, made("x"));
    }

    CHECK(kept.begin("u 1499", hash("a"), now).found == Idempotency::Found::answer);
    CHECK(kept.begin("u 499", hash("a"), now).found == Idempotency::Found::nothing);
}

}  // namespace konseki::server
