// How many rules of each tactic could fire, and how many had nothing to look at.
#include "marks.h"
#include "page.h"
#include "table.h"

namespace konseki::report {
namespace {

void write_row(Page& page, const story::Coverage& coverage) {
    const auto row = page.html.in("tr");
    page.html.element("th", {{"scope", "row"}}, tactic_name(page, coverage.tactic));
    write_number(page, page.say("html.coverage.fired"), coverage.fired);
    write_number(page, page.say("html.coverage.possible"), coverage.possible);
    write_number(page, page.say("html.coverage.blind"), coverage.blind);
    write_number(page, page.say("html.coverage.idle"), coverage.idle);
    const auto cell = page.html.in("td", {{"class", "k-band-cell"}});
    const std::size_t whole = coverage.possible + coverage.blind + coverage.idle;
    if (whole == 0) return page.html.text(page.say("html.coverage.no_rule"));
    const std::size_t fired = std::min(coverage.fired, coverage.possible);
    write_bar(page, {.black = fired, .solid = coverage.possible - fired, .whole = whole});
}

}  // namespace

void write_coverage(Page& page) {
    const auto part =
        page.html.in("section", {{"class", "k-part k-part-flow"}, {"id", page.anchor("coverage")}});
    write_section_head(page, "html.head.coverage", "html.lead.coverage");
    if (page.data.examination.rules.empty()) return page.paragraph("", "report.rules.none");
    const auto table = page.html.in("table", {{"class", "k-stack"}});
    write_table_head(page, {{page.say("html.column.tactic")},
                            {page.say("html.coverage.fired"), true},
                            {page.say("html.coverage.possible"), true},
                            {page.say("html.coverage.blind"), true},
                            {page.say("html.coverage.idle"), true},
                            {page.say("html.column.share")}});
    const auto body = page.html.in("tbody");
    for (const story::Coverage& coverage : page.data.story.coverage) write_row(page, coverage);
}

}  // namespace konseki::report
