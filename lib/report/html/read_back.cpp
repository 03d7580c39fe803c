#include "read_back.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::report {
namespace {

/// JSON without white space, as our own writers print it, from its beginning.
class JsonText {
  public:
    explicit JsonText(std::string_view json) : rest_(json) {}

    bool take(char wanted) {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// A string, or anything else up to what ends a value: `4624`, `true`; null is an empty text.
    bool value(std::string& out) {
        out.clear();
        if (take('"')) return inside(out);
        const std::size_t end = rest_.find_first_of(",]}");
        if (end == 0 || end == rest_.npos || rest_[0] == '{' || rest_[0] == '[') return false;
        out = rest_.substr(0, end);
        rest_.remove_prefix(end);
        if (out == "null") out.clear();
        return true;
    }

    bool key(std::string& out) { return take('"') && inside(out) && take(':'); }

  private:
    /// Behind the quotation mark that begins a string.
    bool inside(std::string& out) {
        out.clear();
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find_first_of("\"\\"), rest_.size());
            out += rest_.substr(0, end);
            rest_.remove_prefix(end);
            if (take('"')) return true;
            if (!take('\\') || !escape(out)) return false;
        }
        return false;
    }

    bool escape(std::string& out) {
        if (rest_.empty()) return false;
        const char c = std::exchange(rest_, rest_.substr(1)).front();
        switch (c) {
            case 'b': out += '\b'; return true;
            case 'f': out += '\f'; return true;
            case 'n': out += '\n'; return true;
            case 'r': out += '\r'; return true;
            case 't': out += '\t'; return true;
            case 'u': return code(out);
            default: out += c; return true;
        }
    }

    /// Our writers escape only what is below U+0020 so.
    bool code(std::string& out) {
        constexpr std::size_t digits = 4;
        if (rest_.size() < digits) return false;
        unsigned value = 0;
        const char* const end = rest_.data() + digits;
        if (std::from_chars(rest_.data(), end, value, 16).ptr != end) return false;
        append_code_point(out, static_cast<char32_t>(value));
        rest_.remove_prefix(digits);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::vector<ShownField> read_fields(std::string_view json, std::size_t most, std::size_t& all) {
    std::vector<ShownField> fields;
    all = 0;
    JsonText text(json);
    std::string name, value;
    const auto add = [&](std::string shown_name) {
        if (fields.size() < most) fields.push_back({std::move(shown_name), value});
        ++all;
    };
    if (!text.take('{')) return fields;
    do {
        if (!text.key(name)) return fields;
        if (!text.take('[')) {
            if (!text.value(value)) return fields;
            add(name);
            continue;
        }
        std::size_t place = 0;
        do {
            if (!text.value(value)) break;
            add(name + '[' + std::to_string(place++) + ']');
        } while (text.take(','));
        if (!text.take(']')) return fields;
    } while (text.take(','));
    return fields;
}

std::vector<ShownMatch> read_matches(std::string_view json) {
    std::vector<ShownMatch> matches;
    JsonText text(json);
    if (!text.take('[')) return matches;
    std::string key, value;
    do {
        ShownMatch match;
        if (!text.take('{')) return matches;
        do {
            if (!text.key(key) || !text.value(value)) return matches;
            if (key == "field") match.field = value;
            if (key == "value") match.value = value;
            if (key == "pattern") match.pattern = value;
        } while (text.take(','));
        if (!text.take('}')) return matches;
        matches.push_back(std::move(match));
    } while (text.take(','));
    return matches;
}

}  // namespace konseki::report
