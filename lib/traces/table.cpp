#include "table.h"

#include <algorithm>

namespace konseki::traces {
namespace {

constexpr std::size_t first_entries = 1024;  // a power of two
/// Heap blocks cost this much besides what they hold.
constexpr std::size_t block_overhead = 16;

}  // namespace

TraceTable::TraceTable(std::uint64_t seed)
    : mask_(first_entries - 1), entries_(first_entries), host_numbers_(16, TextHash{seed}) {}

TraceTable::Entry& TraceTable::slot(const Hash128& key) {
    // Linear probing; at most 3/4 of the entries are taken, so a free one ends every search.
    for (std::size_t i = key.low & mask_;; i = (i + 1) & mask_) {
        Entry& entry = entries_[i];
        if (entry.kind == Entry::Kind::free || entry.key == key) return entry;
    }
}

void TraceTable::grow() {
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    mask_ = entries_.size() - 1;
    for (const Entry& entry : old)
        if (entry.kind != Entry::Kind::free) slot(entry.key) = entry;
}

bool TraceTable::touch(const Hash128& key, const Seen& seen) {
    Entry& entry = slot(key);
    if (entry.kind == Entry::Kind::free) return false;
    if (entry.kind == Entry::Kind::live) note(entry, seen);
    return true;
}

void TraceTable::add(const Hash128& key, std::span<const Trace> traces, const Seen& seen) {
    if ((used_ + 1) * 4 > entries_.size() * 3) grow();
    Entry& entry = slot(key);
    ++used_;
    entry.key = key;
    entry.kind = traces.empty() ? Entry::Kind::idle : Entry::Kind::live;
    if (traces.empty()) return;
    entry.detail = static_cast<std::uint32_t>(details_.size());
    entry.last_host = seen.host + 1;  // not this one: note() shall take it
    details_.push_back({.traces = pack(traces), .lines = {}, .hosts = {}});
    detail_bytes_ += sizeof(Place) + sizeof(std::uint32_t) + 2 * block_overhead;
    trace_count_ += traces.size();
    note(entry, seen);
}

void TraceTable::note(Entry& entry, const Seen& seen) {
    ++entry.count;
    entry.first = earlier(entry.first, seen.time);
    entry.last = later(entry.last, seen.time);
    entry.level = std::max(entry.level, seen.level);
    const auto item = static_cast<std::uint32_t>(seen.place.item);
    if (!entry.has_limit || item < entry.limit_item ||
        (item == entry.limit_item && seen.place.offset < entry.limit_offset))
        note_line(entry, seen.place);
    if (entry.last_host != seen.host) {
        entry.last_host = seen.host;
        note_host(entry, seen.host);
    }
}

void TraceTable::note_line(Entry& entry, Place place) {
    std::vector<Place>& lines = details_[entry.detail].lines;
    const auto at = std::ranges::lower_bound(lines, place);
    if (at != lines.end() && *at == place) return;
    const std::size_t before = lines.capacity();
    lines.insert(at, place);
    if (lines.size() > max_lines) lines.pop_back();
    detail_bytes_ += (lines.capacity() - before) * sizeof(Place);
    if (lines.size() < max_lines) return;
    entry.has_limit = true;
    entry.limit_item = static_cast<std::uint32_t>(lines.back().item);
    entry.limit_offset = lines.back().offset;
}

void TraceTable::note_host(Entry& entry, std::uint32_t host) {
    std::vector<std::uint32_t>& hosts = details_[entry.detail].hosts;
    if (std::ranges::find(hosts, host) != hosts.end()) return;
    const auto name = [&](std::uint32_t number) -> const std::string& {
        return host_names_[number];
    };
    if (hosts.size() == max_hosts && name(hosts.back()) <= name(host)) return;
    const std::size_t before = hosts.capacity();
    hosts.insert(std::ranges::lower_bound(hosts, name(host), {}, name), host);
    if (hosts.size() > max_hosts) hosts.pop_back();
    detail_bytes_ += (hosts.capacity() - before) * sizeof(std::uint32_t);
}

std::uint32_t TraceTable::host(std::string_view name) {
    const auto known = host_numbers_.find(name);
    if (known != host_numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(host_names_.size());
    host_names_.emplace_back(name);
    host_numbers_.emplace(name, number);
    host_bytes_ += 2 * name.size() + 128;  // two strings, a node and its bucket
    return number;
}

Bytes TraceTable::pack(std::span<const Trace> traces) {
    std::size_t size = 4;
    for (const Trace& trace : traces)
        size += 8 + trace.value.size() + trace.written.size() + trace.domain.size();
    std::byte* at = arena_.allocate(size);
    const Bytes packed(at, size);
    const auto put = [&](const void* from, std::size_t bytes) {
        if (bytes > 0) std::memcpy(at, from, bytes);
        at += bytes;
    };
    const auto count = static_cast<std::uint32_t>(traces.size());
    put(&count, sizeof count);
    for (const Trace& trace : traces) {
        const auto sizes = {trace.value.size(), trace.written.size(), trace.domain.size()};
        const std::uint8_t kind[2] = {static_cast<std::uint8_t>(trace.type),
                                      trace.victim ? std::uint8_t{1} : std::uint8_t{0}};
        put(kind, sizeof kind);
        for (const std::size_t length : sizes) {
            const auto short_length = static_cast<std::uint16_t>(length);
            put(&short_length, sizeof short_length);
        }
        for (const std::string* text : {&trace.value, &trace.written, &trace.domain})
            put(text->data(), text->size());
    }
    return packed;
}

template <class F>
void TraceTable::for_each_packed(Bytes packed, F&& f) {
    Cursor cursor(packed);
    for (std::uint32_t left = cursor.u32("count"); left > 0; --left) {
        Packed trace;
        trace.type = static_cast<TraceType>(cursor.u8("type"));
        trace.victim = cursor.u8("victim") != 0;
        const std::size_t value = cursor.u16("value size"), written = cursor.u16("written size"),
                          domain = cursor.u16("domain size");
        trace.value = as_text(cursor.take(value, "value"));
        trace.written = as_text(cursor.take(written, "written"));
        trace.domain = as_text(cursor.take(domain, "domain"));
        f(trace);
    }
}

void TraceTable::append_traces(const Hash128& key, std::uint32_t record,
                               std::vector<RecordTrace>& out) {
    const Entry& entry = slot(key);
    if (entry.kind != Entry::Kind::live) return;
    for_each_packed(details_[entry.detail].traces,
                    [&](const Packed& trace) { out.push_back({record, trace.type, trace.value}); });
}

std::vector<TraceTable::Ref> TraceTable::sorted_refs() const {
    std::vector<Ref> refs;
    refs.reserve(trace_count_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].kind != Entry::Kind::live) continue;
        for_each_packed(details_[entries_[i].detail].traces, [&](const Packed& trace) {
            refs.push_back({trace, static_cast<std::uint32_t>(i)});
        });
    }
    std::ranges::sort(refs, [](const Ref& a, const Ref& b) {
        return a.type != b.type ? a.type < b.type : a.value < b.value;
    });
    return refs;
}

Row TraceTable::row_of(const Ref& ref) const {
    const Entry& entry = entries_[ref.entry];
    const Detail& detail = details_[entry.detail];
    Row row{.type = ref.type,
            .victim = ref.victim,
            .level = entry.level,
            .first = entry.first,
            .last = entry.last,
            .count = entry.count,
            .value = std::string(ref.value),
            .domain = std::string(ref.domain),
            .written = {},
            .hosts = {},
            .lines = detail.lines};
    row.written.push_back({detail.lines.front(), std::string(ref.written)});
    for (const std::uint32_t host : detail.hosts) row.hosts.push_back(host_names_[host]);
    return row;
}

void TraceTable::clear() {
    std::vector<Entry>(first_entries).swap(entries_);
    mask_ = first_entries - 1;
    used_ = detail_bytes_ = trace_count_ = host_bytes_ = 0;
    details_.clear();
    arena_.clear();
    host_numbers_.clear();
    host_names_.clear();
}

std::size_t TraceTable::memory_used() const {
    return entries_.size() * sizeof(Entry) + details_.capacity() * sizeof(Detail) + detail_bytes_ +
           arena_.used() + trace_count_ * sizeof(Ref) + host_bytes_;
}

}  // namespace konseki::traces
