#include "row_sorter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace konseki::examine {
namespace {

constexpr std::size_t length_bytes = sizeof(std::uint32_t);
/// Runs are written in pieces of this size.
constexpr std::size_t write_bytes = 256 * 1024;

void append_row(std::vector<std::byte>& out, Bytes row) {
    const auto length = static_cast<std::uint32_t>(row.size());
    const std::size_t at = out.size();
    out.resize(at + length_bytes + row.size());
    std::memcpy(out.data() + at, &length, length_bytes);
    if (!row.empty()) std::memcpy(out.data() + at + length_bytes, row.data(), row.size());
}

}  // namespace

RowSorter::RowSorter(SpillFile& spill, Less less, std::size_t buffer_bytes)
    : spill_(spill), less_(std::move(less)), buffer_bytes_(buffer_bytes) {}

Result<void> RowSorter::add(Bytes row) {
    require(row.size() <= max_row_bytes, "row of a sorter is too long");
    const std::size_t cost = row.size() + 2 * length_bytes;
    if (!starts_.empty() && buffer_.size() + starts_.size() * length_bytes + cost > buffer_bytes_)
        TRY_VOID(write_run());
    starts_.push_back(static_cast<std::uint32_t>(buffer_.size()));
    append_row(buffer_, row);
    ++rows_;
    return {};
}

Bytes RowSorter::row_at(std::uint32_t start) const {
    return Bytes(buffer_).subspan(start + length_bytes, load_u32(buffer_.data() + start));
}

void RowSorter::sort_buffer() {
    std::sort(starts_.begin(), starts_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return less_(row_at(a), row_at(b)); });
}

/// Pieces of a run may lie apart where others write to the same file, so a run is gathered first.
Result<void> RowSorter::write_run() {
    sort_buffer();
    std::vector<std::byte> ordered;
    ordered.reserve(buffer_.size());
    for (const std::uint32_t start : starts_) append_row(ordered, row_at(start));
    const std::uint64_t position = TRY(spill_.append(ordered));
    runs_.push_back({position, position + ordered.size()});
    buffer_.clear();
    starts_.clear();
    return {};
}

Result<void> RowSorter::finish() {
    if (runs_.empty()) {
        sort_buffer();
        return {};
    }
    if (!starts_.empty()) TRY_VOID(write_run());
    buffer_ = {};
    starts_ = {};
    while (runs_.size() > max_fan_in) TRY_VOID(merge_surplus());
    return open(runs_.size());
}

/// Merges the first runs into one at the end. Only the sorter writes to the spill at this time, so the
/// pieces of the result follow each other.
Result<void> RowSorter::merge_surplus() {
    TRY_VOID(open(max_fan_in));
    std::vector<std::byte> piece;
    Run merged{spill_.size(), spill_.size()};
    Bytes row;
    while (TRY(pop(row))) {
        append_row(piece, row);
        if (piece.size() < write_bytes) continue;
        const std::uint64_t at = TRY(spill_.append(piece));
        require(at == merged.end, "somebody else writes to the spill while runs are merged");
        merged.end += piece.size();
        piece.clear();
    }
    const std::uint64_t at = TRY(spill_.append(piece));
    require(at == merged.end, "somebody else writes to the spill while runs are merged");
    merged.end += piece.size();
    runs_.erase(runs_.begin(), runs_.begin() + max_fan_in);
    runs_.push_back(merged);
    return {};
}

Result<void> RowSorter::open(std::size_t count) {
    readers_.clear();
    readers_.resize(count);
    heap_.clear();
    advance_first_ = false;
    const std::size_t each =
        std::max(min_read_bytes, buffer_bytes_ / std::max<std::size_t>(count, 1) / 2);
    for (std::size_t i = 0; i < count; ++i) {
        readers_[i].run = runs_[i];
        readers_[i].buffer.resize(std::min<std::uint64_t>(each, runs_[i].end - runs_[i].position));
        if (TRY(advance(readers_[i]))) heap_.push_back(i);
    }
    const auto later = [this](std::size_t a, std::size_t b) {
        return less_(readers_[b].row, readers_[a].row);
    };
    std::make_heap(heap_.begin(), heap_.end(), later);
    return {};
}

/// Makes `need` bytes stand in the buffer from `at`; false where the run ends before.
Result<bool> RowSorter::fill(RunReader& reader, std::size_t need) {
    if (reader.filled - reader.at >= need) return true;
    const std::size_t kept = reader.filled - reader.at;
    if (kept > 0) std::memmove(reader.buffer.data(), reader.buffer.data() + reader.at, kept);
    reader.at = 0;
    reader.filled = kept;
    if (reader.buffer.size() < need) reader.buffer.resize(need);
    const std::size_t wanted =
        std::min<std::uint64_t>(reader.buffer.size() - kept, reader.run.end - reader.run.position);
    TRY_VOID(spill_.read(reader.run.position, std::span(reader.buffer).subspan(kept, wanted)));
    reader.run.position += wanted;
    reader.filled += wanted;
    return reader.filled >= need;
}

Result<bool> RowSorter::advance(RunReader& reader) {
    if (!TRY(fill(reader, length_bytes))) return false;
    const std::size_t length = load_u32(reader.buffer.data() + reader.at);
    require(length <= max_row_bytes, "a run of sorted rows was changed on disk");
    if (!TRY(fill(reader, length_bytes + length))) return false;
    reader.row = Bytes(reader.buffer).subspan(reader.at + length_bytes, length);
    reader.at += length_bytes + length;
    return true;
}

/// The row handed out last is a view into its reader, so that one moves on only here.
Result<bool> RowSorter::pop(Bytes& row) {
    const auto later = [this](std::size_t a, std::size_t b) {
        return less_(readers_[b].row, readers_[a].row);
    };
    if (advance_first_) {
        const std::size_t last = heap_.back();
        if (TRY(advance(readers_[last])))
            std::push_heap(heap_.begin(), heap_.end(), later);
        else
            heap_.pop_back();
        advance_first_ = false;
    }
    if (heap_.empty()) return false;
    std::pop_heap(heap_.begin(), heap_.end(), later);
    row = readers_[heap_.back()].row;
    advance_first_ = true;
    return true;
}

Result<bool> RowSorter::next(Bytes& row) {
    if (!runs_.empty()) return pop(row);
    if (next_start_ == starts_.size()) return false;
    row = row_at(starts_[next_start_++]);
    return true;
}

}  // namespace konseki::examine
