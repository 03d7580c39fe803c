#pragma once

#include "konseki/containers/entry.h"
#include "konseki/containers/source.h"

namespace konseki::containers {

/// True where the first 512 bytes are a tar header with a right checksum.
bool is_tar(Bytes first);

/// Every regular file of a tar stream in its order. Sources: POSIX.1-2017 pax, "ustar Interchange
/// Format" and "pax Extended Header" (path, size); GNU tar manual, "Basic Tar Format" (long names, sizes
/// in base 256). Links, devices and folders are passed over. A bad checksum or an early end goes to
/// `sink.note` and ends the walk: what lies behind has no place of its own. Fails only where the stream
/// cannot be read.
Result<void> for_each_tar_entry(Stream& stream, const Limits& limits, EntrySink& sink);

}  // namespace konseki::containers
