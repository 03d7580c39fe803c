#include "evtx/known_definitions.h"

#include <algorithm>
#include <cstring>

#include "evtx/instance.h"
#include "konseki/base/hash.h"

namespace konseki::formats::evtx {

namespace {

/// next (4), hash (2) before a name's length.
constexpr std::uint32_t name_length_at = 6;
/// Names of a definition that lie outside it, for it to be kept.
constexpr std::size_t max_names = 256;
/// Longer ones are read anew each time: hostile, or so rare that it does not matter.
constexpr std::size_t max_entry_bytes = 16'384;
/// GUID, size and the first bytes of the body tell nearly all definitions at one offset apart.
constexpr std::uint32_t guid_at = 4;
constexpr std::size_t hashed_bytes = 60;

/// The length and characters of the name at a chunk offset; empty where it reaches outside.
Bytes name_bytes(Bytes chunk, std::uint32_t offset) {
    const std::size_t begin = std::size_t{offset} + name_length_at;
    if (begin + 2 > chunk.size()) return {};
    const std::size_t size = 2 + std::size_t{load_u16(chunk.data() + begin)} * 2;
    return size <= chunk.size() - begin ? chunk.subspan(begin, size) : Bytes{};
}

bool has_names(Bytes chunk, const KnownDefinitions::Entry& entry) {
    const std::byte* known = entry.bytes.data() + entry.body_bytes;
    for (const KnownDefinitions::Part& name : entry.names) {
        const Bytes bytes = name_bytes(chunk, name.offset);
        if (bytes.size() != name.size || std::memcmp(bytes.data(), known, name.size) != 0)
            return false;
        known += name.size;
    }
    return true;
}

}  // namespace

KnownDefinitions::KnownDefinitions() : sets_(set_count), next_way_(set_count) {}

void KnownDefinitions::clear() {
    std::ranges::fill(sets_, Set{});
    bytes_ = 0;
}

/// The offset is the definition's, whose header was checked to lie within the chunk.
std::size_t KnownDefinitions::set_of(Bytes chunk, std::uint32_t offset) const {
    const Bytes start =
        chunk.subspan(offset + guid_at, std::min(hashed_bytes, chunk.size() - offset - guid_at));
    return hash64(start, offset) % set_count;
}

const KnownDefinitions::Entry* KnownDefinitions::find(Bytes chunk, std::uint32_t offset,
                                                      Bytes body) const {
    for (const Entry& entry : sets_[set_of(chunk, offset)]) {
        if (entry.program == nullptr || entry.offset != offset || entry.body_bytes != body.size())
            continue;
        if (std::memcmp(entry.bytes.data(), body.data(), body.size()) == 0 &&
            has_names(chunk, entry))
            return &entry;
    }
    return nullptr;
}

void KnownDefinitions::add(Bytes chunk, std::uint32_t offset, Bytes body, const Sketch& sketch,
                           const Program* program) {
    if (body.size() > max_entry_bytes || sketch.names.size() > max_names) return;
    Entry made;
    made.program = program;
    made.offset = offset;
    made.body_bytes = static_cast<std::uint32_t>(body.size());
    made.bytes.assign(body.begin(), body.end());
    for (const std::uint32_t name : sketch.names) {
        const Bytes bytes = name_bytes(chunk, name);
        if (bytes.empty() || made.bytes.size() + bytes.size() > max_entry_bytes) return;
        made.bytes.insert(made.bytes.end(), bytes.begin(), bytes.end());
        made.names.push_back({name, static_cast<std::uint32_t>(bytes.size())});
    }
    for (const records::Value& text : sketch.values)
        made.host_texts.push_back({static_cast<std::uint32_t>(text.data - body.data()), text.size});
    const std::size_t set = set_of(chunk, offset);
    std::uint8_t& way = next_way_[set];
    Entry& place = sets_[set][way];
    way = (way + 1) % ways;
    bytes_ += made.bytes.size();
    bytes_ -= place.bytes.size();
    place = std::move(made);
}

}  // namespace konseki::formats::evtx
