#include "story_parts.h"

namespace konseki::scenario {

Domain aokumo() {
    return {"AOKUMO", "aokumo.example.jp", "S-1-5-21-1907041804-2019112906-1201907221"};
}

void add_aokumo_hosts(World& world) {
    world.add({.name = "DC01",
               .address = "10.9.1.10",
               .role = Role::domain_controller,
               .command_lines = true});
    world.add({.name = "WEB01",
               .address = "10.9.1.20",
               .role = Role::server,
               .japanese = true,
               .sysmon = true});
    world.add({.name = "FILE01",
               .address = "10.9.1.30",
               .role = Role::server,
               .japanese = true,
               .command_lines = true});
    world.add({.name = "PC07", .address = "10.9.2.7", .japanese = true, .command_lines = true});
    world.add({.name = "PC12", .address = "10.9.2.12", .sysmon = true});
}

void add_aokumo_staff(World& world, Office& office) {
    office.employs(world.account("ishii", 1107), world.host("PC07"));
    office.employs(world.account("mori", 1112), world.host("PC12"));
}

}  // namespace konseki::scenario
