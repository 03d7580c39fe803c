#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/dice.h"
#include "konseki/casebook/entities.h"
#include "konseki/desk/demo.h"
#include "konseki/store/store.h"

namespace konseki::desk::demo {

/// An answer that was given.
template <class T>
casebook::Answer<T> answer(T value) {
    return {casebook::AnswerState::value, std::move(value)};
}

/// Writes made-up things as the desk's acts would have left them.
class Maker {
  public:
    Maker(store::Writer& writer, const DemoChoice& choice, Ulid by, Dice& dice)
        : writer_(writer), choice_(choice), by_(by), dice_(dice) {}

    std::string say(std::string_view key) const;
    Dice& dice() { return dice_; }
    Time now() const { return choice_.now; }
    Ulid by() const { return by_; }

    /// Stores it as made at `at`, and gives its id to `thing`.
    template <class T>
    Result<void> add(T& thing, Time at) {
        thing.header.id = make_ulid(at, dice_.bytes());
        const casebook::Row row = TRY(writer_.insert(casebook::to_row(thing), change(at)));
        thing.header = row.header;
        return {};
    }
    template <class T>
    Result<void> put_into_bin(const T& thing, Time at) {
        store::Change binned = change(at);
        binned.action = casebook::AuditAction::binned;
        TRY(writer_.bin(T::entity, thing.header.id, thing.header.version, binned));
        return {};
    }
    Result<std::string> next_number(Time at);

    /// Every invented organisation, once.
    Result<void> add_organisations(Time at);
    /// Which organisation and by whom; a third of the askers give no name.
    Result<void> tie_to_somebody(casebook::Consultation& consultation);
    const std::vector<casebook::Organisation>& organisations() const { return organisations_; }

  private:
    store::Change change(Time at) const;
    Result<void> add_contact(const casebook::Organisation& organisation, Time at);

    store::Writer& writer_;
    const DemoChoice& choice_;
    Ulid by_;
    Dice& dice_;
    std::vector<casebook::Organisation> organisations_;
    std::vector<casebook::Contact> contacts_;  ///< one for each organisation
};

/// The years of the table. Adds everything in the order of its time.
Result<void> add_years(Maker& maker);
/// What is on the desk today.
Result<void> add_present(Maker& maker);

}  // namespace konseki::desk::demo
