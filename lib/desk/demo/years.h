#pragma once

#include <array>
#include <cstddef>

#include "konseki/casebook/fiscal.h"

namespace konseki::desk::demo {

/// A line of the public table, which the made-up desk must give again.
struct Line {
    casebook::FiscalPeriod period;
    std::size_t consultations, rescues, visited;
};
/// Fiscal years 2016 to 2018 and the first half of 2019 as J-CRAT published them (report on the first half of fiscal
/// 2019, table 1), the second half as the difference to the year that was told in 2020 (392, 139, 20).
inline constexpr std::array<Line, 5> lines = {{
    {{2016, casebook::Half::whole}, 519, 123, 17},
    {{2017, casebook::Half::whole}, 412, 144, 27},
    {{2018, casebook::Half::whole}, 413, 127, 31},
    {{2019, casebook::Half::first}, 221, 80, 18},
    {{2019, casebook::Half::second}, 171, 59, 2},
}};

}  // namespace konseki::desk::demo
