#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "konseki/base/result.h"
#include "konseki/casebook/entities.h"
#include "konseki/store/store.h"

namespace konseki::store {

/// A folder that is there as long as this is.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

enum class Kind : std::uint8_t { sqlite, postgresql };
/// The databases to run a test on: SQLite, and PostgreSQL where a server can be started.
std::vector<Kind> kinds();

/// An empty desk of its own for a test.
struct Desk {
    explicit Desk(Kind kind);
    TempFolder folder;
    Location location;
    std::unique_ptr<Store> store;
};

/// Runs the body on every database.
#define ON_EACH_DATABASE(kind) \
    for (const Kind kind : kinds()) SUBCASE(kind == Kind::sqlite ? "on SQLite" : "on PostgreSQL")

/// The value; a failure fails the test.
template <class T>
T ok(Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(*result);
}
inline void ok(const Result<void>& result) {
    if (!result) FAIL(result.error().message);
}
/// The kind of the error that must be there.
template <class T>
ErrorKind error_kind(const Result<T>& result) {
    if (result) FAIL("no error");
    return result.error().kind;
}

Ulid id_numbered(std::uint8_t kind, std::uint32_t number);
Time day(int number);
Change by(std::uint32_t user);

/// Each commits by itself.
casebook::Row insert(Store& store, const casebook::Row& row);
template <class T>
T insert(Store& store, const T& thing) {
    return casebook::from_row<T>(insert(store, casebook::to_row(thing)));
}

casebook::Case a_case(std::uint32_t number, std::string_view title);
casebook::Consultation a_consultation(std::uint32_t number, std::string_view summary);
casebook::Note a_note(std::uint32_t number, Ulid case_id, std::string_view body);
User a_user(std::uint32_t number, std::string_view login);
void put(Store& store, const User& user);
void put(Store& store, const Grant& grant);

/// SQL past the store, as somebody with the file in their hands would do it.
void tamper(const Desk& desk, std::string_view sql);

}  // namespace konseki::store
