#include "konseki/findings/movement.h"

#include <array>
#include <cstddef>

namespace konseki::findings {

std::string_view name_of(MovementKind kind) {
    constexpr std::array<std::string_view, movement_kind_count> names = {
        "network", "remote_desktop", "other_logon", "failed",         "other_account",
        "ticket",  "first_ticket",   "ntlm",        "desktop_client", "share_client"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace konseki::findings
