#include "log_reach.h"

#include <algorithm>
#include <tuple>

#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "konseki/findings/span.h"

// What is missing in a log shows in its record numbers, which Windows gives one after the other, and in hours
// without any record. Numbers belong to a file, whatever hosts it tells of: a log of forwarded events has one row of
// numbers for all of them, and a host that got its name while the log was written goes on with its row. A host's log
// is told by the numbers of all the files that it has records in.

namespace konseki::examine {
namespace {

/// Pieces gathered before the store is locked.
constexpr std::size_t flush_pieces = 1024;

using findings::LogGap;
using findings::LogReach;

/// Keeps the largest by `size`, in the order of time.
template <class Size>
void keep_largest(std::vector<LogGap>& gaps, Size&& size) {
    if (gaps.size() <= LogReach::max_gaps) return;
    std::ranges::stable_sort(gaps,
                             [&](const LogGap& a, const LogGap& b) { return size(a) > size(b); });
    gaps.resize(LogReach::max_gaps);
    std::ranges::stable_sort(
        gaps, [](const LogGap& a, const LogGap& b) { return a.between.first < b.between.first; });
}

std::int64_t length_of(const LogGap& gap) {
    if (!gap.between.first || !gap.between.last) return 0;
    return gap.between.last->ticks - gap.between.first->ticks;
}

findings::Span between(const Stretch& before, const Stretch& after) {
    findings::Span span;
    // Numbers that were given again later make a span that runs backwards: it says nothing.
    if (before.last_time > after.first_time) return span;
    span.add(before.last_time);
    span.add(after.first_time);
    return span;
}

void add_hours(StretchSet& hours, LogReach& reach) {
    const std::vector<Stretch>& all = hours.joined();
    if (all.empty()) return;
    reach.hours = all.back().last - all.front().first + 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
        reach.active_hours += all[i].last - all[i].first + 1;
        if (i > 0) reach.silences.push_back({0, between(all[i - 1], all[i])});
    }
    keep_largest(reach.silences, length_of);
}

}  // namespace

std::uint32_t ReachStore::number(std::uint32_t host, std::string_view channel) {
    const std::lock_guard lock(mutex_);
    const Key key{host, fold(channel)};
    const auto known = known_.find(key);
    const std::uint32_t number = known == known_.end() ? add_log(key, channel) : known->second;
    if (number == no_log) return no_log;
    // Threads meet spellings in any order: one of them is chosen, always the same.
    Log& log = *logs_[number];
    if (channel < log.channel) log.channel = channel;
    return number;
}

/// Of each host, then of all, the logs of the smallest choice are kept. Limits only fall, so a log that is told in the
/// end was never left out before.
std::uint32_t ReachStore::add_log(const Key& key, std::string_view channel) {
    const std::uint64_t choice =
        hash64(as_bytes(hosts_.folded(key.first) + '\n' + key.second), setup_.choice);
    const Caps& caps = setup_.caps;
    HostLogs& of_host = kept_[key.first];
    if (choice > limit_ || choice > of_host.limit) return no_log;
    const auto number = static_cast<std::uint32_t>(logs_.size());
    known_.emplace(key, number);
    logs_.push_back(std::make_unique<Log>());
    logs_.back()->host = key.first;
    logs_.back()->choice = choice;
    logs_.back()->channel = channel;
    ++of_host.count;
    // A quarter more than is told: leaving out costs a sort.
    if (known_.size() <= caps.logs + caps.logs / 4 &&
        of_host.count <= caps.logs_of_a_host + caps.logs_of_a_host / 4)
        return number;
    leave_out(caps);
    return logs_[number] ? number : no_log;
}

void ReachStore::leave_out(const Caps& caps) {
    std::vector<std::pair<std::uint64_t, Key>> order;
    for (const auto& [key, number] : known_) order.emplace_back(logs_[number]->choice, key);
    std::ranges::sort(order);
    kept_.clear();
    std::size_t kept = 0;
    for (const auto& [choice, key] : order) {
        HostLogs& of_host = kept_[key.first];
        const bool is_full_host = of_host.count == caps.logs_of_a_host;
        if (!is_full_host && kept < caps.logs) {
            ++of_host.count;
            ++kept;
            if (of_host.count == caps.logs_of_a_host) of_host.limit = choice;
            if (kept == caps.logs) limit_ = choice;
            continue;
        }
        std::unique_ptr<Log>& log = logs_[known_.at(key)];
        left_out_ += log->records;
        log.reset();
        known_.erase(key);
    }
}

void ReachStore::add(std::span<const Piece> pieces) {
    const std::lock_guard lock(mutex_);
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::numbers) {
            add_numbers(piece);
            continue;
        }
        Log* const log = piece.log == no_log ? nullptr : logs_[piece.log].get();
        if (log == nullptr) {
            left_out_ += piece.records;
            continue;
        }
        log->items.insert(piece.item);
        log->records += piece.records;
        if (!findings::is_sound(piece.stretch.first_time)) continue;
        log->span.add(piece.stretch.first_time);
        log->span.add(piece.stretch.last_time);
        log->hours.add(piece.stretch);
    }
}

/// Holes may be filled by what other threads read: how many are open at a time says nothing.
void ReachStore::add_numbers(const Piece& piece) {
    FileNumbers& numbers = numbers_[piece.item];
    numbers.set.add(piece.stretch);
    if (piece.is_break && ++numbers.breaks > setup_.breaks) numbers.set.tear();
}

