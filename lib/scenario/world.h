#pragma once

#include <deque>
#include <memory>
#include <string>

#include "host.h"

namespace konseki::scenario {

/// A domain with its computers. Logs are whole when it goes.
class World {
  public:
    World(Domain domain, std::uint64_t seed, EvidenceFolder& folder)
        : domain_(std::move(domain)), agenda_(seed), folder_(folder) {}

    const Domain& domain() const { return domain_; }
    Agenda& agenda() { return agenda_; }
    EvidenceFolder& folder() { return folder_; }
    Host& add(Machine machine);
    /// The host of this name; one that there is.
    Host& host(const std::string& name);
    std::deque<std::unique_ptr<Host>>& hosts() { return hosts_; }
    Account account(std::string name, std::uint32_t rid) const {
        return account_of(domain_, std::move(name), rid);
    }

  private:
    Domain domain_;
    Agenda agenda_;
    EvidenceFolder& folder_;
    std::deque<std::unique_ptr<Host>> hosts_;
};

}  // namespace konseki::scenario
