#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"

namespace konseki::kit {

/// A row of a CSV file.
struct CsvRow {
    std::uint32_t line = 0;  ///< where it begins, counted from 1
    std::vector<std::string> cells;
};

/// Far more than a person marks.
inline constexpr std::size_t max_csv_rows = 200'000;
/// More columns than any table of ours has.
inline constexpr std::size_t max_csv_cells = 64;

/// Rows of CSV (RFC 4180; a byte order mark and LF alone are fine), without empty lines. A `'` that our own
/// writer put before a formula is taken away. Fails with bad_value where a quotation mark is not closed, with
/// limit past the caps; the offset is the line.
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace konseki::kit
