#pragma once

#include "page.h"

namespace konseki::report {

/// What one of many hosts alone has; nothing where there are few hosts.
void write_rare(Page& page);

}  // namespace konseki::report
