#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "evtx/program.h"
#include "konseki/base/result.h"
#include "konseki/records/shape.h"

namespace konseki::formats::evtx {

inline constexpr std::uint16_t no_parent = 0xffff;

/// A program used in a record: its place among the record's values and where its output goes.
struct ProgramUse {
    const Program* program = nullptr;
    std::uint16_t first_slot = 0;      ///< of its substitutions; its host literals follow them
    std::uint16_t parent = no_parent;  ///< index of the use that holds it
    std::uint16_t parent_slot = 0;     ///< substitution or splice number within the parent
    bool is_splice = false;

    bool operator==(const ProgramUse&) const = default;
};

/// Steps of one shape. The largest in the samples has under 300; nested templates that double at each
/// level would pass any number.
inline constexpr std::size_t max_steps = 16'384;

/// What identifies the shape of a record made of these uses: their sketches and how they nest.
void write_shape_key(std::span<const ProgramUse> uses, std::vector<std::byte>& key);

/// Builds the shape; `value_count` is the number of values that the uses have together. Fails with limit.
Result<std::unique_ptr<records::Shape>> build_shape(std::span<const ProgramUse> uses,
                                                    std::uint16_t value_count);

}  // namespace konseki::formats::evtx
