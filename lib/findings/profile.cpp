#include "konseki/findings/profile.h"

#include <array>
#include <utility>

namespace konseki::findings {
namespace {

constexpr std::array<std::pair<std::string_view, HostRole>, 5> host_roles = {{
    {"domain_controller", HostRole::domain_controller},
    {"server", HostRole::server},
    {"administrator", HostRole::administrator},
    {"client", HostRole::client},
    {"instrument", HostRole::instrument},
}};

constexpr std::array<std::pair<std::string_view, AccountRole>, 5> account_roles = {{
    {"person", AccountRole::person},
    {"administrator", AccountRole::administrator},
    {"service", AccountRole::service},
    {"emergency", AccountRole::emergency},
    {"shared", AccountRole::shared},
}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
    for (const auto& [name, known] : table)
        if (known == value) return name;
    return {};
}

}  // namespace

std::string_view name_of(HostRole role) { return name_in(host_roles, role); }
std::string_view name_of(AccountRole role) { return name_in(account_roles, role); }

std::optional<HostRole> parse_host_role(std::string_view text) {
    for (const auto& [name, role] : host_roles)
        if (name == text) return role;
    return std::nullopt;
}

std::optional<AccountRole> parse_account_role(std::string_view text) {
    for (const auto& [name, role] : account_roles)
        if (name == text) return role;
    return std::nullopt;
}

}  // namespace konseki::findings
