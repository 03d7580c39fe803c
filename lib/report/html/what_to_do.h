#pragma once

#include "page.h"

namespace konseki::report {

// Answers of the first sheet that say what people do.
void write_decide(Page& page);
void write_do_not(Page& page);
void write_whom_to_tell(Page& page);

/// What a rule says of its example, or its title where it says nothing.
std::string_view says_of(const Page& page, const story::Reason& reason);

}  // namespace konseki::report
