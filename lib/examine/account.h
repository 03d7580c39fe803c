#pragma once

#include <string>

#include "konseki/records/batch.h"

namespace konseki::examine {

/// The account that an event is about: the target where it names one (TargetDomainName\TargetUserName),
/// else the subject, else `User`, else the SID in System/Security. Empty where it names none; `-` and
/// empty values name none.
std::string account_of(const records::Batch& batch, const records::Record& record);

}  // namespace konseki::examine
