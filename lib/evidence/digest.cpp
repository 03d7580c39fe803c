#include "konseki/evidence/digest.h"

#include <algorithm>
#include <vector>

namespace konseki::evidence {
namespace {

constexpr std::uint64_t piece_bytes = std::uint64_t{1} << 20;

}  // namespace

Result<Sha256> digest(const containers::Source& source) {
    Sha256Stream stream;
    std::vector<std::byte> piece(std::min(piece_bytes, source.size()));
    for (std::uint64_t at = 0; at < source.size();) {
        const std::uint64_t wanted = std::min(piece_bytes, source.size() - at);
        const std::size_t got = TRY(source.read_at(at, std::span(piece).first(wanted)));
        if (got == 0) return fail(Error::truncated("file", at, wanted, 0));
        stream.add(Bytes(piece).first(got));
        at += got;
    }
    return stream.finish();
}

}  // namespace konseki::evidence
