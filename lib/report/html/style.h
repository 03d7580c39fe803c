#pragma once

#include <string_view>

namespace konseki::report {

/// The style sheet of report.html: lib/report/html/report.css, built into the program.
std::string_view report_style();

}  // namespace konseki::report
