#include "table.h"

#include "konseki/render/numbers.h"
#include "marks.h"

namespace konseki::report {

void write_table_head(Page& page, std::initializer_list<HeadCell> cells) {
    const auto head = page.html.in("thead");
    const auto row = page.html.in("tr");
    for (const HeadCell& cell : cells)
        page.html.element("th", {{"scope", "col"}, {"class", cell.is_number ? "k-number" : ""}},
                          cell.text);
}

void write_cell(Page& page, std::string_view label, std::string_view found) {
    const auto cell = page.html.in("td", {{"data-label", label}});
    page.html.found(found);
}

void write_times_cell(Page& page, std::string_view label, const findings::Span& span) {
    const auto cell = page.html.in("td", {{"data-label", label}});
    page.write_times(span);
}

void write_number(Page& page, std::string_view label, std::uint64_t value) {
    page.html.element("td", {{"class", "k-number"}, {"data-label", label}},
                      render::to_grouped(value));
}

void write_hatched(Page& page, std::string_view label) {
    const auto cell = page.html.in("td", {{"class", "k-hatched"}, {"data-label", label}});
    write_hatching(page.html);
    page.html.element("span", page.say("html.not_recorded"));
}

void write_section_head(Page& page, std::string_view key, std::string_view lead) {
    page.html.element("h2", page.say(key));
    page.html.element("p", {{"class", "k-lead"}}, page.say(lead));
}

}  // namespace konseki::report
