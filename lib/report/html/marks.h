#pragma once

#include <string_view>

#include "page.h"

namespace konseki::report {

/// Shapes that marks refer to, once per page.
void write_shapes(HtmlWriter& html);
/// The level's shape and word.
void write_level(Page& page, findings::Level level);
void write_verdict_mark(Page& page, story::Verdict verdict);

/// Keys of the catalogue.
std::string_view sight_key(story::Sight sight);
/// How to switch it on.
std::string_view sight_remedy_key(story::Sight sight);
/// The name of a tactic of ATT&CK v18, or its id where it is none.
std::string tactic_name(const Page& page, std::string_view tactic);

/// Fills a table cell that says "not recorded" with slanting lines.
void write_hatching(HtmlWriter& html);

/// What was seen of a whole time, on a band that is hatched elsewhere.
struct Band {
    findings::Span whole, seen;
    std::vector<Time> marks = {};  ///< black
};
void write_band(Page& page, const Band& band);

/// Parts of a whole as lengths beside each other; what is neither black nor solid is hatched.
struct Bar {
    std::size_t black = 0, solid = 0, whole = 0;
};
void write_bar(Page& page, const Bar& bar);

}  // namespace konseki::report
