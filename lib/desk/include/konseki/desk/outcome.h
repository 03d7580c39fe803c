#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/casebook/row.h"

namespace konseki::desk {

/// Why an act was not done. The interface has one status for each.
enum class Refusal : std::uint8_t {
    hidden,           ///< there is no such thing, or none that this person may know of: never told apart
    forbidden,        ///< the person sees it, but may not do this
    invalid,          ///< `fields` says what is wrong
    stale,            ///< somebody else changed it first: `current` is how it stands
    conflict,         ///< its state does not allow it: `code` says why
    unauthenticated,  ///< nobody is logged in, or the login was refused
    login_again,      ///< a sensitive act, and the password was given too long ago
    locked,           ///< too many tries: `retry_after_seconds`
    failed,           ///< the store could not do it: `detail` is for the log
};

/// A member of a request and what is wrong with it (codes as in casebook/check.h, and `no_such`, `unknown_field`).
struct Fault {
    std::string field;
    std::string code;
};

/// An act that was refused.
struct Refused {
    Refusal kind = Refusal::failed;
    std::string code;
    std::vector<Fault> fields = {};
    std::optional<casebook::Row> current = {};
    std::int64_t retry_after_seconds = 0;
    std::string detail = {};

    Refused(Refusal refusal, std::string why) : kind(refusal), code(std::move(why)) {}
    /// What the store could not do.
    Refused(Error error) : code("failed"), detail(std::move(error.message)) {}
};

/// What came of an act. Must not be ignored; TRY passes a refusal on, and an Error of the store too.
template <class T>
class [[nodiscard]] Outcome : public std::expected<T, Refused> {
  public:
    using std::expected<T, Refused>::expected;
};

/// A refusal to return where an Outcome is expected.
inline std::unexpected<Refused> refuse(Refusal kind, std::string code) {
    return std::unexpected<Refused>(Refused(kind, std::move(code)));
}
/// There is nothing here, for whatever reason.
inline std::unexpected<Refused> hide() { return refuse(Refusal::hidden, "not_found"); }
/// What is wrong with the members of a request.
inline std::unexpected<Refused> refuse_fields(std::vector<Fault> fields) {
    Refused refused(Refusal::invalid, "invalid_fields");
    refused.fields = std::move(fields);
    return std::unexpected<Refused>(std::move(refused));
}

}  // namespace konseki::desk
