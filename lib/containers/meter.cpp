#include "meter.h"

#include <limits>

namespace konseki::containers {

Result<void> Meter::add_entry() {
    if (++entries_ > limits_.entries)
        return fail(Error::limit("more than " + std::to_string(limits_.entries) +
                                 " entries: the rest is not read"));
    return {};
}

Result<void> Meter::check_entry_size(std::uint64_t bytes) const {
    if (bytes > limits_.entry_bytes)
        return fail(Error::limit("larger than " + std::to_string(limits_.entry_bytes) +
                                 " bytes: not unpacked"));
    return {};
}

Result<void> Meter::add_bytes(std::uint64_t bytes) {
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t sum = bytes > largest - bytes_ ? largest : bytes_ + bytes;
    if (sum > limits_.total_bytes)
        return fail(Error::limit("the container would unpack to more than " +
                                 std::to_string(limits_.total_bytes) + " bytes: not unpacked"));
    const bool is_dense = packed_bytes_ < sum / limits_.ratio;
    if (is_dense && sum > limits_.ratio_free_bytes)
        return fail(Error::limit("the container would unpack to more than " +
                                 std::to_string(limits_.ratio) + " times its size: not unpacked"));
    bytes_ = sum;
    return {};
}

}  // namespace konseki::containers
