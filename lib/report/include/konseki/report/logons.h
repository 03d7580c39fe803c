#pragma once

#include <cstddef>
#include <string>

#include "konseki/findings/examination.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/json.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// logons.csv: who moved from where to where, the most unusual first. `from_address` is an address that it
/// came from; `recorded_by` and `unusual` are lists with `;` between. Times are UTC. Formula-safe.
std::string make_logons_csv(const findings::Examination& examination, const story::Told& told);

/// The same as one JSON object: `{"schema":"konseki/logons/1","movements":[…]}`.
std::string make_logons_json(const findings::Examination& examination, const story::Told& told);

/// The picture of movements as a file of its own, with its style inside: at most 60 hosts, the most unusual
/// movements first.
std::string make_logons_svg(const story::Told& told, render::Language language);

}  // namespace konseki::report
