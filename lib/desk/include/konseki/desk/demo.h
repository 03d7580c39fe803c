#pragma once

#include <cstdint>

#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/render/catalogue.h"
#include "konseki/store/store.h"

namespace konseki::desk {

/// How a made-up desk is made.
struct DemoChoice {
    Time now;                                          ///< some cases are open on this day
    render::Language language = render::Language::ja;  ///< of what people wrote
    std::uint64_t seed = 1;                            ///< the same seed makes the same desk
};

/// Fills a desk that has its first user and nothing else with made-up consultations, cases, rescues and visits, so that the table of fiscal years 2016 to
/// 2019 comes out as the public one: 519, 412, 413, 392 consultations (221 in the first half of 2019), 123, 144, 127,
/// 139 (80) rescues, 17, 27, 31, 20 (18) on-site, by either basis. Among them lie rows that must not count: in the bin,
/// duplicates, cancelled visits, merged cases. All names are invented.
/// The user is told to have written everything, and gets every role.
Result<void> make_demo(store::Store& store, const DemoChoice& choice);

}  // namespace konseki::desk
