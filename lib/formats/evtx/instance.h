#pragma once

#include <cstdint>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"

namespace konseki::formats::evtx {

/// Where the parts of a template instance lie; offsets within the chunk.
struct Instance {
    std::uint32_t definition = 0;   ///< of the template definition
    std::uint32_t template_id = 0;  ///< the first four bytes of the definition's GUID
    std::uint32_t value_count = 0;
    std::uint32_t descriptors =
        0;                     ///< value_count entries of 4 bytes: u16 size, u8 type, u8 unused
    std::uint32_t values = 0;  ///< the values' bytes, one behind the other
    std::uint32_t end = 0;     ///< behind what is there; less than named when values_cut
    bool values_cut = false;   ///< a value reaches past the end of `bytes`
};

/// next (4), GUID (16), body size (4) before a template definition's body.
inline constexpr std::uint32_t definition_header_bytes = 24;

/// Reads the instance whose token 0x0c stands at `at`; `bytes` is the chunk up to the end of the record or
/// value that holds it. Layout: token, u8, u32 template id, u32 definition offset, the definition itself
/// where it stands here for the first time, u32 count, descriptors, values (libyal/libevtx documentation,
/// "Template instance"). The count is checked against the room before anything follows from it.
Result<Instance> read_instance(Bytes bytes, std::uint32_t at);

}  // namespace konseki::formats::evtx
