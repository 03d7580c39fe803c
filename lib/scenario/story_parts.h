#pragma once

#include <string>
#include <vector>

#include "office.h"
#include "world.h"

// What the made stories share, and the stories.

namespace konseki::scenario {

/// S4: the intruder with many entries.
void write_many_entries(EvidenceFolder& folder);
/// S4's twin: the same hosts with what is allowed there and looks alike.
void write_many_entries_twin(EvidenceFolder& folder);
/// S8 and its twins: evidence is collected; who did it, when and where to differs.
enum class Collection : std::uint8_t { as_written, earlier_by_another, to_another_place };
void write_collection(Collection kind, EvidenceFolder& folder);

/// 蒼穹システムズ, the organisation of S4.
Domain aokumo();
/// WEB01, DC01, FILE01, PC07, PC12 and who works there; at WEB01, WEB01$ and others belong.
void add_aokumo_hosts(World& world);
/// PC07 and PC12 belong to somebody.
void add_aokumo_staff(World& world, Office& office);

}  // namespace konseki::scenario
