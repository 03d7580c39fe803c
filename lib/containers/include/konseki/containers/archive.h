#pragma once

#include <string_view>

#include "konseki/containers/entry.h"
#include "konseki/containers/source.h"

namespace konseki::containers {

/// What a container is, by its first bytes.
enum class ContainerKind { none, zip, gzip, tar };
/// `first` is the first 512 bytes, or all where there are fewer.
ContainerKind sniff_container(Bytes first);

/// Every file of a zip, tar or gzipped tar; the one file of any other gzip, whose path is `name` without
/// `.gz`. Fails with Error::unsupported for what is none of these. Containers inside are not opened.
Result<void> for_each_entry(const Source& source, std::string_view name, const Limits& limits,
                            EntrySink& sink);

}  // namespace konseki::containers
