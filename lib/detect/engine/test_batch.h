#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/body.h"
#include "engine/flatten.h"
#include "engine/made_log.h"
#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "konseki/records/batch.h"

namespace konseki::detect::test {

using TestLog = MadeLog;

/// Pattern from a text with `*`, `?` and `~` (any dash).
sigma::Pattern pattern(std::string_view written, bool cased = false);
sigma::Node field_is(std::string field, std::string_view written, bool cased = false);
inline sigma::Node contains(std::string field, std::string_view part) {
    return field_is(std::move(field), "*" + std::string(part) + "*");
}
inline sigma::Node ends(std::string field, std::string_view part) {
    return field_is(std::move(field), "*" + std::string(part));
}
sigma::Node regex(std::string field, std::string_view written, bool ignore_case = false);
sigma::Node number(std::string field, std::int64_t value);
sigma::Node of_kind(sigma::Test::Kind kind, std::string field);
sigma::Node all(std::vector<sigma::Node> children);
sigma::Node any(std::vector<sigma::Node> children);
sigma::Node no(sigma::Node child);
sigma::Node named(std::string selection, sigma::Node node);

/// Rules 0, 1, 2 … with these conditions, on the given routes (default: every event).
Rules rules_of(std::vector<sigma::Node> conditions, std::vector<sigma::Route> routes = {});
sigma::Route route_to(std::string channel, std::vector<std::uint32_t> event_ids = {});

/// Hits as "record:rule", with "?" behind an unchecked one.
std::vector<std::string> hits_of(const Rules& rules, const records::Batch& batch);
/// True where rule 0 with this condition fires on the first record.
bool fires(sigma::Node condition, const records::Batch& batch);

}  // namespace konseki::detect::test
