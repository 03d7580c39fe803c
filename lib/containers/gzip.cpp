#include "konseki/containers/gzip.h"

#include "meter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#define ZLIB_CONST
#include <zlib.h>

namespace konseki::containers {
namespace {

constexpr std::size_t input_bytes = std::size_t{64} << 10;
constexpr int gzip_window = 15 + 16;  // zlib: largest window, gzip header and trailer
constexpr std::size_t piece_bytes = std::size_t{256} << 10;

}  // namespace

bool is_gzip(Bytes first) {
    return first.size() >= 3 && load_u8(&first[0]) == 0x1f && load_u8(&first[1]) == 0x8b &&
           load_u8(&first[2]) == 8;
}

struct GzipStream::State {
    State(const Source& source, const Limits& limits)
        : packed(source), meter(limits, source.size()) {
        require(inflateInit2(&zlib, gzip_window) == Z_OK, "zlib starts");
    }
    ~State() { inflateEnd(&zlib); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Result<void> refill();
    Result<bool> begin_next_member();
    Result<void> inflate_into(std::span<std::byte> out, std::size_t& made);

    SourceStream packed;
    Meter meter;
    z_stream zlib{};
    std::array<std::byte, input_bytes> input;
    std::size_t input_at = 0, input_end = 0;
    std::uint64_t consumed = 0;
    bool is_inside_member = true;
    bool is_done = false;
    std::optional<Error> failure;
};

/// Moves what is left to the front and reads behind it.
Result<void> GzipStream::State::refill() {
    std::copy(input.begin() + input_at, input.begin() + input_end, input.begin());
    input_end -= input_at;
    input_at = 0;
    input_end += TRY(packed.read(std::span(input).subspan(input_end)));
    return {};
}

Result<bool> GzipStream::State::begin_next_member() {
    if (input_end - input_at < 3) TRY_VOID(refill());
    if (!is_gzip(Bytes(input).subspan(input_at, input_end - input_at))) return false;
    require(inflateReset(&zlib) == Z_OK, "zlib starts over");
    is_inside_member = true;
    return true;
}

/// One step: makes some bytes, consumes some, or ends a member. Every step does one of the three.
Result<void> GzipStream::State::inflate_into(std::span<std::byte> out, std::size_t& made) {
    if (!is_inside_member && !TRY(begin_next_member())) {
        is_done = true;
        return {};
    }
    if (input_at == input_end) TRY_VOID(refill());
    if (input_at == input_end)
        return fail(Error{.kind = ErrorKind::truncated,
                          .message = "the gzip data end in the middle",
                          .offset = consumed});
    const std::size_t room = std::min<std::size_t>(out.size(), std::numeric_limits<uInt>::max());
    const void* const in = input.data() + input_at;
    void* const to = out.data();
    zlib.next_in = static_cast<const Bytef*>(in);
    zlib.avail_in = static_cast<uInt>(input_end - input_at);
    zlib.next_out = static_cast<Bytef*>(to);
    zlib.avail_out = static_cast<uInt>(room);
    const int status = inflate(&zlib, Z_NO_FLUSH);
    const std::size_t used = input_end - input_at - zlib.avail_in;
    made = room - zlib.avail_out;
    input_at += used;
    consumed += used;
    if (status == Z_STREAM_END) {
        is_inside_member = false;
    } else if (status != Z_OK || (made == 0 && used == 0)) {
        return fail(Error::bad_value("the gzip data are damaged", consumed));
    }
    return {};
}

GzipStream::GzipStream(const Source& source, const Limits& limits)
    : state_(std::make_unique<State>(source, limits)) {}

GzipStream::~GzipStream() = default;

Result<std::size_t> GzipStream::read(std::span<std::byte> out) {
    if (state_->failure) return fail(*state_->failure);
    std::size_t total = 0;
    while (total < out.size() && !state_->is_done) {
        std::size_t made = 0;
        Result<void> step = state_->inflate_into(out.subspan(total), made);
        if (step) step = state_->meter.add_bytes(made);
        total += made;
        if (step) continue;
        state_->failure = step.error();
        if (total == 0) return fail(step.error());
        break;  // what came before the damage first; the reason with the next call
    }
    return total;
}

Result<std::vector<std::byte>> read_all(Stream& stream, const Limits& limits) {
    std::vector<std::byte> out;
    while (true) {
        const std::size_t before = out.size();
        out.resize(before + piece_bytes);
        const std::size_t got = TRY(stream.read(std::span(out).subspan(before)));
        out.resize(before + got);
        if (out.size() > limits.entry_bytes)
            return fail(Error::limit("larger than " + std::to_string(limits.entry_bytes) +
                                     " bytes: not unpacked"));
        if (got < piece_bytes) {
            // Fewer bytes than asked for: the end, or damage that the next read names.
            std::byte probe{};
            if (TRY(stream.read(std::span(&probe, 1))) == 0) return out;
            out.push_back(probe);
        }
    }
}

}  // namespace konseki::containers
