#pragma once

#include "konseki/examine/options.h"
#include "konseki/findings/examination.h"
#include "talk.h"

namespace konseki::kit {

/// How the evidence is read.
examine::Options read_options(const ReadChoice& choice, const Environment& environment);

/// Says what could not be read, shortly, and gives the status that reading alone deserves.
ExitStatus reading_status(const findings::Reading& reading, const Talk& talk);

/// Says on standard error how much was not read: for commands whose output is records.
void warn_of_damage(const findings::Reading& reading, const Talk& talk);

}  // namespace konseki::kit
