// A value and its modifiers: the first byte chooses the modifiers, the rest is the value.

#include <array>
#include <cstdint>
#include <string>

#include "use_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    constexpr std::array modifiers = {"",
                                      "|contains",
                                      "|startswith",
                                      "|endswith",
                                      "|re",
                                      "|re|i",
                                      "|cased",
                                      "|windash",
                                      "|base64",
                                      "|wide|base64offset|contains",
                                      "|base64offset|contains",
                                      "|cidr",
                                      "|lt",
                                      "|gte",
                                      "|exists",
                                      "|contains|windash",
                                      "|expand",
                                      "|fieldref",
                                      "|neq",
                                      "|re|m|s"};
    if (size == 0) return 0;
    fuzz::use_and_pack(
        fuzz::compile("title: t\nid: 6f2f4f3a-0f1d-4c57-9f5e-0c1d2e3f4a5b\nlogsource:\n  product: "
                      "windows\n  category: process_creation\n"
                      "detection:\n  selection:\n    CommandLine" +
                      std::string(modifiers[data[0] % modifiers.size()]) + ": " +
                      fuzz::quoted(data + 1, size - 1) + "\n  condition: selection\n"));
    return 0;
}
