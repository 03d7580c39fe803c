#include "konseki/base/idna.h"

#include "konseki/base/result.h"

#include <unicode/uidna.h>

#include <memory>

namespace konseki {
namespace {

constexpr std::size_t max_domain_bytes = 253;
constexpr std::size_t max_label_bytes = 63;
// Longer input cannot become a valid name, whatever it maps to: U-labels need at most 4 bytes per octet.
constexpr std::size_t max_input_bytes = 4 * max_domain_bytes;

struct Closer {
    void operator()(UIDNA* idna) const { uidna_close(idna); }
};
using Handle = std::unique_ptr<UIDNA, Closer>;

const UIDNA* uts46() {
    // Immutable once opened and shared by all threads (ICU documentation, uidna_openUTS46).
    static const Handle handle = [] {
        UErrorCode status = U_ZERO_ERROR;
        Handle opened(uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                          UIDNA_NONTRANSITIONAL_TO_ASCII |
                                          UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                      &status));
        require(U_SUCCESS(status) && opened, "ICU has its UTS 46 data");
        return opened;
    }();
    return handle.get();
}

using Convert = int32_t (*)(const UIDNA*, const char*, int32_t, char*, int32_t, UIDNAInfo*,
                            UErrorCode*);

std::optional<std::string> convert(Convert function, std::string_view domain) {
    std::string out(max_input_bytes, '\0');
    UErrorCode status = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const int32_t size = function(uts46(), domain.data(), static_cast<int32_t>(domain.size()),
                                  out.data(), static_cast<int32_t>(out.size()), &info, &status);
    // Hyphens in places 3 and 4 and at the ends are seen in real names; only what has no meaning is refused.
    constexpr std::uint32_t bearable = UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_LEADING_HYPHEN |
                                       UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_EMPTY_LABEL;
    if (U_FAILURE(status) || (info.errors & ~bearable) != 0) return std::nullopt;
    out.resize(static_cast<std::size_t>(size));
    return out;
}

bool is_plain_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Lengths, letters and dots of A-labels; drops the final dot.
bool finish_name(std::string& name) {
    if (!name.empty() && name.back() == '.') name.pop_back();
    if (name.empty() || name.size() > max_domain_bytes) return false;
    std::size_t label = 0;
    for (const char c : name) {
        if (c == '.') {
            if (label == 0) return false;
            label = 0;
        } else if (!is_plain_byte(c) || ++label > max_label_bytes) {
            return false;
        }
    }
    return label != 0;
}

/// True where UTS 46 could do no more than lower the letters.
bool is_plain(std::string_view domain) {
    for (const char c : domain)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return !domain.contains("xn--") && !domain.contains("XN--") && !domain.contains("Xn--") &&
           !domain.contains("xN--");
}

}  // namespace

std::optional<std::string> domain_to_ascii(std::string_view domain) {
    if (domain.empty() || domain.size() > max_input_bytes) return std::nullopt;
    std::string name;
    if (is_plain(domain)) {
        name.assign(domain);
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    } else {
        std::optional<std::string> converted = convert(uidna_nameToASCII_UTF8, domain);
        if (!converted) return std::nullopt;
        name = *std::move(converted);
    }
    if (!finish_name(name)) return std::nullopt;
    return name;
}

std::string domain_to_unicode(std::string_view domain) {
    if (is_plain(domain) || domain.size() > max_input_bytes) return std::string(domain);
    return convert(uidna_nameToUnicodeUTF8, domain).value_or(std::string(domain));
}

}  // namespace konseki
