#pragma once

#include "konseki/base/hash.h"
#include "konseki/containers/source.h"

namespace konseki::evidence {

/// SHA-256 of a whole source, read forward in pieces of 1 MiB. Fails where it cannot be read or ends
/// before its size.
Result<Sha256> digest(const containers::Source& source);

}  // namespace konseki::evidence
