#include "sentence.h"

#include "konseki/base/text.h"
#include "konseki/render/catalogue.h"

namespace konseki::report {

void Sentence::fill(const findings::Bilingual& texts, const Value& value) {
    const auto write = [&](std::string_view text, std::string_view when_absent, std::string& out) {
        out.clear();
        while (out.size() < max_sentence_bytes) {
            const std::size_t open = text.find('{'), close = text.find('}', open);
            if (close == text.npos) break;
            out += text.substr(0, open);
            value_.clear();
            value(text.substr(open + 1, close - open - 1), value_);
            if (value_.empty())
                out += when_absent;
            else
                out += cut_text(value_, max_said_bytes);
            text.remove_prefix(close + 1);
        }
        out += text;
        if (out.size() > max_sentence_bytes) out = cut_text(out, max_sentence_bytes);
    };
    using render::Language;
    write(texts.ja, render::say(Language::ja, "report.not_recorded"), ja_);
    write(texts.en, render::say(Language::en, "report.not_recorded"), en_);
}

}  // namespace konseki::report
