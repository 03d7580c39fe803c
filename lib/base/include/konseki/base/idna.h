#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace konseki {

/// A domain name as A-labels in lower case by UTS 46, non-transitional (`ß` and ZWJ are kept apart), with
/// underscores allowed; every form of the full stop (U+3002, U+FF0E, U+FF61) counts as a dot and one dot
/// at the end is dropped. Nothing where the name is no domain: empty, an empty label, a label over 63 or a
/// name over 253 octets, characters that UTS 46 does not allow. Thread-safe. Source: UTS 46, revision 31.
std::optional<std::string> domain_to_ascii(std::string_view domain);

/// The same with U-labels, as people read it; a label that is no valid A-label stays as it is.
std::string domain_to_unicode(std::string_view domain);

}  // namespace konseki
