#include "konseki/detect/movements.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "konseki/base/arena.h"
#include "konseki/base/bytes.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "konseki/records/shape_cache.h"
#include "konseki/traces/trace.h"
#include "own/movement_event.h"

// A domain controller sees a hundred thousand logons a day that tell a few thousand things. Each thing is kept
// once, under the raw values of its record: a logon that was seen before costs one hash and one look-up. Text is
// made of them at the end.

namespace konseki::detect {
namespace {

using findings::Movement;
using findings::MovementKind;
using own::MovementValues;
using own::Role;
using records::Value;

/// Values that make a movement, in the order of a key.
constexpr std::array<Role, 5> key_roles = {Role::workstation, Role::address, Role::target,
                                           Role::domain, Role::user};
/// Names of hosts and accounts are shorter (in UTF-16: 128 and 64 characters); what is not, is cut.
constexpr std::size_t max_host_bytes = 256, max_name_bytes = 128;
constexpr std::size_t first_table_size = 1024;

struct Entry {
    std::string_view key;
    std::uint64_t hash = 0;
    std::uint64_t choice = 0;  ///< smaller ones are kept
    std::uint64_t group = 0;   ///< of those of its kind on its host, by whom
    MovementKind kind{};
    findings::AccountKind account{};
    std::uint32_t host = 0;
    std::uint64_t count = 0;
    findings::Span span;
    std::uint32_t item = 0;
    std::uint64_t offset = 0, record = 0;
    std::uint64_t elevated = 0;  ///< both are filled at the end
    std::int64_t longest_session = 0;
};

/// Type and size in front of a value's bytes in a key.
constexpr std::size_t part_head_bytes = 4;

void append_part(std::string& key, const Value& value, std::size_t most_bytes) {
    const std::size_t size = value.is_null() ? 0 : std::min<std::size_t>(value.size, most_bytes);
    const std::uint32_t head = static_cast<std::uint32_t>(size) << 8 | value.type;
    const std::size_t at = key.size();
    key.resize(at + part_head_bytes + size);
    std::memcpy(key.data() + at, &head, part_head_bytes);
    if (size != 0) std::memcpy(key.data() + at + part_head_bytes, value.data, size);
}

/// The text of the next part of a key.
std::string take_part(Bytes& key) {
    const std::uint32_t head = load_u32(key.data());
    Value value{key.data() + part_head_bytes, head >> 8, static_cast<std::uint8_t>(head & 0xff)};
    key = key.subspan(part_head_bytes + value.size);
    std::string text = value.is_null() ? std::string() : records::to_text(value);
    return text == "-" ? std::string() : cut_text(text, max_host_bytes);
}

/// `::ffff:192.0.2.1` is 192.0.2.1, and a zone says nothing to others.
std::string address_text(std::string_view written) {
    constexpr std::string_view mapped = "::ffff:";
    if (fold(written.substr(0, mapped.size())) == mapped && written.contains('.'))
        written.remove_prefix(mapped.size());
    if (const std::size_t zone = written.find('%'); zone != std::string_view::npos && zone > 0)
        written = written.substr(0, zone);
    const traces::TraceType type =
        written.contains(':') ? traces::TraceType::ipv6 : traces::TraceType::ipv4;
    const std::optional<traces::Trace> trace = traces::normalise(type, written);
    return trace ? trace->value : std::string(written);
}

/// `\\FILE01\data` and `FILE01$` name FILE01.
std::string host_text(std::string_view written) {
    written.remove_prefix(std::min(written.find_first_not_of('\\'), written.size()));
    written = written.substr(0, written.find('\\'));
    if (written.ends_with('$')) written.remove_suffix(1);
    return std::string(written);
}

Movement to_movement(const Entry& entry) {
    Movement movement;
    movement.kind = entry.kind;
    movement.account_kind = entry.account;
    Bytes key = as_bytes(entry.key);
    key = key.subspan(2 + part_head_bytes + (load_u32(key.data() + 2) >> 8));  // kinds, host
    movement.from = host_text(take_part(key));
    movement.address = address_text(take_part(key));
    movement.to = host_text(take_part(key));
    const std::string domain = take_part(key);
    // Tickets name an account with its realm, which stands in the domain too.
    const std::string written = take_part(key);
    const std::string user = domain.empty() ? written : written.substr(0, written.find('@'));
    movement.account = domain.empty() || user.empty() ? user : domain + '\\' + user;
    movement.count = entry.count;
    movement.span = entry.span;
    movement.item = entry.item;
    movement.offset = entry.offset;
    movement.record = entry.record;
    movement.elevated = entry.elevated;
    movement.longest_session = entry.longest_session;
    return movement;
}

/// Adds what another thread, or another way of writing, saw of the same entry or movement. `into` keeps its writing
/// where it is the earlier one.
template <class Seen>
void absorb(Seen& into, Seen other) {
    const std::uint64_t count = into.count + other.count;
    const std::uint64_t elevated = into.elevated + other.elevated;
    const std::int64_t longest = std::max(into.longest_session, other.longest_session);
    findings::Span span = into.span;
    span.add(other.span);
    if (std::tie(other.item, other.offset) < std::tie(into.item, into.offset))
        into = std::move(other);
    into.count = count;
    into.elevated = elevated;
    into.longest_session = longest;
    into.span = span;
}

bool is_person(const Entry& entry) { return entry.account == findings::AccountKind::person; }

/// Leaves what the limits allow: of each group, then of persons and of others, those of the smallest choice. An
/// entry that stays in the whole run stays at any time before, so it was counted from its first event on: what
/// comes later can only push out entries of a larger choice.
void keep_to(const MovementLimits& limits, std::vector<Entry>& entries) {
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        return std::tie(a.choice, a.key) < std::tie(b.choice, b.key);
    });
    std::unordered_map<std::uint64_t, std::size_t> of_group;
    std::size_t persons = 0, others = 0;
    std::erase_if(entries, [&](const Entry& entry) {
        if (++of_group[entry.group] > limits.of_a_kind_on_a_host) return true;
        return is_person(entry) ? ++persons > limits.of_persons : ++others > limits.of_others;
    });
}

}  // namespace

