#include "entry_codec.h"

namespace konseki::examine {
namespace {

constexpr std::string_view ellipsis = "\xe2\x80\xa6";

/// Largest length up to `limit` that does not end within a UTF-8 sequence.
std::size_t whole_code_points(std::string_view text, std::size_t limit) {
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return end;
}

}  // namespace

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

void EntryWriter::cut_text(std::string_view whole, std::size_t limit) {
    if (whole.size() <= limit) return text(whole);
    const std::size_t kept = whole_code_points(whole, limit - ellipsis.size());
    number(kept + ellipsis.size());
    for (const std::string_view part : {whole.substr(0, kept), ellipsis}) {
        const Bytes bytes = as_bytes(part);
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
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

void EntryReader::text(std::string& out) { out = as_text(cursor_.take(number(), "entry text")); }

std::string EntryReader::text() { return std::string(as_text(cursor_.take(number(), "entry text"))); }

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
