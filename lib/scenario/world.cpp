#include "world.h"

#include <algorithm>
#include <utility>

#include "konseki/base/result.h"

namespace konseki::scenario {

Host& World::add(Machine machine) {
    hosts_.push_back(std::make_unique<Host>(std::move(machine), domain_, agenda_, folder_));
    return *hosts_.back();
}

Host& World::host(const std::string& name) {
    const auto found = std::ranges::find_if(
        hosts_, [&](const std::unique_ptr<Host>& host) { return host->machine().name == name; });
    if (found == hosts_.end()) broken_invariant("a story names a host that it does not have");
    return **found;
}

}  // namespace konseki::scenario
