#pragma once

#include "konseki/containers/entry.h"
#include "konseki/containers/source.h"

namespace konseki::containers {

/// True where the first bytes are those of a zip file (a local header, or the end of an empty archive).
bool is_zip(Bytes first);

/// Every file of a zip archive, in the order of its central directory. Source: PKWARE APPNOTE 6.3.10;
/// ZIP64 (4.3.14, 4.5.3), stored and deflated entries (4.4.5), data before the archive. Encrypted
/// entries, other methods, entries whose bytes overlap others or the directory, wrong sizes and wrong
/// CRCs go to `sink.note` and the rest is read. Fails where there is no readable central directory, or
/// the source cannot be read.
Result<void> for_each_zip_entry(const Source& source, const Limits& limits, EntrySink& sink);

}  // namespace konseki::containers
