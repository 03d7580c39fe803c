// A file of message texts: what is found in it must lie in it.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "konseki/formats/mta.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    const Result<formats::mta::Messages> messages =
        formats::mta::read(std::as_bytes(std::span(data, size)));
    if (!messages) return 0;
    for (std::uint64_t number = 0; number < 300; ++number) {
        const std::optional<formats::mta::Place> place = messages->find(number, number);
        if (place && (place->offset > size || place->bytes > size - place->offset)) std::abort();
    }
    return 0;
}
