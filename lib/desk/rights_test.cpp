// Every act × every role × own, other, hidden and deleted: what the table says is what the desk does.

#include <functional>
#include <set>

#include "test_desk.h"

namespace konseki::desk {
namespace {

using casebook::Entity;
using casebook::Role;
using casebook::Row;

constexpr std::size_t role_count = casebook::role_codes.size();

/// A case with one thing of each kind in it.
struct Stage {
    Row case_, consultation, note, rescue, task, visit, link;
};

Stage make_stage(TestDesk& test, const Actor& lead, Ulid linked_case) {
    Stage stage;
    stage.consultation = test.consultation(lead);
    Tied tied = done(test.desk().give_case(lead, seen(stage.consultation), {"件名", {}}));
    stage.consultation = tied.consultation;
    stage.case_ = tied.case_;
    const std::string id = to_text(stage.case_.header.id);
    stage.note = test.note(lead, stage.case_.header.id);
    stage.rescue = test.rescue(lead, stage.case_.header.id);
    stage.rescue = done(
        test.desk().move_rescue(lead, seen(stage.rescue), {casebook::RescueState::active, "", {}}));
    stage.visit = done(test.desk().create(
        lead, Entity::visit, {{"case_id", {id}}, {"planned_for", {test.now().ticks}}}));
    stage.task = done(test.desk().create(lead, Entity::task,
                                         {{"case_id", {id}}, {"title", {std::string("作業")}}}));
    stage.link = done(test.desk().create(lead, Entity::case_link,
                                         {{"case_id", {id}},
                                          {"other_case_id", {to_text(linked_case)}},
                                          {"kind", {std::string("related")}},
                                          {"reason", {std::string("同じ")}}}));
    return stage;
}

/// An act on a stage, made so that it changes nothing where it is allowed: its version is one that never was, so that
/// it is refused as stale; or it reads only.
struct Attempt {
    Act act;
    Entity entity;
    std::function<std::string(Desk&, const Actor&, const Stage&)> run;
};

Seen never(const Row& row) { return {row.header.id, 999}; }

std::vector<Attempt> attempts() {
    using enum Entity;
    const auto reading = [](Entity entity, Row Stage::* row) {
        return Attempt{act_of_reading(entity), entity,
                       [entity, row](Desk& desk, const Actor& actor, const Stage& stage) {
                           return code_of_refusal(desk.get(actor, entity, (stage.*row).header.id));
                       }};
    };
    const auto patching = [](Entity entity, Row Stage::* row) {
        return Attempt{act_of_writing(entity), entity,
                       [entity, row](Desk& desk, const Actor& actor, const Stage& stage) {
                           return code_of_refusal(desk.patch(actor, entity, never(stage.*row), {}));
                       }};
    };
    const auto binning = [](Entity entity, Row Stage::* row) {
        return Attempt{Act::bin, entity,
                       [entity, row](Desk& desk, const Actor& actor, const Stage& stage) {
                           return code_of_refusal(desk.bin(actor, entity, never(stage.*row)));
                       }};
    };
    std::vector<Attempt> all;
    const std::vector<std::pair<Entity, Row Stage::*>> rows = {
        {case_, &Stage::case_},   {consultation, &Stage::consultation},
        {note, &Stage::note},     {rescue, &Stage::rescue},
        {visit, &Stage::visit},   {task, &Stage::task},
        {case_link, &Stage::link}};
    for (const auto& [entity, row] : rows) {
        all.push_back(reading(entity, row));
        all.push_back(patching(entity, row));
        all.push_back(binning(entity, row));
    }
    all.push_back(
        {Act::reveal, consultation, [](Desk& desk, const Actor& actor, const Stage& stage) {
             return code_of_refusal(desk.reveal(actor, consultation, stage.consultation.header.id));
         }});
    all.push_back({Act::close_case, case_, [](Desk& desk, const Actor& actor, const Stage& stage) {
                       return code_of_refusal(desk.close_case(
                           actor, never(stage.case_), casebook::EvidenceDecision::keep, "x"));
                   }});
    all.push_back({Act::close_case, case_, [](Desk& desk, const Actor& actor, const Stage& stage) {
                       return code_of_refusal(desk.close_off(actor, never(stage.case_), true, "x"));
                   }});
    all.push_back(
        {Act::link_cases, case_link, [](Desk& desk, const Actor& actor, const Stage& stage) {
             return code_of_refusal(desk.undo_link(actor, never(stage.link), "x"));
         }});
    all.push_back(
        {Act::decide_rescue, rescue, [](Desk& desk, const Actor& actor, const Stage& stage) {
             return code_of_refusal(desk.move_rescue(actor, never(stage.rescue),
                                                     {casebook::RescueState::ended, "x", {}}));
         }});
    all.push_back({Act::visit, visit, [](Desk& desk, const Actor& actor, const Stage& stage) {
                       return code_of_refusal(
                           desk.move_visit(actor, never(stage.visit),
                                           {casebook::VisitState::cancelled, {}, {}, "x"}));
                   }});
    all.push_back({Act::read_audit, case_, [](Desk& desk, const Actor& actor, const Stage& stage) {
                       store::AuditQuery query;
                       query.case_id = stage.case_.header.id;
                       return code_of_refusal(desk.audit(actor, query));
                   }});
    return all;
}

/// What must come of an attempt by somebody with a role that counts at its place, or with none that does.
bool is_as_told(const std::string& code, const Attempt& attempt, Role role, bool role_counts) {
    const bool reads = role_counts && allows(role, act_of_reading(attempt.entity));
    if (!reads) return code == "not_found";
    if (!allows(role, attempt.act)) return code == "forbidden";
    return code.empty() || code == "stale";
}

}  // namespace

TEST_CASE(
    "rights: each act by each role on the desk and on the case, open, closed off and in the bin") {
    TestDesk test;
    Actor lead = test.actor({Role::lead});
    const Row other = test.case_(lead, "ほかの件");
    const Stage open = make_stage(test, lead, other.header.id);
    Stage hidden = make_stage(test, lead, other.header.id);
    hidden.case_ = done(test.desk().close_off(lead, seen(hidden.case_), true, "秘匿"));

    for (std::size_t i = 0; i < role_count; ++i) {
        const Role role = static_cast<Role>(i);
        const bool is_of_desk = is_role_of_desk(role);
        const Actor on_desk = test.actor({role});
        Actor on_cases = test.actor({});
        for (const Ulid one : {open.case_.header.id, hidden.case_.header.id, other.header.id})
            test.grant(on_cases.user, one, role);
        on_cases = test.again(on_cases);
        const Actor nobody = test.actor({});
        for (const Attempt& attempt : attempts()) {
            CAPTURE(casebook::code_of(role));
            CAPTURE(act_codes[static_cast<std::size_t>(attempt.act)]);
            CAPTURE(casebook::info_of(attempt.entity).name);
            const auto run = [&](const Actor& actor, const Stage& stage) {
                return attempt.run(test.desk(), actor, stage);
            };

            CHECK(is_as_told(run(on_desk, open), attempt, role, is_of_desk));
            CHECK(is_as_told(run(on_desk, hidden), attempt, role, false));
            CHECK(is_as_told(run(on_cases, open), attempt, role, true));
            CHECK(is_as_told(run(on_cases, hidden), attempt, role, true));
            CHECK(run(nobody, open) == "not_found");
            CHECK(run(nobody, hidden) == "not_found");
        }
    }
}

TEST_CASE(
    "rights: what lies in the bin is there for those who may take it out, and for nobody else") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row open = test.case_(lead, "件名");
    Row note = test.note(lead, open.header.id);
    note = done(test.desk().bin(lead, Entity::note, seen(note)));

