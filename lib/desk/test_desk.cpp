#include "test_desk.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace konseki::desk {

using casebook::Entity;
using casebook::Row;

TestDesk::TestDesk() {
    std::string pattern = (std::filesystem::temp_directory_path() / "konseki-desk-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    now_ = must(parse_time("2019-05-10T09:00:00+09:00", Zone{}));
    store_ = must(store::Store::open({folder_, ""}, now_));
    const Surroundings around = {
        [this] { return now_; },
        [this](std::span<std::byte> bytes) {
            for (std::byte& byte : bytes) byte = {};
            ++counter_;
            for (std::size_t i = 0; i < sizeof counter_ && i < bytes.size(); ++i)
                bytes[bytes.size() - 1 - i] = static_cast<std::byte>(counter_ >> (8 * i));
        }};
    desk_ = std::make_unique<Desk>(*store_, around, SealKey{});
}

TestDesk::~TestDesk() {
    desk_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Ulid TestDesk::new_id() {
    std::array<std::uint8_t, 10> random = {};
    ++counter_;
    for (std::size_t i = 0; i < sizeof counter_; ++i)
        random[9 - i] = static_cast<std::uint8_t>(counter_ >> (8 * i));
    return make_ulid(now_, random);
}

Actor TestDesk::actor(const std::vector<casebook::Role>& roles) {
    const std::unique_ptr<store::Writer> writer = must(store_->write());
    store::User user;
    user.id = new_id();
    user.login = "u" + to_text(user.id);
    user.display_name = user.login;
    user.password = "not empty";
    user.created_at = now_;
    must(writer->put_user(user));
    for (const casebook::Role role : roles)
        must(writer->put_grant({user.id, {}, role, user.id, now_}));
    must(writer->commit());
    Actor out;
    out.user = user.id;
    out.login = user.login;
    return again(out);
}

Actor TestDesk::again(const Actor& actor) {
    const std::unique_ptr<store::Reader> reader = must(store_->read());
    Actor out = actor;
    out.grants = must(reader->grants_of(actor.user));
    out.authenticated_at = now_;
    out.via = "api";
    return out;
}

void TestDesk::grant(Ulid user, Ulid case_id, casebook::Role role) {
    const std::unique_ptr<store::Writer> writer = must(store_->write());
    must(writer->put_grant({user, case_id, role, user, now_}));
    must(writer->commit());
}

Row TestDesk::organisation(const Actor& actor, const std::string& name) {
    return done(desk_->create(actor, Entity::organisation, {{"name", {name}}}));
}

Row TestDesk::consultation(const Actor& actor) {
    Intake intake;
    intake.consultation = {{"received_at", {now_.ticks}}};
    intake.contact = Edits{{"name", {std::string("山田")}}};
    intake.channels = {
        {{"kind", {std::string("phone")}}, {"value", {std::string("03-0000-0000")}}}};
    return done(desk_->take_in(actor, intake)).consultation;
}

Row TestDesk::case_(const Actor& actor, const std::string& title) {
    return done(desk_->create(actor, Entity::case_, {{"title", {title}}}));
}

Row TestDesk::note(const Actor& actor, Ulid case_id) {
    return done(
        desk_->create(actor, Entity::note,
                      {{"case_id", {to_text(case_id)}}, {"body", {std::string("覚え書き")}}}));
}

Row TestDesk::rescue(const Actor& actor, Ulid case_id) {
    return done(desk_->create(actor, Entity::rescue,
                              {{"case_id", {to_text(case_id)}},
                               {"reason", {std::string("harm_by_delay")}},
                               {"decided_by", {std::string("班長")}},
                               {"decided_at", {now_.ticks}}}));
}

}  // namespace konseki::desk
