#pragma once

#include <string>
#include <vector>

#include "office.h"

namespace konseki::scenario {

/// The hosts of an office by what they are for, and who administers it.
class Scene {
  public:
    Scene(World& world, Office& office) : world_(world), office_(office) {
        for (const std::unique_ptr<Host>& host : world.hosts())
            (host->machine().role == Role::client ? clients_ : servers_).push_back(host.get());
    }
    /// PC001 is 1, SRV01 is 1 and DC01 is 0; an office that is too small has fewer and begins again.
    Host& client(std::size_t number) { return *clients_[(number - 1) % clients_.size()]; }
    Host& server(std::size_t number) { return *servers_[number % servers_.size()]; }
    Host& controller() { return *servers_.front(); }
    World& world() { return world_; }
    Agenda& agenda() { return world_.agenda(); }
    Account admin() { return world_.account("adm.suzuki", 1104); }
    Account help_desk() { return world_.account("desk.honda", 1106); }
    const Account& user_of(std::size_t client) {
        return office_.staff()[(client - 1) % office_.staff().size()].account;
    }

  private:
    World& world_;
    Office& office_;
    std::vector<Host*> clients_, servers_;
};

/// What happens at an hour of a day, counted from the first day of an office.
struct Happening {
    unsigned day, hour;  // Japanese time
    void (*happen)(Scene&);
};
/// Plans it, five minutes past the hour.
inline void plan(World& world, Office& office, Day first, const Happening& one) {
    world.agenda().at(japan(first + one.day, one.hour, 5), [&world, &office, happen = one.happen] {
        Scene scene(world, office);
        happen(scene);
    });
}

}  // namespace konseki::scenario
