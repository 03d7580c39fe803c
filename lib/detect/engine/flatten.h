#pragma once

#include "engine/flat.h"
#include "sigma/ast.h"
#include "sigma/log_sources.h"

#include <span>

namespace konseki::detect {

/// Rule trees and their log sources as flat tables. Rules whose log source is not known, which the front
/// end has refused, get no route.
Flat flatten(const sigma::RuleBook& book, const sigma::LogSources& sources);

/// The same for tests: every rule goes to the given routes.
Flat flatten(const sigma::RuleBook& book, std::span<const sigma::Route> routes);

}  // namespace konseki::detect
