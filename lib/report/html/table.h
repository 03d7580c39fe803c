#pragma once

#include <initializer_list>
#include <string_view>

#include "page.h"

namespace konseki::report {

/// A head of a column.
struct HeadCell {
    std::string_view text;
    bool is_number = false;
};
void write_table_head(Page& page, std::initializer_list<HeadCell> cells);

/// Cells of a row; `label` is shown before the cell on a narrow screen.
void write_cell(Page& page, std::string_view label, std::string_view found);
void write_times_cell(Page& page, std::string_view label, const findings::Span& span);
void write_number(Page& page, std::string_view label, std::uint64_t value);
/// What could not be seen: hatched, with the word.
void write_hatched(Page& page, std::string_view label);

/// A heading with its lead, inside a section of the page.
void write_section_head(Page& page, std::string_view key, std::string_view lead);

}  // namespace konseki::report
