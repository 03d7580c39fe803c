#include "demo/maker.h"

#include <array>

#include <fmt/format.h>

#include "demo/names.h"
#include "konseki/casebook/fiscal.h"

namespace konseki::desk::demo {
namespace {

using namespace casebook;

struct Person {
    std::string_view name, kana;
};
constexpr std::array<Person, 5> people = {{{"demo.person.a", "demo.person_kana.a"},
                                           {"demo.person.b", "demo.person_kana.b"},
                                           {"demo.person.c", "demo.person_kana.c"},
                                           {"demo.person.d", "demo.person_kana.d"},
                                           {"demo.person.e", "demo.person_kana.e"}}};
constexpr std::array<std::string_view, 4> roles = {"demo.role.administrator", "demo.role.head",
                                                   "demo.role.researcher", "demo.role.csirt"};

}  // namespace

std::string Maker::say(std::string_view key) const {
    return std::string(render::say(choice_.language, key));
}

store::Change Maker::change(Time at) const {
    store::Change out;
    out.at = at;
    out.by = by_;
    out.action = AuditAction::made;
    out.via = "terminal";
    return out;
}

Result<std::string> Maker::next_number(Time at) {
    return writer_.next_case_number(half_of(at).year);
}

Result<void> Maker::add_organisations(Time at) {
    for (const MadeOrganisation& made : made_organisations) {
        Organisation one;
        one.name = say(made.name);
        one.name_kana = say(made.kana);
        one.legal_kind = answer(made.legal_kind);
        if (made.ci_sector)
            one.ci_sector = answer(*made.ci_sector);
        else
            one.ci_sector.state = AnswerState::not_applicable;
        if (made.theme) one.theme_sectors = answer(std::vector{*made.theme});
        one.size_band = answer(made.size);
        one.prefecture = answer(std::string(made.prefecture));
        one.country = made.prefecture == "overseas" ? "TH" : "JP";
        TRY_VOID(add(one, at));
        organisations_.push_back(one);
        TRY_VOID(add_contact(one, at));
    }
    return {};
}

Result<void> Maker::add_contact(const Organisation& organisation, Time at) {
    const std::size_t number = contacts_.size();
    const Person& person = people[number % people.size()];
    Contact contact;
    contact.name = say(person.name);
    contact.name_kana = say(person.kana);
    contact.role = say(roles[number % roles.size()]);
    contact.organisation_id = organisation.header.id;
    contact.language = choice_.language == render::Language::ja ? "ja" : "en";
    TRY_VOID(add(contact, at));
    contacts_.push_back(contact);

    // 0000 is no code of a carrier; example.jp is reserved (RFC 2606's names, registered by JPRS).
    Channel phone;
    phone.contact_id = contact.header.id;
    phone.kind = ChannelKind::phone;
    phone.value = fmt::format("050-0000-{:04}", number + 1);
    phone.safety = Safety::safe;
    TRY_VOID(add(phone, at));
    Channel mail;
    mail.contact_id = contact.header.id;
    mail.kind = ChannelKind::mail;
    mail.value = fmt::format("desk{}@example.jp", number + 1);
    if (number % 4 == 0) {
        mail.safety = Safety::unsafe;
        mail.safety_basis = say("demo.safety");
    }
    return add(mail, at);
}

Result<void> Maker::tie_to_somebody(Consultation& consultation) {
    if (dice_.one_in(3)) {
        consultation.gave_no_contact = dice_.one_in(2);
        consultation.asker_kind = answer(AskerKind::anonymous);
        if (!consultation.gave_no_contact) consultation.asker_kind = answer(AskerKind::individual);
        return {};
    }
    const std::size_t which = dice_.below(organisations_.size());
    const Organisation& organisation = organisations_[which];
    const bool is_person = organisation.legal_kind.holds(LegalKind::individual);
    consultation.asker_kind = answer(is_person ? AskerKind::individual : AskerKind::organisation);
    consultation.organisation_id = organisation.header.id;
    consultation.organisation_told = organisation.name;
    consultation.contact_id = contacts_[which].header.id;
    return {};
}

}  // namespace konseki::desk::demo
