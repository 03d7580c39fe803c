// collection.json, which comes with the evidence; and the same bytes as a profile.

#include <cstdint>
#include <span>

#include "konseki/base/bytes.h"
#include "konseki/detect/organisation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    const std::string_view text = as_text(std::as_bytes(std::span(data, size)));
    const detect::CollectionRecord record = detect::read_collection(text);
    for (const findings::CollectionCommand& command : record.commands)
        require(command.start <= command.end && !command.command.empty() && !command.host.empty(),
                "a command that cannot be used was taken");
    (void)detect::read_profile(text, Zone{});
    return 0;
}
