// Who is calling: contacts and organisations by a part of what was heard.

#include <algorithm>

#include "inside.h"

namespace konseki::desk {

using casebook::AuditAction;
using casebook::Entity;
using casebook::Row;

namespace {

/// What a person looks through while somebody waits on the phone; more than that, and more is to be written.
constexpr std::size_t most_known = 8;
/// Of each kind: a contact may be found by its name and by several ways to reach it.
constexpr std::size_t most_hits = 5 * most_known;

/// The row where it is outside the bin and may be read.
Result<std::optional<Row>> visible_row(Eyes& eyes, Entity entity, const std::optional<Ulid>& id) {
    if (!id) return std::optional<Row>{};
    const bool is_visible = TRY(eyes.is_visible(entity, *id));
    if (!is_visible) return std::optional<Row>{};
    return eyes.reader().load(entity, *id);
}

std::string matched_by(const store::FoundPerson& hit) {
    if (hit.row.entity != Entity::channel) return std::string(hit.field);
    const casebook::Plain& kind = casebook::value_of(hit.row, "kind").plain;
    const std::string* const code = std::get_if<std::string>(&kind);
    return code ? *code : std::string();
}

/// Nothing where a channel leads to a contact that is not there any more.
Result<std::optional<Known>> known_from(Eyes& eyes, const store::FoundPerson& hit) {
    Known known;
    known.matched = matched_by(hit);
    if (hit.row.entity == Entity::organisation) {
        known.organisation = hit.row;
        return std::optional(std::move(known));
    }
    const bool is_contact = hit.row.entity == Entity::contact;
    known.contact =
        is_contact
            ? hit.row
            : TRY(visible_row(eyes, Entity::contact, casebook::id_of(hit.row, "contact_id")));
    if (!known.contact) return std::optional<Known>{};
    known.organisation = TRY(visible_row(eyes, Entity::organisation,
                                         casebook::id_of(*known.contact, "organisation_id")));
    return std::optional(std::move(known));
}

Ulid id_of(const Known& known) {
    return known.contact ? known.contact->header.id : known.organisation->header.id;
}

/// Whether the audit says already that this person saw the contact's name, since they last gave their password: who
/// looks up while they type would else fill it with one and the same line.
Result<bool> is_noted(store::Reader& reader, const Actor& actor, Ulid contact) {
    store::AuditQuery query;
    query.object = contact;
    query.actor = actor.user;
    const std::vector<store::AuditEvent> events = TRY(reader.audit(query));
    return std::ranges::any_of(events, [&actor](const store::AuditEvent& event) {
        return event.action == AuditAction::revealed && event.at >= actor.authenticated_at;
    });
}

Result<std::vector<Ulid>> contacts_to_note(store::Reader& reader, const Actor& actor,
                                           const std::vector<Known>& items) {
    std::vector<Ulid> out;
    for (const Known& known : items) {
        if (!known.contact) continue;
        const bool is_there = TRY(is_noted(reader, actor, known.contact->header.id));
        if (!is_there) out.push_back(known.contact->header.id);
    }
    return out;
}

}  // namespace

Outcome<KnownPeople> Desk::find_people(const Actor& actor, std::string_view part) {
    KnownPeople found;
    std::vector<Ulid> to_note;
    {
        const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
        Eyes eyes(*reader, actor);
        TRY_VOID(eyes.allow(Act::reveal, Place{}));
        for (const store::FoundPerson& hit :
             TRY(reader->find_people(part, eyes.sight(), most_hits))) {
            std::optional<Known> known = TRY(known_from(eyes, hit));
            if (!known || std::ranges::find(found.items, id_of(*known), id_of) != found.items.end())
                continue;
            found.has_more = found.items.size() == most_known;
            if (found.has_more) break;
            found.items.push_back(*std::move(known));
        }
        to_note = TRY(contacts_to_note(*reader, actor, found.items));
    }
    if (to_note.empty()) return found;
    Work work(*inside_, TRY(inside_->store.write()), actor);
    for (const Ulid contact : to_note)
        TRY_VOID(work.note(AuditAction::revealed, "contact", contact, {}, "looked_up"));
    TRY_VOID(work.commit());
    return found;
}

}  // namespace konseki::desk
