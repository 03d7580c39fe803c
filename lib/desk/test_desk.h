#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "konseki/casebook/entities.h"
#include "konseki/desk/desk.h"
#include "konseki/store/store.h"

namespace konseki::desk {

/// A desk on SQLite in a folder of its own, with a clock that is set by hand and random numbers that are none.
class TestDesk {
  public:
    TestDesk();
    ~TestDesk();
    TestDesk(const TestDesk&) = delete;
    TestDesk& operator=(const TestDesk&) = delete;

    Desk& desk() { return *desk_; }
    store::Store& store() { return *store_; }
    Time now() const { return now_; }
    void wait_seconds(std::int64_t seconds) { now_.ticks += seconds * Time::per_second; }

    /// Somebody with roles on the whole desk, as logged in just now.
    Actor actor(const std::vector<casebook::Role>& roles);
    /// The same person with what they were given since.
    Actor again(const Actor& actor);
    void grant(Ulid user, Ulid case_id, casebook::Role role);

    casebook::Row organisation(const Actor& actor, const std::string& name);
    casebook::Row consultation(const Actor& actor);
    casebook::Row case_(const Actor& actor, const std::string& title);
    casebook::Row note(const Actor& actor, Ulid case_id);
    casebook::Row rescue(const Actor& actor, Ulid case_id);

  private:
    Ulid new_id();

    std::filesystem::path folder_;
    Time now_;
    std::uint64_t counter_ = 0;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Desk> desk_;
};

/// The value; a refusal fails the test.
template <class T>
T done(Outcome<T> outcome) {
    if (!outcome) {
        std::string why = outcome.error().code + ' ' + outcome.error().detail;
        for (const Fault& fault : outcome.error().fields)
            why += ' ' + fault.field + ':' + fault.code;
        FAIL(why);
    }
    return std::move(*outcome);
}
inline void done(const Outcome<void>& outcome) {
    if (!outcome) FAIL(outcome.error().code);
}
template <class T>
T must(Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(*result);
}
inline void must(const Result<void>& result) {
    if (!result) FAIL(result.error().message);
}
/// The code of a refusal; empty where it was done.
template <class T>
std::string code_of_refusal(const Outcome<T>& outcome) {
    return outcome ? std::string() : outcome.error().code;
}
/// A row's id with its version.
inline Seen seen(const casebook::Row& row) { return {row.header.id, row.header.version}; }

}  // namespace konseki::desk
