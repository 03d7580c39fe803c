#pragma once

#include <cstddef>
#include <memory>

#include "konseki/findings/printer.h"

namespace konseki::report {

/// Longer values are cut between code points and end in `…`: one 64 KB script block must not stand in
/// every finding that it caused.
inline constexpr std::size_t max_value_bytes = 2'048;
/// Fields shown of one record: the widest events of Windows have fewer than 100.
inline constexpr std::size_t max_shown_fields = 256;
/// Values shown of one field.
inline constexpr std::size_t max_shown_values = 64;
/// Traces shown of one record.
inline constexpr std::size_t max_shown_traces = 64;

/// Prints for the lines of findings.h.
std::unique_ptr<findings::FindingPrinter> make_finding_printer();

}  // namespace konseki::report
