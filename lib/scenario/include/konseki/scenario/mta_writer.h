#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace konseki::scenario {

/// An event of a made file of message texts.
struct MtaEvent {
    std::uint64_t id = 0;    ///< System/EventRecordID
    std::u16string message;  ///< empty: an event without one
};

/// A file as Windows writes it beside a log that is saved with display information (docs/formats/mta.md):
/// sections EVT, MSG and PUB, pages of 100 records, the publishers without names of their own.
std::vector<std::byte> make_mta(const std::vector<MtaEvent>& events,
                                const std::vector<std::u16string>& publishers);

}  // namespace konseki::scenario
