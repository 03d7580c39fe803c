#include "test_desk.h"

namespace konseki::desk {
namespace {

using casebook::AuditAction;
using casebook::Entity;
using casebook::Role;
using casebook::Row;

Row contact(TestDesk& test, const Actor& actor, const std::string& name, const std::string& kana,
            const std::optional<Row>& organisation) {
    Edits edits = {{"name", {name}}, {"name_kana", {kana}}};
    if (organisation) edits.push_back({"organisation_id", {to_text(organisation->header.id)}});
    return done(test.desk().create(actor, Entity::contact, edits));
}

Row channel(TestDesk& test, const Actor& actor, const Row& contact, const std::string& kind,
            const std::string& value) {
    return done(test.desk().create(
        actor, Entity::channel,
        {{"contact_id", {to_text(contact.header.id)}}, {"kind", {kind}}, {"value", {value}}}));
}

/// Ids and by what they matched, each in turn.
std::string told(const KnownPeople& found) {
    std::string out;
    for (const Known& known : found.items) {
        const Row& row = known.contact ? *known.contact : *known.organisation;
        (((out += to_text(row.header.id)) += ' ') += known.matched) += '\n';
    }
    return out;
}

std::size_t times_noted(TestDesk& test, const Actor& actor, const Row& contact) {
    store::AuditQuery query;
    query.object = contact.header.id;
    query.actor = actor.user;
    std::size_t count = 0;
    for (const store::AuditEvent& event : must(must(test.store().read())->audit(query)))
        if (event.action == AuditAction::revealed && event.reason == "looked_up") ++count;
    return count;
}

}  // namespace

TEST_CASE(
    "people: who calls is found by name, reading, number and address, with where they belong") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row university = test.organisation(lead, "港湾工科大学");
    const Row one = contact(test, lead, "架空 太郎", "カクウ タロウ", university);
    channel(test, lead, one, "phone", "03-0000-1234");
    channel(test, lead, one, "mail", "taro@example.jp");
    const auto by = [&](std::string_view part) {
        return told(done(test.desk().find_people(lead, part)));
    };
    const std::string id = to_text(one.header.id);
    CHECK(by("架空太") == id + " name\n");
    CHECK(by("かくう") == id + " name_kana\n");
    CHECK(by("00001234") == id + " phone\n");
    CHECK(by("taro@") == id + " mail\n");
    CHECK(by("工科大") == to_text(university.header.id) + " name\n");
    CHECK(by("居ない").empty());
    const KnownPeople found = done(test.desk().find_people(lead, "架空"));
    REQUIRE(found.items.size() == 1);
    CHECK_FALSE(found.has_more);
    REQUIRE(found.items[0].organisation);
    CHECK(found.items[0].organisation->header.id == university.header.id);
}

TEST_CASE(
    "people: only who may reveal contact data looks up, and the audit names whose name was shown") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row one = contact(test, lead, "架空 太郎", "", {});
    const Row two = contact(test, lead, "模擬 花子", "", {});
    for (const Role role : {Role::viewer, Role::approver, Role::administrator})
        CHECK(code_of_refusal(test.desk().find_people(test.actor({role}), "架空")) == "forbidden");
    Actor officer = test.actor({Role::contributor});
    for (const std::string_view typed : {"架", "架空", "架空太郎", "居ない"})
        done(test.desk().find_people(officer, typed));
    CHECK(times_noted(test, officer, one) == 1);
    CHECK(times_noted(test, officer, two) == 0);
    CHECK(times_noted(test, lead, one) == 0);
    test.wait_seconds(3600);
    officer.authenticated_at = test.now();
    done(test.desk().find_people(officer, "架空"));
    CHECK(times_noted(test, officer, one) == 2);
}

TEST_CASE("people: what lies in the bin is not found, nor a contact by the channels that it left") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row one = contact(test, lead, "架空 太郎", "", {});
    channel(test, lead, one, "phone", "03-0000-1234");
    done(test.desk().bin(lead, Entity::contact, seen(one)));
    CHECK(told(done(test.desk().find_people(lead, "架空"))).empty());
    CHECK(told(done(test.desk().find_people(lead, "00001234"))).empty());
}

TEST_CASE(
    "people: no more than a glance takes is shown, each once, and that there are more is said") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row one = contact(test, lead, "架空", "かくう", {});
    for (const char* const number : {"03-0000-1230", "03-0000-1231", "03-0000-1232"})
        channel(test, lead, one, "phone", number);
    CHECK(done(test.desk().find_people(lead, "0000123")).items.size() == 1);
    for (int i = 0; i < 7; ++i) contact(test, lead, "架空" + std::to_string(i), "", {});
    CHECK_FALSE(done(test.desk().find_people(lead, "架空")).has_more);
    contact(test, lead, "架空8", "", {});
    const KnownPeople found = done(test.desk().find_people(lead, "架空"));
    CHECK(found.items.size() == 8);
    CHECK(found.has_more);
}

TEST_CASE(
    "people: a consultation of a known contact is theirs, with the new number that they told") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row one = contact(test, lead, "架空", "", {});
    Intake intake;
    intake.consultation = {{"received_at", {test.now().ticks}},
                           {"contact_id", {to_text(one.header.id)}}};
    CHECK(code_of_refusal(test.desk().take_in(lead, intake)) ==
          "invalid_fields");  // no way to them
    intake.channels = {
        {{"kind", {std::string("phone")}}, {"value", {std::string("090-0000-0000")}}}};
    const TakenIn taken = done(test.desk().take_in(lead, intake));
    CHECK_FALSE(taken.contact);
    REQUIRE(taken.channels.size() == 1);
    CHECK(casebook::id_of(taken.channels[0], "contact_id") == one.header.id);
    CHECK(casebook::id_of(taken.consultation, "contact_id") == one.header.id);
    intake.channels.clear();
    done(test.desk().take_in(lead, intake));
    intake.contact = Edits{};
    CHECK(code_of_refusal(test.desk().take_in(lead, intake)) == "invalid_fields");
    intake.contact.reset();
    intake.consultation[1].value.plain = to_text(lead.user);
    CHECK(code_of_refusal(test.desk().take_in(lead, intake)) == "invalid_fields");
}

}  // namespace konseki::desk