const ReachStore::Numbers& ReachStore::numbers_of(const std::set<std::uint32_t>& items) {
    const auto [at, is_new] = told_.try_emplace(items);
    Numbers& told = at->second;
    if (!is_new) return told;
    StretchSet joined;
    told.lowest = ~std::uint64_t{0};
    std::uint64_t added = 0;
    for (const std::uint32_t item : items) {
        StretchSet& numbers = numbers_[item].set;
        if (numbers.added() == 0) continue;
        told.lowest = std::min(told.lowest, numbers.lowest());
        told.highest = std::max(told.highest, numbers.highest());
        added += numbers.added();
        told.is_torn = told.is_torn || numbers.is_torn();
        for (const Stretch& stretch : numbers.joined()) joined.add(stretch);
        // One order, so this does not depend on threads; many files must not add up to more than one may have.
        if (joined.held() > max_breaks) joined.tear();
    }
    if (added == 0) return told = Numbers{};
    told.is_torn = told.is_torn || joined.is_torn();
    if (told.is_torn) {
        const std::uint64_t range = told.highest - told.lowest + 1;
        told.missing = range > added ? range - added : 0;
        return told;
    }
    const std::vector<Stretch>& all = joined.joined();
    for (std::size_t i = 1; i < all.size(); ++i) {
        const std::uint64_t missing = all[i].first - all[i - 1].last - 1;
        told.missing += missing;
        ++told.jumps;
        told.gaps.push_back({missing, between(all[i - 1], all[i])});
    }
    keep_largest(told.gaps, [](const LogGap& gap) { return gap.missing; });
    return told;
}

findings::LogReach ReachStore::reach_of(Log& log) {
    LogReach reach;
    reach.channel = log.channel;
    reach.records = log.records;
    reach.span = log.span;
    const Numbers& numbers = numbers_of(log.items);
    reach.lowest = numbers.lowest;
    reach.highest = numbers.highest;
    reach.missing = numbers.missing;
    reach.jumps = numbers.jumps;
    reach.is_torn = numbers.is_torn;
    reach.gaps = numbers.gaps;
    add_hours(log.hours, reach);
    return reach;
}

std::vector<findings::LogReach> ReachStore::reaches(const std::vector<std::uint32_t>& host_index) {
    const std::lock_guard lock(mutex_);
    leave_out(setup_.caps);
    std::vector<LogReach> all;
    for (const std::unique_ptr<Log>& log : logs_) {
        if (!log || log->records == 0) continue;
        all.push_back(reach_of(*log));
        all.back().host = host_index[log->host];
    }
    const auto key = [](const LogReach& reach) { return std::tie(reach.host, reach.channel); };
    std::ranges::sort(all, [&](const LogReach& a, const LogReach& b) { return key(a) < key(b); });
    return all;
}

void ReachTracker::take(const records::Batch& batch, std::span<const std::uint32_t> logs) {
    ++batches_;
    touched_.clear();
    item_ = static_cast<std::uint32_t>(batch.item);
    is_break_ = false;
    std::uint64_t left_out = 0;
    for (std::size_t i = 0; i < logs.size(); ++i) {
        // What is carved from slack is older than what stands around it.
        if (!batch.records[i].recovered) add_number(batch.records[i]);
        const std::uint32_t log = logs[i];
        if (log == ReachStore::no_log) {
            ++left_out;
            continue;
        }
        if (log >= open_.size()) open_.resize(log + std::size_t{1});
        Open& open = open_[log];
        if (open.batch != batches_) {
            open = {.batch = batches_, .records = 0, .has_hours = false, .hours = {}};
            touched_.push_back(log);
        }
        ++open.records;
        add_hour(log, open, batch.records[i].time);
    }
    end_sequence();
    if (left_out > 0)
        pieces_.push_back({.kind = ReachStore::Piece::Kind::hours,
                           .item = item_,
                           .records = left_out,
                           .stretch = {}});
    for (const std::uint32_t log : touched_) end_hours(log, open_[log]);
    if (pieces_.size() >= flush_pieces) flush();
}

void ReachTracker::flush() {
    if (!pieces_.empty()) store_.add(pieces_);
    pieces_.clear();
}

void ReachTracker::add_hour(std::uint32_t log, Open& open, Time time) {
    if (!findings::is_sound(time)) return;
    const auto hour = static_cast<std::uint64_t>(time.ticks / Time::per_hour);
    Stretch& hours = open.hours;
    if (open.has_hours && (hour == hours.last || hour == hours.last + 1)) {
        hours.last = hour;
        hours.first_time = std::min(hours.first_time, time);
        hours.last_time = std::max(hours.last_time, time);
        return;
    }
    if (open.has_hours) end_hours(log, open);
    open.has_hours = true;
    hours = {hour, hour, time, time};
}

void ReachTracker::add_number(const records::Record& record) {
    const std::uint64_t number = record.record_id;
    if (!has_sequence_ || number != sequence_.last + 1) {
        end_sequence();
        has_sequence_ = true;
        sequence_ = {number, number, record.time, record.time};
    }
    sequence_.last = number;
    sequence_.last_time = record.time;
}

void ReachTracker::end_sequence() {
    if (!has_sequence_) return;
    pieces_.push_back({.kind = ReachStore::Piece::Kind::numbers,
                       .item = item_,
                       .stretch = sequence_,
                       .is_break = is_break_});
    has_sequence_ = false;
    is_break_ = true;
}

void ReachTracker::end_hours(std::uint32_t log, Open& open) {
    if (open.records == 0 && !open.has_hours) return;
    pieces_.push_back({.kind = ReachStore::Piece::Kind::hours,
                       .item = item_,
                       .log = log,
                       .records = open.records,
                       .stretch = open.hours});
    open.records = 0;
    open.has_hours = false;
    open.hours = {};
}

}  // namespace konseki::examine
