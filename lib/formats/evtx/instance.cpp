#include "evtx/instance.h"

namespace konseki::formats::evtx {

namespace {

constexpr std::uint32_t instance_header_bytes = 10;
constexpr std::uint32_t descriptor_bytes = 4;

}  // namespace

Result<Instance> read_instance(Bytes bytes, std::uint32_t at) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    if (at > size || size - at < instance_header_bytes)
        return fail(Error::truncated("template instance", at, instance_header_bytes, size - at));
    Instance out;
    out.template_id = load_u32(bytes.data() + at + 2);
    out.definition = load_u32(bytes.data() + at + 6);
    std::uint32_t next = at + instance_header_bytes;
    if (out.definition == next) {
        if (size - next < definition_header_bytes)
            return fail(Error::truncated("template definition", next, definition_header_bytes,
                                         size - next));
        const std::uint32_t body = load_u32(bytes.data() + next + 20);
        next += definition_header_bytes;
        if (body > size - next)
            return fail(Error::truncated("template definition", next, body, size - next));
        next += body;
    }
    if (size - next < 4) return fail(Error::truncated("value count", next, 4, size - next));
    out.value_count = load_u32(bytes.data() + next);
    next += 4;
    if (out.value_count > (size - next) / descriptor_bytes)
        return fail(Error::truncated("value descriptors", next, std::uint64_t{out.value_count} * 4,
                                     size - next));
    out.descriptors = next;
    out.values = next + out.value_count * descriptor_bytes;
    std::uint64_t end = out.values;
    for (std::uint32_t n = 0; n < out.value_count; ++n)
        end += load_u16(bytes.data() + out.descriptors + n * descriptor_bytes);
    out.values_cut = end > size;
    out.end = out.values_cut ? size : static_cast<std::uint32_t>(end);
    return out;
}

}  // namespace konseki::formats::evtx
