#include "konseki/base/tokens.h"

#include <unicode/uchar.h>

#include "konseki/base/text.h"

namespace konseki {
namespace {

enum class Kind : std::uint8_t { parting, ascii, other };

Kind kind_of(char32_t code_point) {
    if (code_point < 0x80) {
        const bool is_word =
            (code_point >= '0' && code_point <= '9') || (code_point >= 'a' && code_point <= 'z');
        return is_word ? Kind::ascii : Kind::parting;
    }
    // U+FFFD, which stands for a broken byte, is none of them.
    constexpr std::uint32_t words = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_CO_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(code_point)) & words) != 0 ? Kind::other
                                                                          : Kind::parting;
}

/// Takes the runs of a folded text apart.
struct Taken {
    std::vector<std::string> tokens;
    Kind last = Kind::parting;        ///< of the last run
    std::size_t last_characters = 0;  ///< of the last run
    std::size_t begin = 0, end = 0;   ///< of all runs together
};

void end_run(Taken& taken, std::string_view run, std::string_view last_character) {
    if (taken.last == Kind::ascii) taken.tokens.emplace_back(run.substr(0, max_token_bytes));
    if (taken.last == Kind::other) taken.tokens.emplace_back(last_character);
}

Taken take_apart(std::string_view folded) {
    Taken out;
    Kind before = Kind::parting;
    std::size_t run = 0, last_character = 0;
    const auto finish = [&](std::size_t end) {
        if (before == Kind::parting) return;
        end_run(out, folded.substr(run, end - run),
                folded.substr(last_character, end - last_character));
        out.end = end;
    };
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t here = at;
        const Kind kind = kind_of(next_code_point(folded, at));
        if (kind != before) {
            finish(here);
            run = here;
            if (kind != Kind::parting) {
                if (out.last == Kind::parting) out.begin = here;
                out.last = kind;
                out.last_characters = 0;
            }
        } else if (kind == Kind::other) {
            out.tokens.emplace_back(folded.substr(last_character, at - last_character));
        }
        if (kind != Kind::parting) ++out.last_characters;
        before = kind;
        last_character = here;
    }
    finish(folded.size());
    return out;
}

Phrase phrase_of(std::string_view folded) {
    Taken taken = take_apart(folded);
    Phrase out;
    out.tokens = std::move(taken.tokens);
    out.folded = folded.substr(taken.begin, taken.end - taken.begin);
    out.last_is_beginning = taken.last == Kind::ascii || taken.last_characters == 1;
    // A run that is looked for may go on in the text: its last character need not end one there.
    if (taken.last == Kind::other && taken.last_characters > 1) out.tokens.pop_back();
    if (out.tokens.size() > max_phrase_tokens) {
        out.tokens.resize(max_phrase_tokens);
        out.last_is_beginning = false;
    }
    return out;
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view text) {
    return take_apart(fold_for_search(text)).tokens;
}

std::vector<Phrase> phrases_of(std::string_view words) {
    const std::string folded = fold_for_search(words);
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<Phrase> out;
    std::size_t at = folded.find_first_not_of(blanks);
    while (at != folded.npos && out.size() < max_phrases) {
        const std::size_t end = std::min(folded.find_first_of(blanks, at), folded.size());
        Phrase phrase = phrase_of(std::string_view(folded).substr(at, end - at));
        if (!phrase.tokens.empty()) out.push_back(std::move(phrase));
        at = folded.find_first_not_of(blanks, end);
    }
    return out;
}

}  // namespace konseki
