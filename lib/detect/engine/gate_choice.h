#pragma once

#include "engine/program.h"

namespace konseki::detect {

/// Decides for every rule of a program which literals must be seen before it is evaluated, and fills
/// gates, keywords, literals, literal_rules and ungated.
///
/// Of an AND one branch is enough: the one whose literals are rarest. Of an OR every branch is needed. A
/// negation gives none. Rules without a choice are ungated. Inputs that few rules need are avoided where
/// a rule has another choice, since every input costs a scan.
void choose_gates(const Flat& flat, const Runtime& runtime, Program& program);

}  // namespace konseki::detect
