#pragma once

#include <vector>

#include "konseki/story/moves.h"

namespace konseki::story {

/// Fills `unusual` of each move.
void mark_unusual(const findings::Examination& examination, const Places& places,
                  const Alarm& alarm, const Customs& customs, std::vector<Move>& moves);

/// How much more a move with these reasons is worth a look than one without.
unsigned weight_of(const std::vector<Unusual>& reasons);
/// Whether a reason is one for accounts of computers and of Windows too: they do much by themselves.
bool counts_for_machines(Unusual reason);

}  // namespace konseki::story
