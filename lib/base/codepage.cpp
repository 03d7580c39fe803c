#include "konseki/base/codepage.h"

#include "konseki/base/text.h"
#include "utf8_decode.h"

#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <utility>
#include <vector>

// Every page becomes one constant table on first use, made by asking ICU for each byte and each pair
// once. All characters of these pages lie in the Basic Multilingual Plane, so a table entry is one
// unit. ICU's ibm-943_P15A-2003 is Windows' own CP932 (wave dash U+FF5E, backslash U+005C).

namespace konseki {
namespace {

struct PageName {
    CodePage page;
    const char* converter;
    bool is_double_byte;
};
constexpr std::array pages = {
    PageName{437, "ibm-437_P100-1995", false},   PageName{874, "windows-874-2000", false},
    PageName{932, "ibm-943_P15A-2003", true},    PageName{936, "windows-936-2000", true},
    PageName{949, "windows-949-2000", true},     PageName{950, "windows-950-2000", true},
    PageName{1250, "ibm-5346_P100-1998", false}, PageName{1251, "ibm-5347_P100-1998", false},
    PageName{1252, "ibm-5348_P100-1997", false}, PageName{1253, "ibm-5349_P100-1998", false},
    PageName{1254, "ibm-5350_P100-1998", false}, PageName{1255, "ibm-9447_P100-2002", false},
    PageName{1256, "ibm-9448_X100-2005", false}, PageName{1257, "ibm-9449_P100-2002", false},
    PageName{1258, "ibm-5354_P100-1998", false},
};
constexpr CodePage utf8_page = 65001;
/// Table entry of what the page does not define. No page maps a byte but 0 to U+0000.
constexpr std::uint16_t undefined = 0;

struct Table {
    std::array<std::uint16_t, 256> single{};
    std::array<bool, 256> is_lead{};
    std::vector<std::uint16_t> pairs;  ///< lead << 8 | trail; empty for single-byte pages
};

struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Close>;

/// The one unit that `bytes` stand for, else `undefined`. C1 controls and, for single bytes, private use
/// are ICU's and Windows' way of passing through what the page does not define.
std::uint16_t ask(UConverter* converter, std::string_view bytes) {
    std::array<UChar, 4> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(converter);
    const std::int32_t units =
        ucnv_toUChars(converter, out.data(), static_cast<std::int32_t>(out.size()), bytes.data(),
                      static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status) || units != 1) return undefined;
    const std::uint16_t unit = out[0];
    const bool is_surrogate = unit >= 0xd800 && unit < 0xe000;
    const bool is_passed_through = unit >= 0x80 && unit < 0xa0;
    const bool is_private_byte = bytes.size() == 1 && unit >= 0xe000 && unit < 0xf900;
    return is_surrogate || is_passed_through || is_private_byte ? undefined : unit;
}

void add_pairs(Table& table, UConverter* converter) {
    table.pairs.assign(65536, undefined);
    for (unsigned lead = 0x81; lead < 0xff; ++lead) {
        if (table.single[lead] != undefined) continue;
        for (unsigned trail = 0x40; trail < 0xff; ++trail) {
            const std::array bytes = {static_cast<char>(lead), static_cast<char>(trail)};
            const std::uint16_t unit = ask(converter, std::string_view(bytes.data(), bytes.size()));
            table.pairs[lead << 8 | trail] = unit;
            if (unit != undefined) table.is_lead[lead] = true;
        }
    }
}

Table make_table(const PageName& name) {
    Table table;
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(name.converter, &status));
    require(U_SUCCESS(status), "ICU's data hold the code pages");
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    for (unsigned byte = 1; byte < 256; ++byte) {
        const char one = static_cast<char>(byte);
        // Windows leaves ASCII alone on every page, control characters too.
        table.single[byte] = byte < 0x80 ? static_cast<std::uint16_t>(byte)
                                         : ask(converter.get(), std::string_view(&one, 1));
    }
    // Where ICU follows IBM's tables, not Microsoft's cp437.txt and cp1253.txt.
    if (name.page == 437) table.single[0xe6] = 0x00b5;
    if (name.page == 1253) table.single[0xaa] = undefined;
    if (name.is_double_byte) add_pairs(table, converter.get());
    return table;
}

template <std::size_t index>
const Table& table_at() {
    static const Table table = make_table(pages[index]);
    return table;
}

template <std::size_t... indexes>
const Table* find_table(CodePage page, std::index_sequence<indexes...>) {
    const Table* found = nullptr;
    (void)((pages[indexes].page == page ? (found = &table_at<indexes>(), true) : false) || ...);
    return found;
}

const Table* find_table(CodePage page) {
    return find_table(page, std::make_index_sequence<pages.size()>());
}

struct Step {
    std::uint16_t unit;  ///< `undefined` where the bytes mean nothing
    std::uint8_t size;   ///< bytes consumed, 1 or 2
};
/// A lead byte takes its trail along unless that is ASCII: a quotation mark is never swallowed.
Step step(const Table& table, Bytes bytes, std::size_t at) {
    const std::uint8_t lead = load_u8(&bytes[at]);
    if (!table.is_lead[lead] || at + 1 == bytes.size()) return {table.single[lead], 1};
    const std::uint8_t trail = load_u8(&bytes[at + 1]);
    const std::uint16_t unit = table.pairs[static_cast<std::size_t>(lead) << 8 | trail];
    const bool takes_trail = unit != undefined || trail >= 0x80;
    return {unit, static_cast<std::uint8_t>(takes_trail ? 2 : 1)};
}

std::string repair_utf8(std::string_view text) {
    if (is_valid_utf8(text)) return std::string(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) append_code_point(out, next_code_point(text, at));
    return out;
}

}  // namespace

bool is_known_code_page(CodePage page) {
    for (const PageName& name : pages)
        if (name.page == page) return true;
    return page == utf8_page;
}

std::string decode(CodePage page, Bytes bytes) {
    if (page == utf8_page) return repair_utf8(as_text(bytes));
    const Table* const table = find_table(page);
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    for (std::size_t at = 0; at < bytes.size();) {
        const std::uint8_t byte = load_u8(&bytes[at]);
        if (byte < 0x80 || table == nullptr) {
            append_code_point(out, byte < 0x80 ? byte : replacement_character);
            ++at;
            continue;
        }
        const Step next = step(*table, bytes, at);
        append_code_point(out, next.unit == undefined ? replacement_character : next.unit);
        at += next.size;
    }
    return out;
}

bool looks_like_cp932(Bytes bytes) {
    const Table& table = *find_table(932);
    bool has_pair = false;
    for (std::size_t at = 0; at < bytes.size();) {
        if (load_u8(&bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Step next = step(table, bytes, at);
        if (next.unit == undefined) return false;
        has_pair = has_pair || next.size == 2;
        at += next.size;
    }
    return has_pair;
}

}  // namespace konseki
