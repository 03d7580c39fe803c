#include "finding_fields.h"

#include <algorithm>
#include <cstdint>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

/// Reads the JSON that our own printer writes: no white space, no number that matters as one.
class Reader {
  public:
    explicit Reader(std::string_view json) : json_(json) {}

    bool accept(char c) {
        if (at_ >= json_.size() || json_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool at_end() const { return at_ >= json_.size(); }

    /// A text, or whatever else stands there up to the next `,`, `]` or `}`.
    std::string value() {
        if (accept('"')) return text();
        const std::size_t end = std::min(json_.find_first_of(",]}", at_), json_.size());
        std::string out(json_.substr(at_, end - at_));
        at_ = end;
        return out == "null" ? std::string() : out;
    }

  private:
    /// Behind its first quotation mark.
    std::string text() {
        std::string out;
        while (at_ < json_.size() && json_[at_] != '"') {
            if (json_[at_] != '\\') {
                out += json_[at_++];
                continue;
            }
            ++at_;
            if (at_ < json_.size()) escape(out);
        }
        ++at_;
        return out;
    }

    void escape(std::string& out) {
        const char c = json_[at_++];
        switch (c) {
            case 'n': out += '\n'; return;
            case 't': out += '\t'; return;
            case 'r': out += '\r'; return;
            case 'b': out += '\b'; return;
            case 'f': out += '\f'; return;
            case 'u': return append_code_point(out, unit());
            default: out += c;
        }
    }
    char32_t unit() {
        char32_t value = 0;
        for (int i = 0; i < 4 && at_ < json_.size(); ++i) {
            const char c = json_[at_++];
            const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            value = value * 16 + static_cast<char32_t>(digit & 15);
        }
        return value;
    }

    std::string_view json_;
    std::size_t at_ = 0;
};

using Values = std::vector<std::pair<std::string, std::string>>;

/// The values of a list, behind its `[`.
void read_list(Reader& reader, const std::string& name, Values& out) {
    if (reader.accept(']')) return;
    do out.emplace_back(name, reader.value());
    while (reader.accept(','));
    reader.accept(']');
}

/// The members of an object, behind its `{`.
void read_members(Reader& reader, Values& out) {
    if (reader.accept('}')) return;
    do {
        const std::string name = reader.value();
        if (!reader.accept(':')) return;
        if (reader.accept('['))
            read_list(reader, name, out);
        else
            out.emplace_back(name, reader.value());
    } while (reader.accept(','));
    reader.accept('}');
}

/// `[{"field":…,"value":…,"pattern":…},…]`: what matched stands under the names that Sigma gives to fields.
void read_matched(std::string_view json, Values& out) {
    Reader reader(json);
    if (!reader.accept('[')) return;
    while (reader.accept('{')) {
        Values members;
        read_members(reader, members);
        if (members.size() >= 2)
            out.emplace_back(std::move(members[0].second), std::move(members[1].second));
        reader.accept(',');
    }
}

bool says_nothing(std::string_view value) { return value.empty() || value == "-"; }

}  // namespace

FindingFields::FindingFields(const findings::Finding& finding) {
    Reader reader(finding.record.fields);
    if (reader.accept('{')) read_members(reader, values_);
    read_matched(finding.match.matched, values_);
}

std::string_view FindingFields::first(std::string_view name) const {
    for (const auto& [known, value] : values_)
        if (known == name && !says_nothing(value)) return value;
    return {};
}

std::vector<std::string_view> FindingFields::all(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const auto& [known, value] : values_)
        if (known == name && !says_nothing(value)) out.push_back(value);
    return out;
}

}  // namespace konseki::story
