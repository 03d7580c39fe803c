#pragma once

#include <cstddef>

#include "konseki/findings/examination.h"
#include "konseki/render/json.h"
#include "konseki/story/told.h"

namespace konseki::report {

/// Rows of movements and steps in summary.json. Others stand in logons.csv and findings.jsonl.
inline constexpr std::size_t most_movements = 1'000, most_steps = 1'000;
/// Hosts to collect next that are listed there.
inline constexpr std::size_t most_next_hosts = 1'000;

/// Members first and last of an object; those there are.
void append_span(render::JsonWriter& writer, const findings::Span& span);
/// The objects of an array of movements, `most` at most.
void append_movements(render::JsonWriter& writer, const findings::Examination& examination,
                      const story::Told& told, std::size_t most);
/// Members of summary.json about what is told over hosts: visibility, movements, next_hosts, story, first_sure,
/// dwell, entry, before_gone.
void append_told(render::JsonWriter& writer, const findings::Examination& examination,
                 const story::Told& told);

}  // namespace konseki::report
