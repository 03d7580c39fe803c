#pragma once

#include <cstdint>
#include <string>

#include "engine/flat.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// What routing looks at.
struct RouteKey {
    std::string channel, provider;  ///< folded
    std::uint32_t event_id = no_index;
    bool has_one_event_id = false;  ///< the event has exactly one field EventID: the one of System
};
RouteKey route_key_of(const records::Batch& batch, const records::Record& record);
/// The event id of System, no_index where there is none.
std::uint32_t event_id_of(const records::Batch& batch, const records::Record& record);

/// True where channel, provider and event id are those of the route (its condition is not looked at).
bool fits(const Flat& flat, const FlatRoute& route, const RouteKey& key);

}  // namespace konseki::detect
