#pragma once

#include <optional>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/report/html.h"
#include "konseki/report/shown.h"
#include "konseki/report/summary.h"
#include "konseki/report/tally.h"
#include "konseki/story/story.h"
#include "konseki/story/told.h"
#include "marks.h"
#include "organisation.h"
#include "previous.h"
#include "report_folder.h"

namespace konseki::kit {

struct ReportChoice {
    Zone zone;
    std::optional<findings::Level> min_level;  ///< lower findings are counted but not listed
    unsigned threads = 1;  ///< with more than one a file is written while the next lines are made
    report::HtmlOptions page = {};
    Organisation organisation = {};
    Marks marks = {};                               ///< bound to the rules
    std::optional<PreviousFindings> previous = {};  ///< taken from while findings go by
};

/// What the findings came to.
struct ReportSums {
    report::Tally tally;
    story::Story story;
    story::Told told;
    report::Shown shown;
};

/// Writes everything but run.json into the folder; takes all findings and traces. Fails where a file
/// cannot be written or the spill not be read.
Result<ReportSums> write_report(findings::Examination& examination, const ReportFolder& folder,
                                ReportChoice& choice);

}  // namespace konseki::kit