struct MovementCollector::State {
    State(std::uint64_t table_seed, std::uint64_t choice, const MovementLimits& most)
        : seed(table_seed), choice_seed(choice), limits(most), sessions(choice, most.of_sessions) {}

    void take(const MovementValues& found, const records::Batch& batch,
              const records::Record& record, std::uint32_t host) {
        make_key(found, batch, record);
        const std::uint64_t hash = hash64(as_bytes(key), seed);
        ++events;
        Entry& entry = find_or_add(hash, found);
        if (entry.count == 0) entry.host = host;
        const auto item = static_cast<std::uint32_t>(batch.item);
        if (entry.count == 0 ||
            std::tie(item, record.offset) < std::tie(entry.item, entry.offset)) {
            entry.item = item;
            entry.offset = record.offset;
            entry.record = record.record_id;
        }
        ++entry.count;
        entry.span.add(record.time);
        note_logon(found, entry, record, host);
    }

    /// The logons of computers have all rights or none, which tells nothing.
    void note_logon(const MovementValues& found, const Entry& entry, const records::Record& record,
                    std::uint32_t host) {
        own::SessionRow row;
        if (found.account != findings::AccountKind::person ||
            !records::as_unsigned(found.of(Role::logon_id), row.logon_id) || row.logon_id == 0 ||
            !findings::is_sound(record.time))
            return;
        row.time = record.time.ticks;
        row.movement = entry.choice;
        row.host = host;
        if (entry.kind == MovementKind::remote_desktop)
            row.account = own::account_hash(found.of(Role::user));
        sessions.add(row);
    }

    void count_process(std::uint32_t host, bool has_command_line) {
        if (host >= processes.size()) processes.resize(host + std::size_t{1});
        ++processes[host].all;
        processes[host].with_command_line += has_command_line ? 1 : 0;
    }

    /// Kinds, the host as written, then the parts.
    void make_key(const MovementValues& found, const records::Batch& batch,
                  const records::Record& record) {
        key.clear();
        key.push_back(static_cast<char>(found.kind));
        key.push_back(static_cast<char>(found.account));
        append_part(key, batch.field(record, record.shape->system.computer), max_host_bytes);
        group_bytes = key.size();
        for (const Role role : key_roles)
            append_part(key, found.of(role),
                        role == Role::target ? max_host_bytes : max_name_bytes);
    }

    Entry& find_or_add(std::uint64_t hash, const MovementValues& found) {
        std::size_t at = hash & (table.size() - 1);
        for (; table[at] != 0; at = (at + 1) & (table.size() - 1)) {
            Entry& entry = entries[table[at] - 1];
            if (entry.hash == hash && entry.key == key) return entry;
        }
        const std::uint64_t group =
            hash64(as_bytes(std::string_view(key).substr(0, group_bytes)), choice_seed);
        const bool is_full = groups[group] >= 2 * limits.of_a_kind_on_a_host ||
                             entries.size() >= 2 * (limits.of_persons + limits.of_others);
        if (is_full) {
            leave_out();
            return find_or_add(hash, found);
        }
        ++groups[group];
        entries.push_back({.key = keys.copy(key),
                           .hash = hash,
                           .choice = hash64(as_bytes(key), choice_seed),
                           .group = group,
                           .kind = found.kind,
                           .account = found.account,
                           .span = {}});
        table[at] = static_cast<std::uint32_t>(entries.size());
        if (entries.size() * 2 > table.size()) rebuild(table.size() * 2);
        return entries.back();
    }

