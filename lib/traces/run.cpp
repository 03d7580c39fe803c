#include "run.h"

#include <algorithm>

namespace konseki::traces {
namespace {

constexpr std::size_t write_bytes = 256 * 1024;

}  // namespace

Result<void> RunWriter::add(const Row& row) {
    encode(buffer_, row);
    if (buffer_.size() >= write_bytes) TRY_VOID(flush());
    return {};
}

Result<void> RunWriter::flush() {
    TRY_VOID(store_->append(buffer_));
    *end_ += buffer_.size();
    buffer_.clear();
    return {};
}

Result<Run> RunWriter::finish() {
    TRY_VOID(flush());
    return Run{.store = store_, .offset = start_, .size = *end_ - start_, .bytes = {}};
}

Result<void> RunReader::fill() {
    // What is left of the last piece moves to the front; rows are shorter than the buffer.
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
    const std::size_t had = buffer_.size();
    const std::size_t more = static_cast<std::size_t>(
        std::min<std::uint64_t>(buffer_bytes_ - std::min(had, buffer_bytes_), run_.size - read_));
    buffer_.resize(had + more);
    TRY_VOID(run_.store->read(run_.offset + read_, std::span(buffer_).subspan(had)));
    read_ += more;
    return {};
}

Result<bool> RunReader::next(Row& row) {
    const Error changed =
        Error::bad_value("the temporary trace file was changed by somebody else", run_.offset);
    if (run_.store == nullptr) {
        Bytes rest = Bytes(run_.bytes).subspan(at_);
        if (rest.empty()) return false;
        if (!decode(rest, row)) return konseki::fail(changed);
        at_ = run_.bytes.size() - rest.size();
        return true;
    }
    if (buffer_.size() - at_ < max_row_bytes + 4 && read_ < run_.size) TRY_VOID(fill());
    Bytes rest = Bytes(buffer_).subspan(at_);
    if (rest.empty()) return false;
    if (!decode(rest, row)) return konseki::fail(changed);
    at_ = buffer_.size() - rest.size();
    return true;
}

Result<RunMerge> RunMerge::open(std::vector<Run> runs, std::size_t memory_bytes) {
    RunMerge merge;
    const std::size_t share = memory_bytes / std::max<std::size_t>(runs.size(), 1);
    const std::size_t buffer = std::clamp<std::size_t>(share, 2 * max_row_bytes, 1u << 20);
    for (Run& run : runs) merge.sources_.push_back({RunReader(std::move(run), buffer), {}});
    for (std::size_t i = 0; i < merge.sources_.size(); ++i) TRY_VOID(merge.advance(i));
    return merge;
}

Result<void> RunMerge::advance(std::size_t source) {
    if (!TRY(sources_[source].reader.next(sources_[source].row))) return {};
    heap_.push_back(source);
    std::ranges::push_heap(heap_,
                           [this](std::size_t a, std::size_t b) { return heap_before(a, b); });
    return {};
}

Result<bool> RunMerge::next(Row& row) {
    if (heap_.empty()) return false;
    bool first = true;
    while (!heap_.empty() && (first || same_value(row, sources_[heap_.front()].row))) {
        std::ranges::pop_heap(heap_,
                              [this](std::size_t a, std::size_t b) { return heap_before(a, b); });
        const std::size_t source = heap_.back();
        heap_.pop_back();
        if (first)
            row = std::move(sources_[source].row);
        else
            merge_into(row, std::move(sources_[source].row));
        first = false;
        TRY_VOID(advance(source));
    }
    return true;
}

}  // namespace konseki::traces
