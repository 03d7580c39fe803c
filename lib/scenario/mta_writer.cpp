#include "konseki/scenario/mta_writer.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace konseki::scenario {
namespace {

using Octets = std::vector<std::byte>;

constexpr std::size_t page_header_bytes = 888;
constexpr std::size_t records_of_page = 100;

void add(Octets& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void set(Octets& out, std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out[at + i] = static_cast<std::byte>(value >> (8 * i));
}

void add_text(Octets& out, std::u16string_view text) {
    for (const char16_t unit : text) add(out, unit, 2);
}

/// The string with its length in bytes before it; its NUL counts, an empty one has none.
Octets with_length(std::u16string_view text) {
    Octets out;
    add(out, text.empty() ? 0 : text.size() * 2 + 2, 4);
    add_text(out, text);
    if (!text.empty()) add(out, 0, 2);
    return out;
}

/// A page of up to 100 payloads, the first of which has this index.
void add_page(Octets& out, const std::vector<Octets>& payloads, std::size_t first, bool is_last) {
    const std::size_t count = std::min(records_of_page, payloads.size() - first);
    const std::size_t start = out.size();
    out.resize(start + page_header_bytes);
    set(out, start, count == 0 ? 0 : 0xffffffff, 4);
    const std::uint64_t highest = count == 0 ? 0 : first + count - 1;
    for (std::size_t copy = 0; copy < 14; ++copy) set(out, start + 4 + copy * 4, highest, 4);
    set(out, start + 60, 0xffffffff, 4);
    set(out, start + 64, first / records_of_page, 8);
    set(out, start + 80, start, 8);
    for (std::size_t i = 0; i < count; ++i) {
        set(out, start + 88 + i * 8, out.size(), 8);
        add(out, first + i, 4);
        add(out, payloads[first + i].size(), 4);
        out.insert(out.end(), payloads[first + i].begin(), payloads[first + i].end());
    }
    set(out, start + 72, is_last ? start : out.size(), 8);
}

Octets section(const std::vector<Octets>& payloads) {
    Octets out;
    std::size_t first = 0;
    do {
        const bool is_last = first + records_of_page >= payloads.size();
        add_page(out, payloads, first, is_last);
        first += records_of_page;
    } while (first < payloads.size());
    return out;
}

}  // namespace

Octets make_mta(const std::vector<MtaEvent>& events,
                const std::vector<std::u16string>& publishers) {
    std::vector<Octets> event_entries, messages, publisher_entries;
    for (const MtaEvent& event : events) {
        Octets& entry = event_entries.emplace_back();
        add(entry, event.id, 8);
        add(entry, messages.size(), 8);
        messages.push_back(with_length(event.message));
    }
    for (const std::u16string& name : publishers) {
        Octets& entry = publisher_entries.emplace_back();
        for (int table = 0; table < 4; ++table) add(entry, 0, 4);
        const Octets text = with_length(name);
        entry.insert(entry.end(), text.begin(), text.end());
    }
    const std::u16string_view names[] = {u"EVT", u"MSG", u"PUB"};
    const Octets sections[] = {section(event_entries), section(messages),
                               section(publisher_entries)};
    constexpr std::size_t descriptor_bytes = 8 + 8 + 4 + 6;
    Octets out;
    for (const char letter : std::string_view("MTAFile\0", 8))
        out.push_back(static_cast<std::byte>(letter));
    add(out, 1, 4);
    add(out, 1, 4);
    add(out, 3 * descriptor_bytes, 4);
    add(out, 3, 4);
    std::size_t offset = out.size() + 3 * descriptor_bytes;
    for (std::size_t i = 0; i < 3; ++i) {
        add(out, offset, 8);
        add(out, sections[i].size(), 8);
        add(out, names[i].size() * 2, 4);
        add_text(out, names[i]);
        offset += sections[i].size();
    }
    for (const Octets& one : sections) out.insert(out.end(), one.begin(), one.end());
    return out;
}

}  // namespace konseki::scenario
