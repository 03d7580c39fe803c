#include "konseki/report/shown_records.h"

#include <algorithm>
#include <utility>

namespace konseki::report {

void ShownRecords::add(const findings::Finding& finding) {
    const findings::Level level = findings::sort_level(examination_.rules[finding.rule].level);
    std::size_t& used = bytes_[static_cast<std::size_t>(level)];
    if (used >= max_level_bytes) return;
    const auto found = lines_.find({finding.host, finding.rule, finding.label});
    if (found != lines_.end()) {
        // Further records of a line only while there is room for first ones of others.
        if (found->second.size() >= max_per_line || used >= max_level_bytes / 2) return;
    }
    ShownRecord record{.id = finding.id,
                       .time = finding.time,
                       .count = finding.count,
                       .events = {},
                       .fields = {},
                       .matched = std::string(finding.match.matched)};
    const std::size_t events = std::min(finding.events.size(), max_events);
    record.events.assign(finding.events.begin(),
                         finding.events.begin() + static_cast<std::ptrdiff_t>(events));
    if (finding.record.fields.size() <= max_field_bytes) record.fields = finding.record.fields;
    used += record.fields.size() + record.matched.size();
    lines_[{finding.host, finding.rule, finding.label}].push_back(std::move(record));
}

std::span<const ShownRecord> ShownRecords::of(std::uint32_t host, std::uint32_t rule,
                                              findings::Label label) const {
    const auto found = lines_.find({host, rule, label});
    if (found == lines_.end()) return {};
    return found->second;
}

}  // namespace konseki::report
