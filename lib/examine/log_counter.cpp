#include "log_counter.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "konseki/base/hash.h"
#include "konseki/base/text.h"

namespace konseki::examine {
namespace {

constexpr std::size_t first_table_size = 1024;

bool is_earlier(std::uint32_t item, std::uint64_t offset, std::uint32_t than_item,
                std::uint64_t than_offset) {
    return std::tie(item, offset) < std::tie(than_item, than_offset);
}

/// Type and size in front of a value's bytes in a key.
constexpr std::size_t part_head_bytes = 4;

std::uint32_t part_head(const records::Value& value) {
    const auto size = std::min<std::uint32_t>(value.size, 2 * HostTable::max_name_bytes);
    return size << 8 | value.type;
}

void append_raw(std::string& key, const records::Value& value) {
    const std::uint32_t head = part_head(value);
    const std::size_t before = key.size();
    key.resize(before + part_head_bytes + (head >> 8));
    std::memcpy(key.data() + before, &head, part_head_bytes);
    if (head >> 8 != 0) std::memcpy(key.data() + before + part_head_bytes, value.data, head >> 8);
}

/// The four values that make a kind.
std::array<std::uint16_t, 4> key_fields(const records::SystemFields& system) {
    return {system.computer, system.channel, system.provider, system.event_id};
}

/// Whether a record's value of this field can differ from another's of its shape.
bool can_differ(const records::Shape& shape, std::uint16_t field) {
    if (field == records::SystemFields::none) return false;
    return shape.fields[field].slot < records::literal_base || !shape.fields[field].needs.empty();
}

std::string short_text(const records::Value& value) {
    std::string text = records::to_text(value);
    if (text.size() <= HostTable::max_name_bytes) return text;
    std::size_t end = HostTable::max_name_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text.resize(end);
    return text;
}

}  // namespace

LogCounter::LogCounter(HostTable& hosts, ReachStore& reach, std::uint64_t seed)
    : hosts_(hosts), reach_(reach), seed_(seed), table_(first_table_size) {}

LogCounter::Owner LogCounter::owner(const records::Batch& batch, const records::Record& record) {
    const Kind* const kind = find(batch, record);
    return kind != nullptr ? kind->owner : Owner{.host = host_of(batch, record)};
}

LogCounter::Owner LogCounter::count(const records::Batch& batch, const records::Record& record) {
    Kind* kind = find(batch, record);
    if (kind == nullptr) {
        ++not_counted_;
        const std::uint32_t host = host_of(batch, record);
        if (others_.size() <= host) others_.resize(host + std::size_t{1});
        kind = &others_[host];
        if (kind->records == 0)
            kind->computer = short_text(batch.field(record, record.shape->system.computer));
        kind->owner = {.host = host};
    }
    add_to(*kind, batch, record);
    return kind->owner;
}

std::uint32_t LogCounter::host_of(const records::Batch& batch, const records::Record& record) {
    return hosts_.number(short_text(batch.field(record, record.shape->system.computer)));
}

/// Raw bytes of the four values: equal bytes are the same kind; one kind written in two ways is joined
/// when the sums are made.
void LogCounter::make_key(const records::Batch& batch, const records::Record& record) {
    key_.clear();
    for (const std::uint16_t field : key_fields(record.shape->system))
        append_raw(key_, batch.field(record, field));
}

bool LogCounter::is_recent(const Recent& recent, const records::Batch& batch,
                           const records::Record& record) const {
    if (recent.shape != record.shape) return false;
    const std::string_view key = kinds_[recent.kind].key;
    for (std::uint32_t i = 0; i < recent.part_count; ++i) {
        const Recent::Part& part = recent.parts[i];
        const records::Field& field = record.shape->fields[part.field];
        const records::Value value =
            field.needs.empty() ? batch.value(record, field.slot) : batch.field(record, part.field);
        const std::uint32_t head = part_head(value);
        const char* const known = key.data() + part.key_at;
        if (std::memcmp(known, &head, part_head_bytes) != 0) return false;
        if (head >> 8 != 0 && std::memcmp(known + part_head_bytes, value.data, head >> 8) != 0)
            return false;
    }
    return true;
}

void LogCounter::note_recent(const records::Shape& shape, const Kind& kind) {
    if (shape.id >= recent_.size()) recent_.resize(shape.id + std::size_t{1});
    Recent& recent = recent_[shape.id];
    recent = {&shape, static_cast<std::uint32_t>(&kind - kinds_.data()), 0, {}};
    std::size_t at = 0;
    for (const std::uint16_t field : key_fields(shape.system)) {
        if (can_differ(shape, field))
            recent.parts[recent.part_count++] = {field, static_cast<std::uint16_t>(at)};
        std::uint32_t head = 0;
        std::memcpy(&head, kind.key.data() + at, part_head_bytes);
        at += part_head_bytes + (head >> 8);
    }
}

LogCounter::Kind* LogCounter::find(const records::Batch& batch, const records::Record& record) {
    const std::uint32_t id = record.shape->id;
    if (id < recent_.size() && is_recent(recent_[id], batch, record))
        return &kinds_[recent_[id].kind];
    Kind* const kind = find_or_add(batch, record);
    if (kind != nullptr && id != records::Shape::batch_owned) note_recent(*record.shape, *kind);
    return kind;
}

LogCounter::Kind* LogCounter::find_or_add(const records::Batch& batch,
                                          const records::Record& record) {
    make_key(batch, record);
    const std::uint64_t hash = hash64(as_bytes(key_), seed_);
    std::size_t at = hash & (table_.size() - 1);
    for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
        Kind& kind = kinds_[table_[at] - 1];
        if (kind.hash == hash && kind.key == key_) return &kind;
    }
    if (kinds_.size() == max_kinds) return nullptr;
    const records::SystemFields& system = record.shape->system;
    Kind kind;
    kind.key = keys_.copy(key_);
    kind.hash = hash;
    kind.computer = short_text(batch.field(record, system.computer));
    kind.channel = short_text(batch.field(record, system.channel));
    kind.provider = short_text(batch.field(record, system.provider));
    records::as_unsigned(batch.field(record, system.event_id), kind.event_id);
    kind.owner.host = hosts_.number(kind.computer);
    kind.owner.log = reach_.number(kind.owner.host, kind.channel);
    kinds_.push_back(std::move(kind));
    table_[at] = static_cast<std::uint32_t>(kinds_.size());
    if (kinds_.size() * 2 > table_.size()) grow();
    return &kinds_.back();
}

