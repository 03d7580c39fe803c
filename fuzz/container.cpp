// A zip, tar or gzip file: every entry is unpacked.

#include <cstddef>
#include <cstdint>
#include <span>

#include "konseki/containers/archive.h"

namespace {
using namespace konseki;

class TakeAll final : public containers::EntrySink {
  public:
    containers::EntryWish wish(const containers::Entry&) override {
        return containers::EntryWish::read;
    }
    void take(const containers::Entry&, Bytes) override {}
    void note(const containers::EntryDamage&) override {}
};
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const containers::MemorySource source(std::as_bytes(std::span(data, size)));
    containers::Limits limits;
    limits.entry_bytes = std::uint64_t{4} << 20;  // a run stays small
    TakeAll sink;
    const Result<void> read = containers::for_each_entry(source, "in.gz", limits, sink);
    return read || !read.error().message.empty() ? 0 : 1;
}
