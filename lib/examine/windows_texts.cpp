#include "windows_texts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::examine {
namespace {

using findings::ItemInfo;
using findings::ItemState;

constexpr std::string_view folder_name = "localemetadata", texts_end = ".mta", log_end = ".evtx";

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& one : out)
        if (one >= 'A' && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
    return out;
}

/// Whose texts a file holds, by its name alone.
struct Name {
    std::string log;  ///< path in lower case
    std::uint32_t lcid = 0;
};

std::optional<Name> name_of(std::string_view path) {
    std::string name = lower(path);
    if (!name.ends_with(texts_end)) return std::nullopt;
    name.resize(name.size() - texts_end.size());
    const std::size_t line = name.rfind('_');
    const std::size_t slash = name.rfind('/');
    if (line == name.npos || slash == name.npos || line < slash) return std::nullopt;
    std::uint32_t lcid = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + line + 1, end, lcid);
    if (error != std::errc() || stop != end) return std::nullopt;
    const std::string log = name.substr(slash + 1, line - slash - 1);
    std::string folder = name.substr(0, slash);
    if (!folder.ends_with(folder_name)) return std::nullopt;
    folder.resize(folder.size() - folder_name.size());
    if (!folder.empty() && !folder.ends_with('/')) return std::nullopt;
    return Name{folder + log + std::string(log_end), lcid};
}

/// Logs that were read, or are the same as one that was, by their path in lower case.
std::unordered_map<std::string, std::uint32_t> logs_by_path(const std::vector<ItemInfo>& infos) {
    std::unordered_map<std::string, std::uint32_t> out;
    for (std::uint32_t i = 0; i < infos.size(); ++i) {
        if (infos[i].state == ItemState::examined) out.emplace(lower(infos[i].path), i);
        if (infos[i].state == ItemState::same_as_other)
            out.emplace(lower(infos[i].path), infos[i].same_as);
    }
    return out;
}

}  // namespace

WindowsTexts::WindowsTexts(const std::vector<evidence::Item>& items, std::vector<ItemInfo>& infos) {
    std::unordered_map<std::string, std::uint32_t> logs;
    for (std::uint32_t i = 0; i < infos.size(); ++i) {
        if (infos[i].state != ItemState::not_examined) continue;
        const std::optional<Name> name = name_of(infos[i].path);
        if (!name) continue;
        if (logs.empty()) logs = logs_by_path(infos);
        const auto log = logs.find(name->log);
        if (log == logs.end()) {
            infos[i].reason = "message texts of a log that is not there";
            continue;
        }
        infos[i].reason = add(items[i], name->lcid, log->second);
    }
}

std::string WindowsTexts::add(const evidence::Item& item, std::uint32_t lcid, std::uint32_t log) {
    std::vector<Language>& languages = by_log_[log];
    if (languages.size() == max_languages) return "message texts: more than 4 languages of one log";
    Result<Language> texts = open(item, lcid);
    if (!texts) return "message texts: " + texts.error().message;
    const bool is_whole = texts->messages.unread() == 0;
    if (std::ranges::find(languages, lcid, &Language::lcid) != languages.end())
        return "message texts: the language is there twice";
    events_ += texts->messages.size();
    ++files_;
    languages.push_back(std::move(*texts));
    std::ranges::sort(languages, {}, &Language::lcid);
    return is_whole ? "message texts, shown with what is found in their log"
                    : "message texts, damaged: some are not shown";
}

Result<WindowsTexts::Language> WindowsTexts::open(const evidence::Item& item,
                                                  std::uint32_t lcid) const {
    evidence::File file = TRY(evidence::File::open(item));
    if (files_ == max_files) return fail(Error::limit("more than 256 such files"));
    if (file.size() > max_file_bytes) return fail(Error::limit("larger than 256 MiB"));
    std::vector<std::byte> bytes(file.size());
    bytes.resize(TRY(file.read_at(0, bytes)));
    formats::mta::Messages messages = TRY(formats::mta::read(bytes));
    if (events_ + messages.size() > max_events)
        return fail(Error::limit("more than 4,000,000 message texts in all"));
    return Language{lcid, std::move(file), std::move(messages)};
}

void WindowsTexts::fill(findings::Finding& finding) const {
    finding.windows.clear();
    if (by_log_.empty() || finding.events.size() != 1) return;
    const findings::EventRef& event = finding.events.front();
    const auto log = by_log_.find(event.item);
    if (log == by_log_.end() || event.recovered) return;
    for (const Language& language : log->second) {
        const std::optional<formats::mta::Place> place =
            language.messages.find(event.record, finding.record.event_record_id);
        if (!place) continue;
        // A UTF-16 unit is a byte of the text at least; one more shows that it was cut.
        std::array<std::byte, (max_text_bytes + 1) * 2> bytes;
        const std::size_t wanted = std::min<std::size_t>(place->bytes, bytes.size());
        const Result<std::size_t> got =
            language.file.read_at(place->offset, std::span(bytes).first(wanted));
        if (!got) continue;
        finding.windows.push_back(
            {language.lcid, cut_text(to_utf8(Bytes(bytes).first(*got)), max_text_bytes)});
    }
}

}  // namespace konseki::examine