void LogCounter::add_to(Kind& kind, const records::Batch& batch, const records::Record& record) {
    const auto item = static_cast<std::uint32_t>(batch.item);
    if (kind.records == 0 || is_earlier(item, record.offset, kind.first_item, kind.first_offset)) {
        kind.first_item = item;
        kind.first_offset = record.offset;
    }
    ++kind.records;
    kind.span.add(record.time);
}

void LogCounter::grow() {
    table_.assign(table_.size() * 2, 0);
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        std::size_t at = kinds_[i].hash & (table_.size() - 1);
        while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
        table_[at] = static_cast<std::uint32_t>(i + 1);
    }
}

void LogSums::add_host(const LogCounter::Kind& kind, std::vector<HostSum>& sums) {
    if (kind.records == 0) return;
    HostSum& sum = sums[kind.owner.host];
    if (sum.info.records == 0 ||
        is_earlier(kind.first_item, kind.first_offset, sum.first_item, sum.first_offset)) {
        sum.info.name = kind.computer.empty() ? no_host : kind.computer;
        if (kind.owner.host == 0) sum.info.name = other_hosts;
        sum.first_item = kind.first_item;
        sum.first_offset = kind.first_offset;
    }
    sum.info.records += kind.records;
    sum.info.span.add(kind.span);
}

std::vector<std::uint32_t> LogSums::fill_hosts(const HostTable& hosts,
                                               findings::Examination& examination) const {
    std::vector<HostSum> sums(hosts.size());
    for (std::uint32_t i = 0; i < sums.size(); ++i) {
        sums[i].info.folded = hosts.folded(i);
        sums[i].number = i;
    }
    for (const LogCounter* counter : counters_) {
        for (const LogCounter::Kind& kind : counter->kinds_) add_host(kind, sums);
        for (const LogCounter::Kind& kind : counter->others_) add_host(kind, sums);
        examination.logs_not_counted += counter->not_counted_;
    }
    std::erase_if(sums, [](const HostSum& sum) { return sum.info.records == 0; });
    std::sort(sums.begin(), sums.end(),
              [](const HostSum& a, const HostSum& b) { return a.info.folded < b.info.folded; });
    std::vector<std::uint32_t> index(hosts.size());
    for (HostSum& sum : sums) {
        index[sum.number] = static_cast<std::uint32_t>(examination.hosts.size());
        examination.hosts.push_back(std::move(sum.info));
    }
    return index;
}

void LogSums::fill_logs(const std::vector<std::uint32_t>& host_index,
                        std::vector<findings::LogCount>& logs) const {
    for (const LogCounter* counter : counters_)
        for (const LogCounter::Kind& kind : counter->kinds_)
            if (kind.records > 0)
                logs.push_back({host_index[kind.owner.host], kind.channel, kind.provider,
                                kind.event_id, kind.records, kind.span, false});
    const auto key = [](const findings::LogCount& log) {
        return std::tie(log.host, log.channel, log.provider, log.event_id);
    };
    std::sort(logs.begin(), logs.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::vector<findings::LogCount> joined;
    for (findings::LogCount& log : logs) {
        if (joined.empty() || key(joined.back()) != key(log)) {
            joined.push_back(std::move(log));
            continue;
        }
        joined.back().records += log.records;
        joined.back().span.add(log.span);
    }
    logs = std::move(joined);
}

std::vector<std::uint32_t> LogSums::fill(const HostTable& hosts,
                                         findings::Examination& examination) const {
    std::vector<std::uint32_t> index = fill_hosts(hosts, examination);
    fill_logs(index, examination.logs);
    return index;
}

}  // namespace konseki::examine
