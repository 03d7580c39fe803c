#pragma once

#include <memory>

#include "konseki/containers/entry.h"
#include "konseki/containers/source.h"

namespace konseki::containers {

/// True where the first bytes are a gzip member's (RFC 1952 2.3.1).
bool is_gzip(Bytes first);

/// Unpacks gzip (RFC 1952; several members in a row; what follows the last one is ignored) as it is
/// read. Damage, an early end and a passed limit are the error of the read after the last good byte.
class GzipStream final : public Stream {
  public:
    /// Both outlive the stream.
    GzipStream(const Source& source, const Limits& limits);
    ~GzipStream() override;
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    Result<std::size_t> read(std::span<std::byte> out) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A stream to its end, at most `limits.entry_bytes`.
Result<std::vector<std::byte>> read_all(Stream& stream, const Limits& limits);

}  // namespace konseki::containers
