#include "konseki/story/reach.h"

namespace konseki::story {

std::string_view name_of(Audit part) {
    constexpr std::array<std::string_view, audit_count> names = {"credential_validation",
                                                                 "kerberos_authentication",
                                                                 "kerberos_tickets",
                                                                 "computer_accounts",
                                                                 "security_groups",
                                                                 "user_accounts",
                                                                 "process_creation",
                                                                 "directory_access",
                                                                 "directory_changes",
                                                                 "logoff",
                                                                 "logon",
                                                                 "other_logon_events",
                                                                 "special_logon",
                                                                 "file_share",
                                                                 "detailed_file_share",
                                                                 "registry",
                                                                 "other_object_access",
                                                                 "filtering_connection",
                                                                 "certification_services",
                                                                 "audit_policy_change",
                                                                 "authentication_policy_change",
                                                                 "authorization_policy_change",
                                                                 "firewall_rule_change",
                                                                 "sensitive_privilege",
                                                                 "security_state_change",
                                                                 "security_system_extension",
                                                                 "system_integrity",
                                                                 "plug_and_play"};
    return names[static_cast<std::size_t>(part)];
}

}  // namespace konseki::story
