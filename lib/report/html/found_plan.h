#pragma once

#include <cstddef>
#include <vector>

#include "page.h"

namespace konseki::report {

/// A rule on a host, and how many of its findings are shown down to their record.
struct FoundLine {
    const story::Reason* reason = nullptr;
    std::size_t records = 0;
};

/// A host with its lines, most severe first.
struct FoundHost {
    const story::HostView* view = nullptr;
    std::vector<FoundLine> lines;
};

/// Which lines the list of findings has.
struct FoundPlan {
    std::vector<FoundHost> hosts;
    std::size_t all = 0, shown = 0;  ///< lines
};

/// As many lines as the limits of the page allow, host by host. Records go to the gravest lines first: one each, then
/// second ones, then third ones, until their text is HtmlLimits::list_bytes.
FoundPlan plan_found(const PageData& data);

}  // namespace konseki::report
