#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "konseki/findings/finding.h"
#include "konseki/findings/rule.h"
#include "konseki/render/catalogue.h"

namespace konseki::report {

/// A rule's own sentence with its placeholders filled. Keeps its memory from one sentence to the next.
class Sentence {
  public:
    /// Appends the value of a field; nothing where there is none.
    using Value = std::function<void(std::string_view field, std::string& out)>;

    /// Whether a `%%number` in a value gets the word that Windows shows for it.
    enum class Numbers { as_they_are, with_words };

    /// `{Field}` becomes the field's value, cut after max_said_bytes, or a word for "not recorded".
    void fill(const findings::Bilingual& texts, Numbers numbers, const Value& value);
    /// Views of both texts, valid until the next fill().
    void give(findings::MatchText& text) const {
        text.says_ja = ja_;
        text.says_en = en_;
    }

  private:
    void append_value(std::string& out, render::Language language, Numbers numbers);

    std::string ja_, en_, value_;
};

/// A value in a sentence is a hint; the whole stands among the fields.
inline constexpr std::size_t max_said_bytes = 300;
/// A rule may name its fields as often as it likes.
inline constexpr std::size_t max_sentence_bytes = 2'000;

}  // namespace konseki::report
