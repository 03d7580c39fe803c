#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "konseki/base/time.h"
#include "konseki/findings/examination.h"
#include "konseki/render/catalogue.h"
#include "konseki/report/shown.h"
#include "konseki/report/tally.h"
#include "konseki/story/story.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// Where lists of the page end. What is left out is counted there, with the file that has it. A page of 10,000
/// findings on 500 hosts has under 5 MB, which mail still carries (tests/browser measures it).
struct HtmlLimits {
    std::size_t hosts = 200;      ///< with a part of their own, and rows of the tables of hosts
    std::size_t logs = 500;       ///< rows of the table of logs
    std::size_t lines = 1'000;    ///< rules on hosts, over all hosts
    std::size_t explained = 100;  ///< of these, with the explanation even where it stood before
    /// Text of the list of findings in each language: what its lines leave of it goes to records.
    std::size_t list_bytes = 850'000;
    std::size_t files = 500;      ///< rows of the table of files
    std::size_t places = 200;     ///< rows of each list of what could not be read or used
    std::size_t moves = 200;      ///< rows of the table of movements
    std::size_t steps = 40;       ///< lines of the story of one host
    std::size_t told_hosts = 60;  ///< hosts with a story, and rows of the pictures
    std::size_t next_hosts = 40;  ///< hosts to collect next
    std::size_t traces = 100;     ///< that findings touch
    std::size_t accounts = 100;   ///< of findings
    std::size_t rare = 100;       ///< what one host alone has
    std::size_t gaps = 100;       ///< stretches without records
    std::size_t names = 8;        ///< hosts named in a sentence past the first sheet
};

/// How report.html is written.
struct HtmlOptions {
    render::Language first = render::Language::ja;  ///< shown first; the other is a choice away
    Zone zone = {};
    std::string version = {};  ///< of the program
    /// Marking at the top, and on each sheet of paper; empty: none.
    std::string sharing = "TLP:AMBER+STRICT";
    /// Texts of advice by id, for `next` and `do_not` of rules. An id without one is shown itself.
    std::map<std::string, findings::Bilingual, std::less<>> advice = {};
    HtmlLimits limits = {};
};

/// report.html: one page for people that holds all it needs, in both languages. First what is to be decided,
/// on one sheet; then what could be seen, what was found and what was read. It loads nothing and
/// has no link to anything found; text from evidence stays text. Its one script, which the content policy allows by its
/// hash, filters and sorts the findings; without it all of them are shown. Same input, same bytes.
std::string make_report_html(const findings::Examination& examination, const Tally& tally,
                             const story::Story& story, const story::Told& told, const Shown& shown,
                             const HtmlOptions& options);

}  // namespace konseki::report