    for (std::size_t i = 0; i < role_count; ++i) {
        const Actor actor = test.actor({static_cast<Role>(i)});
        const bool may_bin =
            is_role_of_desk(static_cast<Role>(i)) && allows(static_cast<Role>(i), Act::bin);
        CAPTURE(casebook::role_codes[i]);
        CHECK(code_of_refusal(test.desk().get(actor, Entity::note, note.header.id)) ==
              (may_bin ? "" : "not_found"));
        CHECK(code_of_refusal(test.desk().versions(actor, Entity::note, note.header.id)) ==
              (may_bin ? "" : "not_found"));
        CHECK(code_of_refusal(test.desk().patch(actor, Entity::note, seen(note), {})) ==
              (may_bin ? "in_bin" : "not_found"));
        CHECK(code_of_refusal(test.desk().restore(actor, Entity::note, {note.header.id, 999})) ==
              (may_bin ? "stale" : "not_found"));
    }
}

TEST_CASE("rights: a list holds exactly what can be opened one by one, and so do changes") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row other = test.case_(lead, "ほかの件");
    Stage open = make_stage(test, lead, other.header.id);
    Stage hidden = make_stage(test, lead, other.header.id);
    hidden.case_ = done(test.desk().close_off(lead, seen(hidden.case_), true, "秘匿"));
    const std::vector<std::pair<Entity, Row Stage::*>> rows = {
        {Entity::case_, &Stage::case_},   {Entity::consultation, &Stage::consultation},
        {Entity::note, &Stage::note},     {Entity::rescue, &Stage::rescue},
        {Entity::visit, &Stage::visit},   {Entity::task, &Stage::task},
        {Entity::case_link, &Stage::link}};

    for (std::size_t i = 0; i < role_count; ++i) {
        const Actor on_desk = test.actor({static_cast<Role>(i)});
        Actor on_hidden = test.actor({});
        test.grant(on_hidden.user, hidden.case_.header.id, static_cast<Role>(i));
        on_hidden = test.again(on_hidden);
        for (const Actor& actor : {on_desk, on_hidden}) {
            std::set<Ulid> changed;
            for (const Row& row : done(test.desk().changes(actor, 0)).rows)
                changed.insert(row.header.id);
            for (const auto& [entity, row] : rows) {
                CAPTURE(casebook::role_codes[i]);
                CAPTURE(casebook::info_of(entity).name);
                std::set<Ulid> listed;
                for (const Row& one :
                     done(test.desk().list(
                              actor, {.entity = entity, .filters = {}, .order = "", .after = ""}))
                         .rows)
                    listed.insert(one.header.id);
                for (const Stage* stage : {&open, &hidden}) {
                    const Ulid id = (stage->*row).header.id;
                    const bool opens = test.desk().get(actor, entity, id).has_value();
                    CHECK(listed.contains(id) == opens);
                    CHECK(changed.contains(id) == opens);
                }
            }
        }
    }
}

