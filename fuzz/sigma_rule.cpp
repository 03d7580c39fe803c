// A rule file: parsed, compiled, packed, unpacked, matched.

#include <cstdint>
#include <string>

#include "use_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    konseki::fuzz::use_and_pack(konseki::fuzz::compile(std::string(data, data + size)));
    return 0;
}
