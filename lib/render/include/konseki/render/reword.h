#pragma once

#include <string>
#include <string_view>

#include "konseki/render/catalogue.h"

namespace konseki::render {

/// A sentence that was made in English, in another language: the English message whose key begins with
/// `keys` and whose text, with anything for its placeholders, is the sentence gives the key; what stands
/// for the placeholders is reworded too. A sentence that no message fits comes back as it is, so that no
/// reason is ever lost. For sentences that reports for machines keep in English and that were made where
/// no catalogue is at hand.
std::string reword(Language language, std::string_view keys, std::string_view english);

}  // namespace konseki::render
