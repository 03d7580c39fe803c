#include "entry_codec.h"

namespace konseki::examine {
void EntryWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        u8(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    u8(static_cast<std::uint8_t>(value));
}

void EntryWriter::text(std::string_view text) {
    number(text.size());
    const Bytes bytes = as_bytes(text);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
}

std::uint64_t EntryReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = u8();
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) return value;
    }
    bad_ = true;
    return 0;
}

std::string_view EntryReader::view() { return as_text(cursor_.take(number(), "entry text")); }

std::size_t EntryReader::count() {
    const std::uint64_t value = number();
    if (value > cursor_.left()) bad_ = true;
    return failed() ? 0 : static_cast<std::size_t>(value);
}

Result<void> EntryReader::result() const {
    if (failed()) return fail(Error::bad_value("a temporary file was changed while it was used"));
    return {};
}

}  // namespace konseki::examine
