#include "engine/regex.h"

#include <algorithm>

#include "engine/flat.h"
#include "engine/pattern.h"

#include <re2/re2.h>

namespace konseki::detect {

struct Regex::Compiled {
    std::once_flag once;
    std::unique_ptr<re2::RE2> re;
};

Regex::Regex(std::string_view pattern, std::uint8_t flags)
    : pattern_(pattern),
      flags_(flags),
      shape_(analyse_regex(pattern)),
      compiled_(std::make_unique<Compiled>()) {}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;

bool Regex::could_match(std::string_view folded) const {
    if (folded.size() < shape_.minimum) return false;
    const auto stands = [&](const std::string& text) {
        return find_text(folded, text, 0) != std::string_view::npos;
    };
    return std::all_of(shape_.all.begin(), shape_.all.end(), [&](const auto& texts) {
        return std::any_of(texts.begin(), texts.end(), stands);
    });
}

bool Regex::has_run(std::string_view text) const {
    const bool stops = (flags_ & regex_dot_all) == 0;
    std::uint32_t run = 0;
    if (*shape_.run == 0) return true;
    for (const char c : text) {
        if (c == '\n' && stops)
            run = 0;
        else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80 && ++run >= *shape_.run)
            return true;
    }
    return false;
}

bool Regex::search(std::string_view text) const {
    if (shape_.run) return has_run(text);
    std::call_once(compiled_->once, [&] {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(max_regex_memory);
        options.set_case_sensitive((flags_ & regex_ignore_case) == 0);
        options.set_dot_nl((flags_ & regex_dot_all) != 0);
        std::string pattern = pattern_;
        if ((flags_ & regex_multi_line) != 0) pattern = "(?m)" + pattern;
        compiled_->re = std::make_unique<re2::RE2>(pattern, options);
    });
    if (!compiled_->re->ok()) return false;
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_->re);
}

}  // namespace konseki::detect
