#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "konseki/base/hash.h"
#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"

namespace konseki::store {

/// Somebody who logs in.
struct User {
    Ulid id;
    std::string login;  ///< unique whatever its case
    std::string display_name;
    std::string language = "ja";
    std::string
        password;  ///< Argon2id in its standard encoding ($argon2id$v=19$…); empty: none set yet
    std::string totp_secret;          ///< sealed with the desk's key; empty: not set up
    std::int64_t totp_last_step = 0;  ///< a code counts once
    std::string recovery_codes;       ///< hashes of those left, parted by blanks
    std::string first_login;          ///< hash of a one-time link's token; empty: used up
    std::optional<Time> first_login_until;
    bool is_disabled = false;
    Time created_at;
};

/// A role on one case, or on the whole desk.
struct Grant {
    Ulid user;
    std::optional<Ulid> case_id;
    casebook::Role role = casebook::Role::viewer;
    Ulid by;
    Time at;
};

/// A login that lasts. The token itself is known to the browser alone.
struct Session {
    Ulid id;
    Ulid user;
    Sha256 token_hash = {};
    Time created_at;
    Time seen_at;
    Time authenticated_at;  ///< when password and code were last given: sensitive acts ask again
    std::string address;
    std::string agent;  ///< as the browser calls itself, cut
};

/// What a user is writing and has not sent yet: nobody else's, and no row.
struct Draft {
    Ulid user;
    std::string key;   ///< of the form, by whoever writes it
    std::string body;  ///< as that form keeps it
    Time updated_at;
};

/// Failed tries to log in, of one account or from one address.
struct Tries {
    std::int64_t failed = 0;
    Time last;
    std::optional<Time> locked_until;
};

}  // namespace konseki::store
