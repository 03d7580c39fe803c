#include "found_plan.h"

#include <algorithm>
#include <span>

namespace konseki::report {
namespace {

/// A line without records, with most of what it opens down to.
constexpr std::size_t line_bytes = 700;

/// Of a record in the page: its text, and the markup around it, which is about as long.
std::size_t bytes_of(const ShownRecord& record) {
    constexpr std::size_t place_bytes = 400;
    return place_bytes + 2 * record.fields.size();
}

void grant_records(const PageData& data, FoundPlan& plan) {
    std::vector<FoundLine*> lines;
    for (FoundHost& host : plan.hosts)
        for (FoundLine& line : host.lines) lines.push_back(&line);
    std::ranges::stable_sort(lines, std::ranges::greater{},
                             [](const FoundLine* line) { return line->reason->level; });
    std::size_t left = data.options.limits.list_bytes;
    left -= std::min(left, plan.shown * line_bytes);
    for (std::size_t turn = 0; turn < ShownRecords::max_per_line; ++turn)
        for (FoundLine* const line : lines) {
            const story::Reason& reason = *line->reason;
            const std::span<const ShownRecord> kept =
                data.shown.records.of(reason.host, reason.rule, reason.label);
            if (line->records != turn || turn >= kept.size()) continue;
            const std::size_t bytes = bytes_of(kept[turn]);
            if (bytes > left) continue;
            left -= bytes;
            ++line->records;
        }
}

}  // namespace

FoundPlan plan_found(const PageData& data) {
    const HtmlLimits& limits = data.options.limits;
    FoundPlan plan;
    for (const story::HostView& view : data.story.hosts) {
        const std::size_t of_host = view.reasons.size() + view.set_aside.size();
        plan.all += of_host;
        if (of_host == 0 || plan.shown >= limits.lines || plan.hosts.size() >= limits.hosts)
            continue;
        FoundHost& host = plan.hosts.emplace_back(FoundHost{.view = &view, .lines = {}});
        for (const std::vector<story::Reason>* const reasons : {&view.reasons, &view.set_aside})
            for (const story::Reason& reason : *reasons) {
                if (plan.shown == limits.lines) break;
                host.lines.push_back({.reason = &reason});
                ++plan.shown;
            }
    }
    grant_records(data, plan);
    return plan;
}

}  // namespace konseki::report
