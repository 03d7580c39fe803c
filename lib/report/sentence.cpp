#include "sentence.h"

#include "konseki/base/text.h"
#include "konseki/render/catalogue.h"

namespace konseki::report {

void Sentence::fill(const findings::Bilingual& texts, const Value& value) {
    const auto write = [&](std::string_view text, std::string_view when_absent, std::string& out) {
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
                out += value_.empty() ? std::string(when_absent) : cut_text(value_, max_said_bytes);
            });
        if (out.size() > max_sentence_bytes) out = cut_text(out, max_sentence_bytes);
    };
    using render::Language;
    write(texts.ja, render::say(Language::ja, "report.not_recorded"), ja_);
    write(texts.en, render::say(Language::en, "report.not_recorded"), en_);
}

}  // namespace konseki::report
