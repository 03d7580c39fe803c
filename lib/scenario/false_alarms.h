#pragma once

#include "office.h"

namespace konseki::scenario {

/// Plans, once each, what looks like an intruder in an office and is none (the column "typical false alarm" of
/// the list of checks), from its fourth day on. Below twenty hosts those are left out that are a finding of
/// level medium, but one: three of them on one host would be worth a look.
void plan_false_alarms(World& world, Office& office, Day first);

/// Plans, once each, what the office has decided to allow though it looks like an intruder's work: every one of it
/// is a finding of level medium or above, which tests/stories/s6-40/profile.yml sets aside. For an office of
/// `hosts_with_allowed_work` hosts or more.
void plan_allowed_work(World& world, Office& office, Day first);
inline constexpr unsigned hosts_with_allowed_work = 40;
/// A client and a server of such an office that have Sysmon.
inline constexpr unsigned client_with_sysmon = 21, server_with_sysmon = 3;

/// Processes that look like an intruder's and are none; only hosts that record processes write them.
void run_lookalikes(Host& client, const Account& user, Host& web_server);

}  // namespace konseki::scenario
