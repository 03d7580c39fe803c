#include <algorithm>

#include "konseki/base/text.h"

#include "slow_logs.h"

namespace konseki::slow_sigma {

namespace {

std::string without(std::string_view text, char unwanted) {
    std::string out(text);
    std::erase(out, unwanted);
    return out;
}

FlatField field_of(std::string_view name, std::string text) {
    FlatField field;
    field.name = std::string(name);
    set_text(field, std::move(text));
    return field;
}

/// `Event/EventData/Data[@Name='X']` is `EventData.X`, `Event/System/Provider/@Name` is
/// `System.Provider.Name`; both also behind `Event.`.
bool is_path(std::string_view name, const std::string& path) {
    if (name.starts_with("Event.")) name.remove_prefix(6);
    std::string dotted = path.starts_with("Event/") ? path.substr(6) : path;
    if (const std::size_t data = dotted.find("Data[@Name='"); data != std::string::npos)
        dotted = dotted.substr(0, data) + dotted.substr(data + 12, dotted.size() - data - 14);
    dotted = without(dotted, '@');
    std::replace(dotted.begin(), dotted.end(), '/', '.');
    return dotted == name;
}

std::vector<FlatField> own_values(const FlatRecord& record, std::string_view name) {
    std::vector<FlatField> out;
    for (const FlatField& field : record.fields) {
        const bool is_it = field.name == name || without(field.name, ' ') == name;
        if (is_it || (name.find('.') != std::string_view::npos && is_path(name, field.path)))
            out.push_back(field);
    }
    return out;
}

/// `SHA1=..,MD5=..,SHA256=..,IMPHASH=..` in Hashes.
std::vector<FlatField> hash_values(const FlatRecord& record, std::string_view name) {
    std::vector<FlatField> out;
    if (name != "md5" && name != "sha1" && name != "sha256" && name != "imphash") return out;
    for (const FlatField& hashes : own_values(record, "Hashes")) {
        std::size_t at = 0;
        while (at <= hashes.text.size()) {
            const std::size_t end = std::min(hashes.text.find(',', at), hashes.text.size());
            const std::string part = hashes.text.substr(at, end - at);
            const std::size_t equals = part.find('=');
            if (equals != std::string::npos && fold(part.substr(0, equals)) == name)
                out.push_back(field_of(name, part.substr(equals + 1)));
            at = end + 1;
        }
    }
    return out;
}

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

void add_line(const SlowMap& map, const std::vector<FlatField>& from, std::vector<FlatField>& out) {
    for (const FlatField& value : from) {
        std::size_t at = 0;
        while (at <= value.text.size()) {
            const std::size_t end = std::min(value.text.find('\n', at), value.text.size());
            const std::string_view line = std::string_view(value.text).substr(at, end - at);
            const std::size_t equals = line.find('=');
            if (equals != std::string_view::npos && trimmed(line.substr(0, equals)) == map.key) {
                out.push_back(field_of(map.sigma, trimmed(line.substr(equals + 1))));
                return;
            }
            at = end + 1;
        }
    }
}

std::string with_short_root(const std::string& key) {
    for (const auto& [root, name] :
         {std::pair("\\registry\\machine", "HKLM"), std::pair("\\registry\\user", "HKU")}) {
        const std::string_view long_root = root;
        if (!fold(key).starts_with(long_root)) continue;
        if (key.size() == long_root.size() || key[long_root.size()] == '\\')
            return name + key.substr(long_root.size());
    }
    return key;
}

std::vector<FlatField> mapped(const SlowMap& map, const FlatRecord& record) {
    const std::vector<FlatField> from = own_values(record, map.from.at(0));
    std::vector<FlatField> out;
    switch (map.how) {
        case SlowMap::How::field: return from;
        case SlowMap::How::join: {
            const std::vector<FlatField> second = own_values(record, map.from.at(1));
            const std::string tail =
                second.empty() || second[0].text.empty() ? "" : "\\" + second[0].text;
            for (const FlatField& value : from) {
                if (value.kind == FlatField::Kind::text)
                    out.push_back(field_of(map.sigma, with_short_root(value.text) + tail));
                else
                    out.push_back(value);
            }
            return out;
        }
        case SlowMap::How::table:
            for (const FlatField& value : from)
                for (const auto& [key, meaning] : map.table)
                    if (value.kind == FlatField::Kind::text && value.folded == key)
                        out.push_back(field_of(map.sigma, meaning));
            return out;
        case SlowMap::How::line: add_line(map, from, out); return out;
        case SlowMap::How::value:
            if (map.position <= from.size()) out.push_back(from[map.position - 1]);
            return out;
    }
    return out;
}

}  // namespace

std::vector<FlatField> RouteLookup::values(const FlatRecord& record, std::string_view name) const {
    std::vector<FlatField> own = own_values(record, name);
    for (const SlowMap& map : route_->maps) {
        if (map.sigma != name) continue;
        if (map.if_absent && !own.empty()) break;
        return mapped(map, record);
    }
    if (!own.empty()) return own;
    for (const SlowMap& alias : *aliases_)
        if (alias.sigma == name) return mapped(alias, record);
    return hash_values(record, name);
}

}  // namespace konseki::slow_sigma
