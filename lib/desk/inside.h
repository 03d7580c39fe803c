#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/desk/desk.h"
#include "password.h"

namespace konseki::desk {

/// What all functions of the desk share.
struct Inside {
    store::Store& store;
    Surroundings around;
    SealKey key;
    PasswordWorker passwords;

    Time now() const { return around.now(); }
    Ulid new_id() const;
    /// So many random bytes.
    std::string random_bytes(std::size_t count) const;
};

/// Reads with the eyes of one person.
class Eyes {
  public:
    Eyes(store::Reader& reader, const Actor& actor) : reader_(reader), actor_(actor) {}

    /// Where a row belongs: by its case, if it has one.
    Result<Place> place_of(const casebook::Row& row);
    Result<Place> place_of_case(Ulid case_id);
    /// The row if the person may read it; those in the bin only for those who may use the bin.
    Outcome<casebook::Row> see(casebook::Entity entity, Ulid id);
    /// The same, and `hidden`, `forbidden` or `stale` where the act cannot be done on it. Not in the bin.
    Outcome<casebook::Row> need(casebook::Entity entity, Seen seen, Act act);
    /// The right to do something at a place that the person sees.
    Outcome<void> allow(Act act, const Place& place) const;
    /// The right to do something with a row that the person sees: of a link on both of its cases.
    Outcome<void> allow_on(const casebook::Row& row, Act act);
    /// Outside the bin and readable.
    Result<bool> is_visible(casebook::Entity entity, Ulid id);
    /// Rows of a kind with a value in a field, outside the bin, whoever asks.
    Result<std::vector<casebook::Row>> all_with(casebook::Entity entity, std::string_view field,
                                                Ulid value);
    const Actor& actor() const { return actor_; }
    store::Reader& reader() { return reader_; }
    store::Sight sight() const { return {actor_.user, sees_desk(actor_)}; }

  private:
    /// In the bin itself, or with its case: a consultation was asked all the same, and stays.
    Result<bool> is_in_bin(const casebook::Row& row);
    /// The right to read a row, whether it lies in the bin or not. A link is read by those who read both cases, a task
    /// without a case also by its owner.
    Result<bool> reads(const casebook::Row& row, const Place& place);

    store::Reader& reader_;
    const Actor& actor_;
};

/// One act: its transaction, who does it and when. Nothing stays without commit().
class Work {
  public:
    Work(Inside& inside, std::unique_ptr<store::Writer> writer, const Actor& actor)
        : inside_(inside),
          writer_(std::move(writer)),
          actor_(actor),
          eyes_(*writer_, actor),
          now_(inside.now()) {}

    Eyes& eyes() { return eyes_; }
    store::Writer& writer() { return *writer_; }
    Time now() const { return now_; }
    store::Change change(casebook::AuditAction action, std::string reason) const;
    Outcome<casebook::Row> insert(casebook::Row row);
    /// Refused as stale where somebody else was first.
    Outcome<casebook::Row> update(const casebook::Row& row, casebook::AuditAction action,
                                  std::string reason);
    /// An event that is no change of a row.
    Result<void> note(casebook::AuditAction action, std::string kind, Ulid object,
                      std::optional<Ulid> case_id, std::string reason);
    Result<void> commit() { return writer_->commit(); }

  private:
    Inside& inside_;
    std::unique_ptr<store::Writer> writer_;
    const Actor& actor_;
    Eyes eyes_;
    Time now_;
};

/// The row as written, or stale with how it stands.
Outcome<casebook::Row> unless_stale(store::Written written);

/// Puts values into a row; unknown names become faults.
void apply(casebook::Row& row, const Edits& edits, std::vector<Fault>& faults);
/// Everything that is wrong with a row that is to replace another (or to be made).
std::vector<Fault> faults_of(const casebook::Row& before, const casebook::Row& after);
/// References must lead to what the person may read; users to one who can log in.
Result<std::vector<Fault>> faults_of_references(Eyes& eyes, const casebook::Row& before,
                                                const casebook::Row& after);
/// A new row from a client's fields, checked.
Outcome<casebook::Row> made_from(Eyes& eyes, casebook::Entity entity, const Edits& edits);
/// What is counted did not begin in the future. Refuses the moment at which a consultation came, with a day's grace for
/// clocks and zones that are wrong: taking one in must not wait for them.
Outcome<void> allow_moment(const casebook::Row& row, Time now);
/// The row without contact data: what leaves the desk.
casebook::Row without_contact(casebook::Row row);
std::vector<casebook::Row> without_contact(std::vector<casebook::Row> rows);
/// True where an entity has contact data to reveal.
bool has_contact_data(casebook::Entity entity);

/// What a new rescue or visit needs of its case: open, and no second rescue.
Outcome<void> allow_rescue(Eyes& eyes, Ulid case_id);
Outcome<void> allow_visit(Eyes& eyes, Ulid case_id);
/// The active rescue of a case.
Result<std::optional<casebook::Row>> active_rescue(Eyes& eyes, Ulid case_id);
/// Checks that two cases may be tied, and that they are not yet.
Outcome<void> allow_link(Eyes& eyes, const casebook::Row& link);

}  // namespace konseki::desk
