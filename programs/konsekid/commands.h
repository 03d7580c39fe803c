#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>

#include "konseki/render/catalogue.h"
#include "options.h"

namespace konseki::desk_program {

/// Tells a person one sentence of the catalogue.
using Say = std::function<void(std::string_view key, std::initializer_list<render::Filling>)>;

/// Runs a command to its end; 0 done, 1 could not do it (and said why).
int run(const Options& options, const Say& say);

}  // namespace konseki::desk_program
