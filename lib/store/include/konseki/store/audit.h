#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "konseki/base/hash.h"
#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"

namespace konseki::store {

/// One line of the audit. Each holds the hash of the one before, so that none can be changed or left out without
/// breaking all that follow. Written in the transaction of what it tells; never updated, never removed.
struct AuditEvent {
    std::int64_t seq = 0;  ///< 1, 2, …, given by the store
    Time at;
    Ulid actor;  ///< nil: the desk itself
    std::string via;
    std::string address;
    casebook::AuditAction action = casebook::AuditAction::changed;
    std::string object_kind;  ///< an entity's name, `user`, `session`, …
    Ulid object;
    std::optional<Ulid> case_id;  ///< decides who may see the event, even when the object is gone
    std::string before,
        after;  ///< SHA-256 of the row's canonical JSON, lower hex; empty: there was none
    std::string reason;
    std::string request_id;
    std::string previous;  ///< hash of the event before; empty in the first
    std::string hash;      ///< SHA-256 over the canonical JSON of all the above, lower hex
};

/// Newest first.
struct AuditQuery {
    std::optional<Ulid> case_id;
    std::optional<Ulid> object;
    std::optional<Ulid> actor;
    std::vector<std::string> kinds = {};  ///< of objects; empty: all
    std::int64_t before_seq = 0;          ///< 0: from the newest on
    std::size_t limit = 50;
};

}  // namespace konseki::store
