#include "konseki/base/text.h"

#include <string>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "konseki/base/result.h"

namespace konseki {
namespace {

const icu::Normalizer2& nfkc_casefold() {
    // Immutable and shared by all threads (ICU documentation, Normalizer2::getNFKCCasefoldInstance).
    static const icu::Normalizer2* const instance = [] {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2* const found = icu::Normalizer2::getNFKCCasefoldInstance(status);
        require(U_SUCCESS(status) && found != nullptr, "ICU has its normal forms");
        return found;
    }();
    return *instance;
}

/// ァ to ヶ stand 0x60 behind ぁ to ゖ, and so do the marks ヽ and ヾ.
char32_t as_hiragana(char32_t code_point) {
    const bool is_katakana = (code_point >= 0x30A1 && code_point <= 0x30F6) ||
                             code_point == 0x30FD || code_point == 0x30FE;
    return is_katakana ? code_point - 0x60 : code_point;
}

}  // namespace

std::string fold_for_search(std::string_view utf8) {
    std::string valid;
    if (!is_valid_utf8(utf8)) {
        for (std::size_t at = 0; at < utf8.size();)
            append_code_point(valid, next_code_point(utf8, at));
        utf8 = valid;
    }
    std::string folded;
    icu::StringByteSink<std::string> sink(&folded);
    UErrorCode status = U_ZERO_ERROR;
    nfkc_casefold().normalizeUTF8(
        0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr, status);
    require(U_SUCCESS(status), "ICU normalises what is UTF-8");
    std::string out;
    out.reserve(folded.size());
    for (std::size_t at = 0; at < folded.size();) {
        const char first = folded[at];
        if (static_cast<unsigned char>(first) < 0x80) {
            out += first;
            ++at;
        } else {
            append_code_point(out, as_hiragana(next_code_point(folded, at)));
        }
    }
    return out;
}

}  // namespace konseki
