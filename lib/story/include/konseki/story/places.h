#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/findings/profile.h"
#include "konseki/findings/work_days.h"

namespace konseki::story {

/// Where an IP address lies, as far as its number tells.
enum class Nearness : std::uint8_t {
    none,        ///< no IP address
    loopback,    ///< the host itself
    link_local,  ///< says nothing: every network cable has it
    inside,      ///< private ranges (RFC 1918, RFC 6598, RFC 4193)
    outside,     ///< anything else: public, which an organisation may also use inside
};
/// What an organisation says of itself.
struct Premises {
    std::vector<findings::ProfileHost> hosts = {};
    std::vector<findings::Network> networks = {};  ///< inside, whatever their numbers
    std::vector<findings::ProfileAccount> accounts = {};
    findings::WorkDays days = {};
};
/// Of an IPv4 or IPv6 address as text; an IPv4 address within IPv6 counts as itself.
Nearness nearness_of(std::string_view address);

/// A host, or an address of which no host is known, that somebody came from or went to.
struct Place {
    std::string name;  ///< of the host as its records have it; else as first written
    std::optional<std::uint32_t>
        host;  ///< index into Examination::hosts where its records were read
    Nearness nearness = Nearness::none;                     ///< of `name` where it is an address
    findings::HostRole role = findings::HostRole::unknown;  ///< as the organisation says
    bool closed = false;  ///< the organisation says that it has no way to the internet
    bool is_vpn = false;  ///< an address that is lent to whoever comes in by VPN
    bool is_address() const { return nearness != Nearness::none; }
};

/// Who is who: names with and without domain, and addresses, become places. What an address is called is
/// learned from machine accounts that proved who they are, and believed only where they agree.
class Places {
  public:
    using Id = std::uint32_t;
    /// Where a movement begins and ends; empty where that is not told.
    struct Ends {
        std::optional<Id> from, to;
        bool from_outside = false;  ///< came from an address that counts as outside
        bool is_claimed = false;    ///< Movement::from is but what the caller at an address says
    };

    /// `hosts` are those that the organisation describes: their aliases are names of one host.
    Places(const findings::Examination& examination, const Premises& premises);

    const Place& at(Id id) const { return places_[id]; }
    std::size_t size() const { return places_.size(); }
    /// Of a movement, by its index.
    const Ends& ends(std::size_t movement) const { return ends_[movement]; }
    /// The place of a host of the examination.
    Id of_host(std::uint32_t host) const { return of_host_[host]; }

  private:
    void learn_names(std::string_view name);
    void learn_aliases(const std::vector<findings::ProfileHost>& hosts);
    void learn_address(const findings::Movement& movement);
    Nearness nearness_in_organisation(std::string_view address) const;
    bool is_vpn(std::string_view address) const;
    /// A short name that hosts of several domains have means the one in the domain of who recorded it.
    std::string in_domain(std::string_view name, std::uint32_t host) const;
    std::string key_of(std::string_view name) const;
    /// The same, and remembers how it is written.
    std::string written_key(std::string_view name);
    std::optional<std::string> called(const std::string& address) const;
    Id place_of_key(const std::string& key, std::string_view written);
    std::optional<Id> place_of(std::string_view name);
    std::optional<Id> place_of_address(std::string_view address);
    std::optional<Id> from_of(const findings::Movement& movement);
    bool is_claimed(const findings::Movement& movement, std::optional<Id> from) const;

    std::vector<Place> places_;
    std::vector<Ends> ends_;
    std::vector<Id> of_host_;
    std::vector<std::string> domains_;  ///< by host: `.example.jp`, folded; empty where it has none
    std::map<std::string, Id, std::less<>> by_key_;
    /// Full names by short name: where there are two, the short one is neither.
    std::map<std::string, std::set<std::string>, std::less<>> full_names_;
    /// Keys of the machine accounts that came from an address.
    std::map<std::string, std::set<std::string>, std::less<>> callers_;
    /// Networks (see network_of) from which hosts of the evidence came themselves.
    std::set<std::string, std::less<>> own_;
    std::map<std::string, std::string, std::less<>> aliases_;  ///< keys by the key of an alias
    std::map<std::string, findings::ProfileHost, std::less<>> described_;  ///< by key
    std::vector<findings::Network> networks_;
    std::map<std::string, std::string, std::less<>> written_;  ///< names by key
};

}  // namespace konseki::story
