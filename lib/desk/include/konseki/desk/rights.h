#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/enums.h"
#include "konseki/casebook/row.h"
#include "konseki/store/people.h"

namespace konseki::desk {

/// Who asks, with all that decides what they may, and from where.
struct Actor {
    Ulid user;
    std::string login;
    std::string display_name;
    std::string language;
    bool has_totp = false;
    std::vector<store::Grant> grants = {};
    Ulid session = {};
    Time authenticated_at = {};  ///< when the password was last given
    std::string via = {};        ///< as in store::Change
    std::string address = {};
    std::string request_id = {};
};

/// What a person can do. Which role may do what is the table in rights.cpp; docs/rights.md shows it.
enum class Act : std::uint8_t {
    read,
    reveal,  ///< contact data, which is logged
    write,
    bin,
    open_case,
    decide_rescue,
    visit,
    close_case,  ///< and reopen it, change its phase, close it off
    link_cases,
    grant,  ///< roles on a case
    read_audit,
    read_figures,
    see_users,
    manage_users,
};
inline constexpr std::array<std::string_view, 14> act_codes = {
    "read",       "reveal", "write",      "bin",          "open_case", "decide_rescue", "visit",
    "close_case", "link_cases", "grant", "read_audit", "read_figures", "see_users", "manage_users"};
constexpr std::span<const std::string_view> codes(Act) { return act_codes; }

/// Where a thing belongs: to a case, or to the desk as a whole.
struct Place {
    std::optional<Ulid> case_id = {};
    bool is_closed_off = false;  ///< only roles on this very case count
};

/// The table: whether a role allows an act.
bool allows(casebook::Role role, Act act);
/// The one place where a right is decided. Roles on the desk count for every place that is not closed off, roles on a
/// case for that case alone.
bool may(const Actor& actor, Act act, const Place& place);
/// Whether a role on the whole desk lets a person read.
bool sees_desk(const Actor& actor);
/// What it takes to make or change a thing of a kind by a plain write.
Act act_of_writing(casebook::Entity entity);

}  // namespace konseki::desk
