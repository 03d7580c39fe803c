#pragma once

#include "office.h"

namespace konseki::scenario {

/// Plans, once each, what looks like an intruder in an office and is none (the column "typical false alarm" of
/// the list of checks), from its fourth day on. Below twenty hosts those are left out that are a finding of
/// level medium, but one: three of them on one host would be worth a look.
void plan_false_alarms(World& world, Office& office, Day first);

/// Processes that look like an intruder's and are none; only hosts that record processes write them.
void run_lookalikes(Host& client, const Account& user, Host& web_server);

}  // namespace konseki::scenario
