#include "konseki/desk/rights.h"

#include <algorithm>

namespace konseki::desk {
namespace {

using casebook::Role;

/// One bit for each role.
using Roles = std::uint16_t;

template <class... Some>
constexpr Roles roles(Some... some) {
    return static_cast<Roles>(((1u << static_cast<unsigned>(some)) | ... | 0u));
}

struct Right {
    Act act;
    Roles roles;
};

/// In the order of Act. A custodian, an organisation's own contact and a partner read nothing yet: evidence and
/// what is released to others have acts of their own when they come.
constexpr std::array<Right, act_codes.size()> rights = {{
    {Act::read, roles(Role::viewer, Role::contributor, Role::lead, Role::approver)},
    {Act::reveal, roles(Role::contributor, Role::lead)},
    {Act::write, roles(Role::contributor, Role::lead)},
    {Act::bin, roles(Role::lead)},
    {Act::open_case, roles(Role::contributor, Role::lead)},
    {Act::decide_rescue, roles(Role::lead)},
    {Act::visit, roles(Role::lead)},
    {Act::close_case, roles(Role::lead)},
    {Act::link_cases, roles(Role::lead)},
    {Act::grant, roles(Role::lead)},
    {Act::read_audit, roles(Role::lead, Role::approver)},
    {Act::read_figures, roles(Role::viewer, Role::contributor, Role::lead, Role::approver)},
    {Act::see_users,
     roles(Role::viewer, Role::contributor, Role::lead, Role::approver, Role::administrator)},
    {Act::manage_users, roles(Role::administrator)},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < rights.size(); ++i)
        if (static_cast<std::size_t>(rights[i].act) != i) return false;
    return true;
}
static_assert(is_in_order(), "the table is read by an act's number");

}  // namespace

bool allows(Role role, Act act) {
    return (rights[static_cast<std::size_t>(act)].roles >> static_cast<unsigned>(role) & 1u) != 0;
}

bool may(const Actor& actor, Act act, const Place& place) {
    return std::ranges::any_of(actor.grants, [&](const store::Grant& grant) {
        const bool counts = grant.case_id ? grant.case_id == place.case_id : !place.is_closed_off;
        return counts && allows(grant.role, act);
    });
}

bool sees_desk(const Actor& actor) { return may(actor, Act::read, Place{}); }

Act act_of_writing(casebook::Entity entity) {
    using enum casebook::Entity;
    switch (entity) {
        case case_: return Act::open_case;
        case rescue: return Act::decide_rescue;
        case visit: return Act::visit;
        case case_link: return Act::link_cases;
        default: return Act::write;
    }
}

}  // namespace konseki::desk
