#pragma once

#include <string_view>

namespace konseki::report {

// Files of lib/report/html, built into the program.

/// The style sheet of report.html: report.css.
std::string_view report_style();
/// Its script: report.js. The page holds all it has to say without it.
std::string_view report_script();

}  // namespace konseki::report
