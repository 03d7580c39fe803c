#include "sentence.h"

#include "konseki/base/text.h"
#include "konseki/render/catalogue.h"
#include "konseki/render/windows_words.h"

namespace konseki::report {

using render::Language;

void Sentence::fill(const findings::Bilingual& texts, Numbers numbers, const Value& value) {
    const auto write = [&](std::string_view text, Language language, std::string& out) {
        out.clear();
        render::for_each_part(
            text,
            [&](std::string_view part) {
                if (out.size() < max_sentence_bytes) out += part;
            },
            [&](std::string_view field) {
                if (out.size() >= max_sentence_bytes) return;
                value_.clear();
                value(field, value_);
                append_value(out, language, numbers);
            });
        if (out.size() > max_sentence_bytes) out = cut_text(out, max_sentence_bytes);
    };
    write(texts.ja, Language::ja, ja_);
    write(texts.en, Language::en, en_);
}

void Sentence::append_value(std::string& out, Language language, Numbers numbers) {
    if (value_.empty()) {
        out += render::say(language, "report.not_recorded");
        return;
    }
    if (numbers == Numbers::as_they_are || !value_.contains("%%")) {
        out += cut_text(value_, max_said_bytes);
        return;
    }
    std::string with_words;
    render::append_with_windows_words(with_words, value_, language, max_said_bytes);
    out += cut_text(with_words, max_said_bytes);
}

}  // namespace konseki::report
