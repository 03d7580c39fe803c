#include "tar_header.h"

#include <charconv>

namespace konseki::containers {
namespace {

/// Larger sizes would overflow when rounded to blocks; no file system holds them.
constexpr std::uint64_t largest_size = std::uint64_t{1} << 62;

std::string_view text_field(Bytes block, std::size_t offset, std::size_t size) {
    const std::string_view field = as_text(block.subspan(offset, size));
    return field.substr(0, field.find('\0'));
}

/// Octal digits with blanks around, or GNU's base 256 where the first bit is set.
Result<std::uint64_t> number_field(Bytes field) {
    std::uint64_t value = 0;
    if ((load_u8(&field[0]) & 0x80) != 0) {
        if (load_u8(&field[0]) != 0x80)
            return fail(Error::bad_value("a tar number is out of range"));
        for (const std::byte byte : field.subspan(1)) {
            value = value << 8 | static_cast<std::uint64_t>(byte);
            if (value > largest_size) return fail(Error::bad_value("a tar number is out of range"));
        }
        return value;
    }
    std::string_view text = as_text(field);
    text = text.substr(0, text.find('\0'));
    const std::size_t first = text.find_first_not_of(' ');
    if (first == text.npos) return value;
    text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
    const std::from_chars_result read =
        std::from_chars(text.data(), text.data() + text.size(), value, 8);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value > largest_size)
        return fail(Error::bad_value("a tar number is not octal"));
    return value;
}

Result<void> read_pax_record(std::string_view record, TarOverride& out) {
    const std::size_t equals = record.find('=');
    if (equals == record.npos || !record.ends_with('\n'))
        return fail(Error::bad_value("a pax record has no value"));
    const std::string_view key = record.substr(0, equals);
    const std::string_view value = record.substr(equals + 1, record.size() - equals - 2);
    if (key == "path") {
        out.path = std::string(value);
    } else if (key == "size") {
        std::uint64_t size = 0;
        const std::from_chars_result read =
            std::from_chars(value.data(), value.data() + value.size(), size);
        if (read.ec != std::errc() || read.ptr != value.data() + value.size() ||
            size > largest_size)
            return fail(Error::bad_value("a pax size is no number"));
        out.size = size;
    } else if (key.starts_with("GNU.sparse.")) {
        out.is_sparse = true;
    }
    return {};
}

}  // namespace

bool has_tar_checksum(Bytes block) {
    if (block.size() < tar_block_bytes) return false;
    const Result<std::uint64_t> stored = number_field(block.subspan(148, 8));
    // POSIX sums unsigned bytes; some old writers summed signed ones.
    std::uint64_t sum = std::uint64_t{8} * ' ';
    std::int64_t signed_sum = std::int64_t{8} * ' ';
    for (std::size_t at = 0; at < tar_block_bytes; ++at) {
        if (at >= 148 && at < 156) continue;
        sum += load_u8(&block[at]);
        signed_sum += static_cast<std::int8_t>(block[at]);
    }
    return stored && (*stored == sum || *stored == static_cast<std::uint64_t>(signed_sum));
}

Result<TarHeader> read_tar_header(Bytes block) {
    if (!has_tar_checksum(block))
        return fail(Error::bad_value("a tar header has a wrong checksum"));
    TarHeader out;
    out.name = text_field(block, 0, 100);
    out.type = static_cast<char>(block[156]);
    out.size = TRY(number_field(block.subspan(124, 12)));
    // POSIX ends the magic with a NUL; GNU's own ("ustar  ") uses the prefix for something else.
    if (as_text(block.subspan(257, 6)) == std::string_view("ustar\0", 6)) {
        const std::string_view prefix = text_field(block, 345, 155);
        if (!prefix.empty()) out.name = std::string(prefix) + "/" + out.name;
    }
    out.has_more_sparse_blocks = out.type == 'S' && load_u8(&block[482]) != 0;
    return out;
}

Result<void> read_pax_records(Bytes bytes, TarOverride& out) {
    std::string_view rest = as_text(bytes);
    while (!rest.empty() && rest[0] != '\0') {
        std::size_t size = 0;
        const std::from_chars_result read =
            std::from_chars(rest.data(), rest.data() + rest.size(), size);
        const std::size_t digits = static_cast<std::size_t>(read.ptr - rest.data());
        const bool is_sane = read.ec == std::errc() && size > digits + 1 && size <= rest.size() &&
                             rest[digits] == ' ';
        if (!is_sane) return fail(Error::bad_value("a pax record has a wrong length"));
        TRY_VOID(read_pax_record(rest.substr(digits + 1, size - digits - 1), out));
        rest.remove_prefix(size);
    }
    return {};
}

}  // namespace konseki::containers