TEST_CASE(
    "rights: what belongs to the desk is for roles on the desk; a task without a case also for its "
    "owner") {
    TestDesk test;
    const Actor lead = test.actor({Role::lead});
    const Row organisation = test.organisation(lead, "架空商事");
    const Row open = test.case_(lead, "件名");
    Actor on_case = test.actor({});
    test.grant(on_case.user, open.header.id, Role::lead);
    on_case = test.again(on_case);
    const Row task = done(test.desk().create(
        lead, Entity::task,
        {{"title", {std::string("電話")}}, {"owner_id", {to_text(on_case.user)}}}));

    CHECK(code_of_refusal(test.desk().get(on_case, Entity::organisation, organisation.header.id)) ==
          "not_found");
    CHECK(code_of_refusal(test.desk().create(on_case, Entity::organisation,
                                             {{"name", {std::string("x")}}})) == "forbidden");
    CHECK(code_of_refusal(test.desk().figures(on_case, casebook::Basis::event, {})) == "forbidden");
    CHECK(done(test.desk().get(on_case, Entity::task, task.header.id)).header.id == task.header.id);
    CHECK(done(test.desk().today(on_case)).tasks.size() == 1);
    CHECK(code_of_refusal(test.desk().patch(on_case, Entity::task, seen(task), {})) == "forbidden");
}

TEST_CASE("rights: what was refused is noted for administrators, the same once an hour") {
    TestDesk test;
    const Actor viewer = test.actor({Role::viewer}), other = test.actor({Role::viewer});
    const Actor admin = test.actor({Role::administrator});
    const auto noted = [&](const Actor& who) {
        std::string out;
        store::AuditQuery query;
        query.actor = who.user;
        for (const store::AuditEvent& event : done(test.desk().audit(admin, query)))
            (out += event.reason) += ';';
        return out;
    };
    for (const char* const what : {"POST notes", "POST notes", "GET audit", "POST notes"})
        done(test.desk().note_refused(viewer, what));
    CHECK(noted(viewer) == "GET audit;POST notes;");
    CHECK(noted(other).empty());
    done(test.desk().note_refused(other, "POST notes"));
    CHECK(noted(other) == "POST notes;");
    test.wait_seconds(3600);
    done(test.desk().note_refused(viewer, "POST notes"));
    CHECK(noted(viewer) == "POST notes;GET audit;POST notes;");
}

}  // namespace konseki::desk
