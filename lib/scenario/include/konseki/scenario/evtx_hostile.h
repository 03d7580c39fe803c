#pragma once

#include <cstdint>
#include <vector>

#include "konseki/scenario/evtx_writer.h"
#include "konseki/scenario/windows_events.h"

namespace konseki::scenario::evtx {

/// Hosts whose names, accounts, commands, services and channels are markup, control characters, marks that turn the
/// direction of writing, or one word without an end (the name of a host: 10,000 characters). Rules of ours fire on
/// each.
Image hostile_log();

/// Adds `count` hosts to a log: on each a record of `firing_record`, and a logon over the network from its neighbour.
/// `hosts` keeps their templates and must outlive the log.
void add_crowd(Log& log, std::vector<WindowsHost>& hosts, std::uint64_t count);

}  // namespace konseki::scenario::evtx
