#include "konseki/casebook/entities.h"

#include <array>
#include <type_traits>

#include "convert.h"

namespace konseki::casebook {
namespace {

template <class T>
EntityInfo describe(std::string_view name, std::string_view plural) {
    EntityInfo out{T::entity, name, plural, {}};
    const auto visit = [&out]<class Member>(std::string_view field, const Member&,
                                            const Mark& mark) {
        FieldInfo& info = out.fields.emplace_back();
        info.name = field;
        info.mark = mark;
        describe_type<Member>(info);
    };
    const T thing = {};
    T::fields(thing, visit);
    return out;
}

template <class T>
Row made_new() {
    Row row = to_row(T{});
    const EntityInfo& info = info_of(T::entity);
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (info.fields[i].mark.required) row.values[i] = {};
    return row;
}

/// In the order of Entity.
const std::array<EntityInfo, entity_count>& all_entities() {
    static const std::array<EntityInfo, entity_count> all = {
        describe<Organisation>("organisation", "organisations"),
        describe<Contact>("contact", "contacts"),
        describe<Channel>("channel", "channels"),
        describe<Consultation>("consultation", "consultations"),
        describe<Case>("case", "cases"),
        describe<Rescue>("rescue", "rescues"),
        describe<Visit>("visit", "visits"),
        describe<CaseLink>("case_link", "case-links"),
        describe<Note>("note", "notes"),
        describe<Task>("task", "tasks"),
    };
    return all;
}

}  // namespace

const EntityInfo& info_of(Entity entity) {
    return all_entities()[static_cast<std::size_t>(entity)];
}

std::optional<Entity> entity_in_path(std::string_view plural) {
    for (const EntityInfo& info : all_entities())
        if (info.plural == plural) return info.entity;
    return std::nullopt;
}

Row new_row(Entity entity) {
    switch (entity) {
        case Entity::organisation: return made_new<Organisation>();
        case Entity::contact: return made_new<Contact>();
        case Entity::channel: return made_new<Channel>();
        case Entity::consultation: return made_new<Consultation>();
        case Entity::case_: return made_new<Case>();
        case Entity::rescue: return made_new<Rescue>();
        case Entity::visit: return made_new<Visit>();
        case Entity::case_link: return made_new<CaseLink>();
        case Entity::note: return made_new<Note>();
        case Entity::task: return made_new<Task>();
    }
    broken_invariant("an entity is one of those named");
}

template <class T>
Row to_row(const T& thing) {
    Row row{T::entity, thing.header, {}};
    const auto visit = [&row]<class Member>(std::string_view, const Member& member, const Mark&) {
        row.values.push_back(value_from(member));
    };
    T::fields(thing, visit);
    return row;
}

template <class T>
T from_row(const Row& row) {
    require(row.entity == T::entity && row.values.size() == info_of(row.entity).fields.size(),
            "a row is read as what it is");
    T thing = {};
    thing.header = row.header;
    std::size_t at = 0;
    const auto visit = [&row, &at]<class Member>(std::string_view, Member& member, const Mark&) {
        assign_value(member, row.values[at++]);
    };
    T::fields(thing, visit);
    return thing;
}

#define KONSEKI_BOTH_FORMS(T)         \
    template Row to_row<T>(const T&); \
    template T from_row<T>(const Row&);
KONSEKI_BOTH_FORMS(Organisation)
KONSEKI_BOTH_FORMS(Contact)
KONSEKI_BOTH_FORMS(Channel)
KONSEKI_BOTH_FORMS(Consultation)
KONSEKI_BOTH_FORMS(Case)
KONSEKI_BOTH_FORMS(Rescue)
KONSEKI_BOTH_FORMS(Visit)
KONSEKI_BOTH_FORMS(CaseLink)
KONSEKI_BOTH_FORMS(Note)
KONSEKI_BOTH_FORMS(Task)
#undef KONSEKI_BOTH_FORMS

}  // namespace konseki::casebook
