#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "konseki/base/codepage.h"
#include "konseki/base/text.h"
#include "konseki/detect/organisation.h"
#include "sigma/yaml.h"

namespace konseki::detect {
namespace {

using findings::CollectionCommand;
using sigma::YamlDocument;
using sigma::YamlNode;
using Fault = std::optional<std::string>;

constexpr CodePage japanese_windows = 932;
constexpr CodePage unicode = 65001;

std::string quoted(std::string_view key) { return '`' + std::string(key) + '`'; }

/// The script's console writes in the code page of its Windows.
std::string to_unicode(std::string_view line) {
    if (is_valid_utf8(line)) return std::string(line);
    const CodePage page = looks_like_cp932(as_bytes(line)) ? japanese_windows : unicode;
    return decode(page, as_bytes(line));
}

bool names_offset(std::string_view time) {
    constexpr std::size_t date_size = 10;
    if (time.size() <= date_size) return false;
    time.remove_prefix(date_size);
    return time.find_first_of("+-Zz") != time.npos;
}

/// `zone` is what `tzutil /g` says, or a zone as the command line takes it.
std::optional<Zone> zone_named(std::string_view name) {
    if (name.starts_with("Tokyo ")) name = "Asia/Tokyo";  // Windows says `Tokyo Standard Time`
    const Result<Zone> zone = parse_zone(name);
    if (!zone) return std::nullopt;
    return *zone;
}

/// One line of the file.
class Line {
  public:
    explicit Line(const YamlNode& object) : object_(object) {}

    Fault read(CollectionCommand& out) {
        for (const auto& [key, value, is_needed] :
             {std::tuple{"host", &out.host, true}, std::tuple{"user", &out.user, false},
              std::tuple{"sid", &out.sid, false}, std::tuple{"command", &out.command, true},
              std::tuple{"zone", &out.zone, false}, std::tuple{"exit", &out.exit, false}})
            if (Fault fault = read_text(key, *value, is_needed)) return fault;
        if (out.user.empty() && out.sid.empty()) return "`user` or `sid` is missing";
        for (const auto& [key, value] :
             {std::pair{"start", &out.start}, std::pair{"end", &out.end}})
            if (Fault fault = read_time(key, out.zone, *value)) return fault;
        if (out.end < out.start) return "`end` is before `start`";
        if (out.end.ticks - out.start.ticks > max_collection_hours * Time::per_hour)
            return "the command took longer than a day";
        return std::nullopt;
    }

  private:
    Fault read_text(std::string_view key, std::string& out, bool is_needed) const {
        const YamlNode* const node = object_.find(key);
        if (node != nullptr && !node->is_scalar()) return quoted(key) + " is no text";
        if (node != nullptr && !node->is_null()) out = node->text;
        if (out.empty() && is_needed) return quoted(key) + " is missing";
        return std::nullopt;
    }

    Fault read_time(std::string_view key, std::string_view zone_name, Time& out) const {
        std::string text;
        if (Fault fault = read_text(key, text, true)) return fault;
        Zone zone;
        if (!names_offset(text)) {
            const std::optional<Zone> named = zone_named(zone_name);
            if (!named) return quoted(key) + " has no offset, and `zone` is none that is known";
            zone = *named;
        }
        const Result<Time> time = parse_time(text, zone);
        if (!time) return quoted(key) + " is no time";
        out = *time;
        return std::nullopt;
    }

    const YamlNode& object_;
};

Fault read_line(std::string_view line, CollectionCommand& out) {
    if (line.size() > max_collection_line) return "the line is too long";
    const std::vector<YamlDocument> documents = sigma::read_yaml(to_unicode(line));
    if (line.front() != '{' || documents.size() != 1 || documents.front().error ||
        !documents.front().root.is_map())
        return "the line is no JSON object";
    return Line(documents.front().root).read(out);
}

void note(CollectionRecord& record, std::uint32_t line, std::string reason) {
    ++record.refused;
    if (record.problems.size() < max_collection_problems)
        record.problems.push_back({line, std::move(reason)});
}

}  // namespace

CollectionRecord read_collection(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    CollectionRecord record;
    if (text.size() > max_collection_bytes) {
        note(record, 1, "the file is too long");
        return record;
    }
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::uint32_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (const std::size_t last = line.find_last_not_of(" \t\r"); last != line.npos)
            line = line.substr(0, last + 1);
        else
            continue;
        if (record.commands.size() == max_collection_commands) {
            note(record, number, "there are too many commands");
            break;
        }
        CollectionCommand command;
        command.line = number;
        if (Fault fault = read_line(line, command))
            note(record, number, std::move(*fault));
        else
            record.commands.push_back(std::move(command));
    }
    return record;
}

}  // namespace konseki::detect
