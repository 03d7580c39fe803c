#pragma once

#include <cstdint>
#include <string>

#include "host.h"

// Events of the log Security about accounts and objects of a domain, as a domain controller or a certification authority
// writes them.

namespace konseki::scenario {

/// 4728: an account became a member of a group of the domain. `rid` is the group's (512: its administrators).
void added_to_domain_group(Host& controller, const Account& subject, const Account& member,
                           const std::string& group, std::uint32_t rid);
/// 4738: options of an account were set. `control` is UserAccountControl, as `%%2096`.
void account_option_set(Host& controller, const Account& subject, const Account& changed,
                        std::uint32_t new_uac, const std::string& control);
/// 4742: a computer account got these service names, each on a line.
void service_names_set(Host& controller, const Account& subject, const Account& computer,
                       const std::string& names);
/// 4765: an account keeps the SID that it had in another domain.
void sid_history_added(Host& controller, const Account& subject, const Account& source,
                       const Account& target);
/// 4794: the password for the recovery of the directory was set.
void recovery_password_set(Host& controller, const Account& subject);

/// An object of the directory. `name` is without the domain: `CN=sato,CN=Users`.
struct ObjectFacts {
    std::string name, kind;
};
/// 5136: a value was added to an attribute; `syntax` is the attribute's OID.
void value_added(Host& controller, const Account& subject, const ObjectFacts& object,
                 const std::string& attribute, const std::string& syntax, const std::string& value);
/// 5137: an object was made.
void object_made(Host& controller, const Account& subject, const ObjectFacts& object);

/// 4886 and 4887 at a certification authority: a certificate was asked for and issued.
void certificate_issued(Host& authority, const Account& requester, const std::string& attributes,
                        const std::string& subject_name);

}  // namespace konseki::scenario