    void leave_out() {
        keep_to(limits, entries);
        sessions.keep_only(entries);
        groups.clear();
        for (const Entry& entry : entries) ++groups[entry.group];
        Arena fresh(key_block_bytes);
        for (Entry& entry : entries) entry.key = fresh.copy(entry.key);
        keys = std::move(fresh);
        rebuild(table.size());
    }

    void rebuild(std::size_t size) {
        table.assign(size, 0);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            std::size_t at = entries[i].hash & (size - 1);
            while (table[at] != 0) at = (at + 1) & (size - 1);
            table[at] = static_cast<std::uint32_t>(i + 1);
        }
    }

    static constexpr std::size_t key_block_bytes = 16 * 1024;

    std::uint64_t seed, choice_seed;
    MovementLimits limits;
    std::string key;
    std::size_t group_bytes = 0;  ///< of key: what makes a group
    Arena keys{key_block_bytes};
    std::vector<Entry> entries;
    std::vector<std::uint32_t> table =
        std::vector<std::uint32_t>(first_table_size);       ///< index + 1 into entries, 0 = free
    std::unordered_map<std::uint64_t, std::size_t> groups;  ///< entries of each
    std::uint64_t events = 0;
    std::vector<ProcessStarts> processes;
    own::SessionCollector sessions;
    records::ShapeCache<own::ShapePlan> plans;
};

MovementCollector::MovementCollector(std::uint64_t seed, std::uint64_t choice,
                                     const MovementLimits& limits)
    : state_(std::make_unique<State>(seed, choice, limits)) {}
MovementCollector::~MovementCollector() = default;
MovementCollector::MovementCollector(MovementCollector&&) noexcept = default;

const std::vector<ProcessStarts>& MovementCollector::process_starts() const {
    return state_->processes;
}

void MovementCollector::take(const records::Batch& batch, std::span<const std::uint32_t> hosts) {
    constexpr std::uint64_t process_start = 4688;
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const records::Record& record = batch.records[i];
        const own::ShapePlan& plan = state_->plans.of(*record.shape, own::plan_for);
        if (plan.movements.empty() && !plan.may_be_process && !plan.session.is_one) continue;
        std::uint64_t event_id = 0;
        records::as_unsigned(batch.field(record, record.shape->system.event_id), event_id);
        if (plan.may_be_process && event_id == process_start &&
            own::has_channel(batch, record, "security")) {
            const Value line = batch.field(record, plan.command_line);
            state_->count_process(hosts[i], !line.is_null() && line.size > 0);
        }
        for (const own::MovementPlan& movement : plan.movements)
            if (const auto found = own::read_movement(batch, record, movement, event_id))
                state_->take(*found, batch, record, hosts[i]);
        if (plan.session.is_one)
            if (auto row = own::read_session(batch, record, plan.session, event_id)) {
                row->host = hosts[i];
                state_->sessions.add(*row);
            }
    }
    state_->sessions.end_batch();
}

namespace {

/// Entries of all threads by their keys, as far as the limits allow.
std::vector<Entry> join_entries(std::span<const MovementCollector* const> collectors) {
    std::map<std::string_view, Entry> joined;
    for (const MovementCollector* collector : collectors) {
        for (const Entry& entry : collector->state().entries) {
            const auto [at, is_new] = joined.emplace(entry.key, entry);
            if (!is_new) absorb(at->second, entry);
        }
    }
    std::vector<Entry> all;
    for (const auto& [key, entry] : joined) all.push_back(entry);
    if (!collectors.empty()) keep_to(collectors.front()->state().limits, all);
    std::vector<const own::SessionCollector*> sessions;
    for (const MovementCollector* collector : collectors)
        sessions.push_back(&collector->state().sessions);
    const own::SessionSumsOf sums = own::SessionCollector::sum_up(sessions);
    for (Entry& entry : all)
        if (const auto found = sums.find(entry.choice); found != sums.end()) {
            entry.elevated = found->second.elevated;
            entry.longest_session = found->second.longest;
        }
    return all;
}

}  // namespace

Movements sum_up(std::span<const MovementCollector* const> collectors,
                 const std::vector<std::uint32_t>& host_index) {
    Movements result;
    for (const MovementCollector* collector : collectors)
        result.left_out += collector->state().events;
    using Key =
        std::tuple<std::uint32_t, MovementKind, std::string, std::string, std::string, std::string>;
    std::map<Key, Movement> movements;
    for (const Entry& entry : join_entries(collectors)) {
        Movement movement = to_movement(entry);
        movement.host = host_index[entry.host];
        result.left_out -= movement.count;
        Key key{movement.host,    movement.kind,     fold(movement.from),
                movement.address, fold(movement.to), fold(movement.account)};
        const auto found = movements.find(key);
        if (found == movements.end())
            movements.emplace(std::move(key), std::move(movement));
        else
            absorb(found->second, std::move(movement));
    }
    for (auto& [key, movement] : movements) result.all.push_back(std::move(movement));
    return result;
}

}  // namespace konseki::detect
