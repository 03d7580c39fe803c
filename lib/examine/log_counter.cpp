#include "log_counter.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "konseki/base/hash.h"
#include "konseki/base/text.h"

namespace konseki::examine {
namespace {

constexpr std::size_t first_table_size = 1024, key_block_bytes = 16 * 1024;

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

/// Stands for the computer in kinds of hosts that are not told apart; no value has this type.
constexpr std::uint32_t any_host_head = 0xff;

/// A quarter more than is kept: leaving out costs a sort.
std::size_t room_of(std::size_t most) { return most + most / 4 + 1; }

}  // namespace

LogCounter::LogCounter(HostTable& hosts, ReachStore& reach, const Setup& setup)
    : hosts_(hosts),
      reach_(reach),
      setup_(setup),
      keys_(key_block_bytes),
      table_(first_table_size) {}

LogCounter::Owner LogCounter::owner(const records::Batch& batch, const records::Record& record) {
    return find(batch, record).owner;
}

LogCounter::Owner LogCounter::count(const records::Batch& batch, const records::Record& record) {
    Kind& kind = find(batch, record);
    add_to(kind, batch, record);
    return kind.owner;
}

/// Raw bytes of the four values: equal bytes are the same kind; one kind written in two ways is joined
/// when the sums are made.
void LogCounter::make_key(const records::Batch& batch, const records::Record& record) {
    key_.clear();
    group_bytes_ = 0;
    for (const std::uint16_t field : key_fields(record.shape->system)) {
        append_raw(key_, batch.field(record, field));
        if (group_bytes_ == 0) group_bytes_ = key_.size();
    }
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

LogCounter::Kind& LogCounter::find(const records::Batch& batch, const records::Record& record) {
    const std::uint32_t id = record.shape->id;
    if (id < recent_.size() && is_recent(recent_[id], batch, record))
        return kinds_[recent_[id].kind];
    Kind& kind = find_or_add(batch, record);
    if (id != records::Shape::batch_owned) note_recent(*record.shape, kind);
    return kind;
}

LogCounter::Kind& LogCounter::find_or_add(const records::Batch& batch,
                                          const records::Record& record) {
    make_key(batch, record);
    if (Kind* const known = known_kind()) return *known;
    Kind kind = make_kind(batch, record);
    if (kind.owner.host == 0) {
        // Else hosts that are not told apart would push out the kinds of those that are.
        std::memcpy(key_.data(), &any_host_head, part_head_bytes);
        key_.erase(part_head_bytes, group_bytes_ - part_head_bytes);
        group_bytes_ = part_head_bytes;
        if (Kind* const known = known_kind()) return *known;
    }
    return add(std::move(kind));
}

LogCounter::Kind* LogCounter::known_kind() {
    hash_ = hash64(as_bytes(key_), setup_.seed);
    for (std::size_t at = hash_ & (table_.size() - 1); table_[at] != 0;
         at = (at + 1) & (table_.size() - 1)) {
        Kind& kind = kinds_[table_[at] - 1];
        if (kind.hash == hash_ && kind.key == key_) return &kind;
    }
    return nullptr;
}

LogCounter::Kind LogCounter::make_kind(const records::Batch& batch,
                                       const records::Record& record) const {
    const records::SystemFields& system = record.shape->system;
    Kind kind;
    kind.computer = short_text(batch.field(record, system.computer));
    kind.channel = short_text(batch.field(record, system.channel));
    kind.provider = short_text(batch.field(record, system.provider));
    records::as_unsigned(batch.field(record, system.event_id), kind.event_id);
    kind.owner.host = hosts_.number(kind.computer);
    kind.owner.log = reach_.number(kind.owner.host, kind.channel);
    return kind;
}

/// Adds the kind of key_.
LogCounter::Kind& LogCounter::add(Kind kind) {
    kind.hash = hash_;
    kind.choice = hash64(as_bytes(key_), setup_.choice);
    kind.group = hash64(as_bytes(std::string_view(key_).substr(0, group_bytes_)), setup_.choice);
    if (kinds_.size() >= room_of(setup_.caps.kinds) ||
        groups_[kind.group] >= room_of(setup_.caps.kinds_of_a_host))
        leave_out();
    ++groups_[kind.group];
    kind.key = keys_.copy(key_);
    kinds_.push_back(std::move(kind));
    enter(kinds_.size());
    if (kinds_.size() * 2 > table_.size()) rebuild(table_.size() * 2);
    return kinds_.back();
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

void LogCounter::absorb(Kind& into, const Kind& other) {
    if (other.records == 0) return;
    if (into.records == 0 ||
        is_earlier(other.first_item, other.first_offset, into.first_item, into.first_offset)) {
        into.owner = {.host = other.owner.host};
        into.computer = other.computer;
        into.first_item = other.first_item;
        into.first_offset = other.first_offset;
    }
    into.records += other.records;
    into.span.add(other.span);
}

/// Of each host, then of all, those of the smallest choice. A kind that stays in the whole run stays at any time
/// before, in any thread, so it was counted from its first record on: what comes later can only push out kinds of a
/// larger choice. A kind stands in the list once for each thread.
std::size_t LogCounter::sort_out(const Caps& caps, std::vector<const Kind*>& kinds) {
    std::ranges::sort(kinds, [](const Kind* a, const Kind* b) {
        return std::tie(a->choice, a->key) < std::tie(b->choice, b->key);
    });
    std::unordered_map<std::uint64_t, std::size_t> of_group;
    std::vector<const Kind*> kept, rest;
    std::size_t different = 0;
    bool is_kept = false;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i == 0 || kinds[i]->key != kinds[i - 1]->key)
            is_kept =
                ++of_group[kinds[i]->group] <= caps.kinds_of_a_host && ++different <= caps.kinds;
        (is_kept ? kept : rest).push_back(kinds[i]);
    }
    kinds = kept;
    kinds.insert(kinds.end(), rest.begin(), rest.end());
    return kept.size();
}

void LogCounter::leave_out() {
    std::vector<const Kind*> order;
    for (const Kind& kind : kinds_) order.push_back(&kind);
    const std::size_t kept = sort_out(setup_.caps, order);
    for (std::size_t i = kept; i < order.size(); ++i) {
        const std::uint32_t host = order[i]->owner.host;
        if (others_.size() <= host) others_.resize(host + std::size_t{1});
        absorb(others_[host], *order[i]);
        not_counted_ += order[i]->records;
    }
    std::vector<Kind> kinds;
    Arena keys(key_block_bytes);
    groups_.clear();
    for (std::size_t i = 0; i < kept; ++i) {
        kinds.push_back(*order[i]);
        kinds.back().key = keys.copy(kinds.back().key);
        ++groups_[kinds.back().group];
    }
    kinds_ = std::move(kinds);
    keys_ = std::move(keys);
    recent_.clear();
    rebuild(table_.size());
}

/// Enters the kind of this number, counted from 1, into the table.
void LogCounter::enter(std::size_t number) {
    std::size_t at = kinds_[number - 1].hash & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = static_cast<std::uint32_t>(number);
}

void LogCounter::rebuild(std::size_t size) {
    table_.assign(size, 0);
    for (std::size_t number = 1; number <= kinds_.size(); ++number) enter(number);
}

void LogSums::add(const LogCounter& counter) {
    for (const LogCounter::Kind& kind : counter.kinds_) kinds_.push_back(&kind);
    for (const LogCounter::Kind& kind : counter.others_) hosts_only_.push_back(&kind);
    not_counted_ += counter.not_counted_;
}

/// Gives how many of kinds_, in front, are told.
std::size_t LogSums::sort_out() {
    if (kinds_.size() <= std::min(caps_.kinds, caps_.kinds_of_a_host)) return kinds_.size();
    const std::size_t kept = LogCounter::sort_out(caps_, kinds_);
    for (std::size_t i = kept; i < kinds_.size(); ++i) not_counted_ += kinds_[i]->records;
    return kept;
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
    for (const LogCounter::Kind* kind : kinds_) add_host(*kind, sums);
    for (const LogCounter::Kind* kind : hosts_only_) add_host(*kind, sums);
    examination.other_hosts_records = sums[0].info.records;
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

void LogSums::fill_logs(std::size_t kept, const std::vector<std::uint32_t>& host_index,
                        std::vector<findings::LogCount>& logs) const {
    for (std::size_t i = 0; i < kept; ++i) {
        const LogCounter::Kind& kind = *kinds_[i];
        if (kind.records > 0)
            logs.push_back({host_index[kind.owner.host], kind.channel, kind.provider, kind.event_id,
                            kind.records, kind.span, false});
    }
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
                                         findings::Examination& examination) {
    const std::size_t kept = sort_out();
    examination.logs_not_counted = not_counted_;
    std::vector<std::uint32_t> index = fill_hosts(hosts, examination);
    fill_logs(kept, index, examination.logs);
    return index;
}

}  // namespace konseki::examine
