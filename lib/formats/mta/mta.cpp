#include "konseki/formats/mta.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

namespace konseki::formats::mta {
namespace {

constexpr std::string_view magic("MTAFile\0", 8);
constexpr std::uint32_t known_major = 1, known_minor = 1;
/// Windows writes three; a file with more sections than this is not from it.
constexpr std::uint32_t max_sections = 64;
constexpr std::size_t page_header_bytes = 888, page_next_at = 72, page_slots_at = 88;
constexpr std::size_t slots_of_page = 100;

struct Section {
    Bytes bytes;
    std::uint64_t offset = 0;  ///< in the file
    bool is_there = false;
};

struct Sections {
    Section events, messages;
};

/// A number of pages, records or strings that are gone past.
struct Unread {
    std::uint64_t count = 0;
};

bool is_named(Bytes name, std::string_view letters) {
    if (name.size() != letters.size() * 2) return false;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (load_u16(name.data() + i * 2) != static_cast<unsigned char>(letters[i])) return false;
    return true;
}

Result<Sections> read_sections(Bytes file) {
    Cursor cursor(file);
    cursor.skip(magic.size(), "magic");
    const std::uint32_t major = cursor.u32("major version"), minor = cursor.u32("minor version");
    cursor.skip(4, "size of the section table");
    const std::uint32_t count = cursor.u32("number of sections");
    if (cursor.failed()) return fail(cursor.error());
    if (major != known_major || minor != known_minor)
        return fail(Error::unsupported("another version of message texts"));
    Sections sections;
    for (std::uint32_t i = 0; i < std::min(count, max_sections); ++i) {
        const std::uint64_t offset = cursor.u64("section offset");
        const std::uint64_t size = cursor.u64("section size");
        const std::uint32_t name_bytes = cursor.u32("length of a section name");
        const Bytes name = cursor.take(name_bytes, "section name");
        if (cursor.failed()) return fail(cursor.error());
        Section* const section = is_named(name, "EVT")   ? &sections.events
                                 : is_named(name, "MSG") ? &sections.messages
                                                         : nullptr;
        if (section == nullptr || section->is_there || offset > file.size()) continue;
        // A file that was cut has the beginning of its sections.
        const std::uint64_t there = std::min<std::uint64_t>(size, file.size() - offset);
        *section = {file.subspan(offset, there), offset, true};
    }
    if (!sections.events.is_there || !sections.messages.is_there)
        return fail(Error::bad_value("no section of message texts"));
    return sections;
}

/// Gives each record of a section's pages: on_record(index, payload, offset of the payload in the section).
/// False from on_record ends it. Pages name the next one; a chain longer than the section is a circle.
template <class OnRecord>
void for_each_record(const Section& section, Unread& unread, OnRecord&& on_record) {
    std::uint64_t pages_left = section.bytes.size() / page_header_bytes;
    std::uint64_t at = 0;
    while (pages_left-- > 0) {
        Cursor page(section.bytes);
        page.seek(std::min<std::uint64_t>(at, section.bytes.size()), "page");
        page.skip(page_next_at, "page");
        const std::uint64_t next = page.u64("next page");
        page.skip(page_slots_at - page_next_at - sizeof next, "page");
        const Bytes slots = page.take(slots_of_page * sizeof(std::uint64_t), "slots of a page");
        if (page.failed()) break;
        for (std::size_t slot = 0; slot < slots_of_page; ++slot) {
            const std::uint64_t offset = load_u64(slots.data() + slot * sizeof(std::uint64_t));
            if (offset == 0) continue;
            Cursor record(section.bytes);
            record.seek(std::min<std::uint64_t>(offset, section.bytes.size()), "record");
            const std::uint32_t index = record.u32("entry index");
            const std::uint32_t size = record.u32("payload size");
            const std::size_t payload_at = record.offset();
            const Bytes payload = record.take(size, "payload");
            if (record.failed())
                ++unread.count;
            else if (!on_record(index, payload, payload_at))
                return;
        }
        if (next == at) return;
        at = next;
    }
    ++unread.count;
}

using Text = std::pair<std::uint32_t, Place>;

/// The strings of the MSG section, by their index.
std::vector<Text> read_texts(const Section& section, Unread& unread) {
    std::vector<Text> texts;
    for_each_record(section, unread, [&](std::uint32_t index, Bytes payload, std::size_t at) {
        Cursor cursor(payload);
        const std::uint32_t bytes = cursor.u32("length of a text");
        Bytes text = cursor.take(bytes, "text");
        if (cursor.failed() || bytes % 2 != 0) {
            ++unread.count;
            return true;
        }
        if (text.size() >= 2 && load_u16(text.data() + text.size() - 2) == 0)
            text = text.first(text.size() - 2);
        texts.emplace_back(index, Place{section.offset + at + sizeof bytes,
                                        static_cast<std::uint32_t>(text.size())});
        return texts.size() <= max_events * 2;  // names of publishers stand there too
    });
    std::ranges::stable_sort(texts, {}, &Text::first);
    return texts;
}

}  // namespace

bool has_file_magic(Bytes start) { return as_text(start).starts_with(magic); }

Messages::Messages(std::vector<Event> events, std::uint64_t unread)
    : events_(std::move(events)), unread_(unread) {
    std::ranges::stable_sort(events_, {}, &Event::position);
    const auto repeated = std::ranges::unique(events_, {}, &Event::position);
    events_.erase(repeated.begin(), repeated.end());
    by_id_.resize(events_.size());
    std::iota(by_id_.begin(), by_id_.end(), 0u);
    std::ranges::stable_sort(by_id_, {}, [&](std::uint32_t index) { return events_[index].id; });
}

std::optional<Place> Messages::find(std::uint64_t number, std::uint64_t id) const {
    const auto give = [](const Event& event) {
        return event.text.bytes == 0 ? std::nullopt : std::optional(event.text);
    };
    if (number > 0 && number - 1 <= std::numeric_limits<std::uint32_t>::max()) {
        const auto position = static_cast<std::uint32_t>(number - 1);
        const auto there = std::ranges::lower_bound(events_, position, {}, &Event::position);
        if (there != events_.end() && there->position == position && there->id == id)
            return give(*there);
    }
    const auto first = std::ranges::lower_bound(
        by_id_, id, {}, [&](std::uint32_t index) { return events_[index].id; });
    if (first == by_id_.end() || events_[*first].id != id) return std::nullopt;
    return give(events_[*first]);
}

Result<Messages> read(Bytes file) {
    if (!has_file_magic(file)) return fail(Error::bad_value("no magic of message texts"));
    const Sections sections = TRY(read_sections(file));
    Unread unread;
    const std::vector<Text> texts = read_texts(sections.messages, unread);
    std::vector<Messages::Event> events;
    bool has_too_many = false;
    for_each_record(sections.events, unread, [&](std::uint32_t index, Bytes payload, std::size_t) {
        Cursor cursor(payload);
        const std::uint64_t id = cursor.u64("event record id");
        const std::uint64_t message = cursor.u64("message index");
        const auto text = std::ranges::lower_bound(texts, message, {}, &Text::first);
        if (cursor.failed() || text == texts.end() || text->first != message)
            ++unread.count;
        else
            events.push_back({index, id, text->second});
        has_too_many = events.size() > max_events;
        return !has_too_many;
    });
    if (has_too_many) return fail(Error::limit("more than 1,000,000 message texts"));
    return Messages(std::move(events), unread.count);
}

}  // namespace konseki::formats::mta
