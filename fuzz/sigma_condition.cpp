// The condition of an otherwise sound rule.

#include <cstdint>
#include <string>

#include "use_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    fuzz::use_and_pack(
        fuzz::compile("title: t\nid: 6f2f4f3a-0f1d-4c57-9f5e-0c1d2e3f4a5b\nlogsource:\n  product: "
                      "windows\n  category: process_creation\n"
                      "detection:\n  selection_a:\n    CommandLine|contains: whoami\n  "
                      "selection_b:\n    - Image|endswith: \\cmd.exe\n"
                      "    - User: x\n  filter:\n    ParentImage|startswith: C:\\\n  condition: " +
                      fuzz::quoted(data, size) + '\n'));
    return 0;
}
