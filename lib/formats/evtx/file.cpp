#include <algorithm>

#include "konseki/base/hash.h"
#include "konseki/formats/evtx.h"

namespace konseki::formats::evtx {

namespace {

constexpr std::string_view file_magic("ElfFile\0", 8);
constexpr std::string_view chunk_magic("ElfChnk\0", 8);
constexpr std::size_t header_read_bytes = 128;
constexpr std::size_t checksum_covers = 120;
constexpr std::uint64_t chunk_count_wraps = 65'536;

/// Letters that only one script or one of two writing reforms has; counting them tells the language.
/// (Japanese uses many of the traditional ones too, but never without kana.)
constexpr char16_t simplified_only[] = u"这说进过还开关实网级统务线组项处设应发对时间图书长东车";
constexpr char16_t traditional_only[] = u"這說進過還開關實網級統務線組項處設應發對時間圖書長東車";
/// Hiragana and Katakana: U+3041 to U+30FE; Hangul syllables: U+AC00 to U+D7A3.
constexpr char16_t first_counted = 0x3041, last_kana = 0x30fe;
constexpr char16_t first_hangul = 0xac00, last_hangul = 0xd7a3;
/// Fewer letters than this are a name or a message in another language, not the host's.
constexpr std::uint64_t least_letters = 16;

}  // namespace

bool has_file_magic(Bytes start) { return as_text(start).starts_with(file_magic); }
bool has_chunk_magic(Bytes start) { return as_text(start).starts_with(chunk_magic); }

Result<FileHeader> read_file_header(Bytes start) {
    if (start.size() < header_read_bytes)
        return fail(Error::truncated("file header", 0, header_read_bytes, start.size()));
    if (!has_file_magic(start)) return fail(Error::bad_value("no event log magic"));
    FileHeader header;
    Cursor cursor(start);
    cursor.skip(file_magic.size(), "magic");
    header.first_chunk = cursor.u64("first chunk");
    header.last_chunk = cursor.u64("last chunk");
    header.next_record_id = cursor.u64("next record id");
    cursor.skip(4, "header size");
    header.minor_version = cursor.u16("minor version");
    header.major_version = cursor.u16("major version");
    cursor.skip(2, "header block size");
    header.chunk_count = cursor.u16("chunk count");
    cursor.seek(checksum_covers, "flags");
    header.flags = cursor.u32("flags");
    const std::uint32_t checksum = cursor.u32("checksum");
    header.checksum_is_right = crc32(start.first(checksum_covers)) == checksum;
    return header;
}

std::uint64_t slot_count(std::uint64_t file_bytes) {
    if (file_bytes <= file_header_bytes) return 0;
    return (file_bytes - file_header_bytes + chunk_bytes - 1) / chunk_bytes;
}

std::vector<records::Damage> check_header(const FileHeader& header, std::uint64_t file_bytes,
                                          std::uint64_t slots_in_use) {
    std::vector<records::Damage> out;
    if (!header.checksum_is_right && !header.has_no_checksums())
        out.push_back({0, header_read_bytes, "the file header's checksum is wrong"});
    const std::uint64_t named = header.chunk_count;
    // The count has 16 bits: a log of more chunks names the rest of the division.
    if (named != slots_in_use % chunk_count_wraps) {
        const bool fewer = named > slots_in_use;
        std::string reason = "the file header names " + std::to_string(named) + " chunks, " +
                             std::to_string(slots_in_use) + " are there";
        if (header.is_dirty()) reason += " (the log was not closed)";
        out.push_back({fewer ? file_bytes : 0, 0, std::move(reason)});
    }
    return out;
}

void HostLanguage::add(const records::Batch& batch) {
    const std::u16string_view simplified(simplified_only), traditional(traditional_only);
    for (const records::Value& value : batch.values) {
        if (value.type != static_cast<std::uint8_t>(records::WireType::string)) continue;
        for (std::uint32_t at = 0; at + 1 < value.size; at += 2) {
            const auto unit = static_cast<char16_t>(load_u16(value.data + at));
            if (unit < first_counted) continue;
            if (unit <= last_kana)
                ++kana_;
            else if (unit >= first_hangul && unit <= last_hangul)
                ++hangul_;
            else if (simplified.find(unit) != simplified.npos)
                ++simplified_;
            else if (traditional.find(unit) != traditional.npos)
                ++traditional_;
        }
    }
}

std::optional<CodePage> HostLanguage::code_page() const {
    const std::uint64_t most = std::max({kana_, hangul_, simplified_, traditional_});
    if (most < least_letters) return std::nullopt;
    if (most == kana_) return 932;
    if (most == hangul_) return 949;
    return most == simplified_ ? 936 : 950;
}

}  // namespace konseki::formats::evtx
