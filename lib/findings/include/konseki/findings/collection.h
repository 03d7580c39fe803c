#pragma once

#include <cstdint>
#include <string>

#include "konseki/base/time.h"

namespace konseki::findings {

/// What whoever collected the evidence ran, by the record that was kept of it (docs/collection.md).
struct CollectionCommand {
    std::string host;     ///< as written: a short name or one with its domain
    std::string user;     ///< `DOMAIN\name` or `name`; may be empty where there is a SID
    std::string sid;      ///< may be empty where there is a user
    std::string command;  ///< the whole command line
    Time start, end;      ///< end is not before start
    std::string exit;     ///< status as written; empty where it was not recorded
    std::string zone;     ///< as written: `Tokyo Standard Time`
    std::uint32_t line = 0;
    bool operator==(const CollectionCommand&) const = default;
};

}  // namespace konseki::findings
