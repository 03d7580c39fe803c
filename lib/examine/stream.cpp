#include "konseki/examine/stream.h"

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>

#include "read_all.h"
#include "row_sorter.h"
#include "spill.h"

namespace konseki::examine {
namespace {

/// Texts of chunks, written out in the order of the chunks. A thread whose chunk lies too far ahead
/// waits, so at most `window` texts are held. The thread with the oldest chunk never waits.
class Sequencer {
  public:
    Sequencer(const Emit& emit, std::size_t window) : emit_(emit), slots_(window) {}

    /// False where the run is over. The text is copied only where its turn has not come yet.
    bool put(std::uint64_t sequence, std::string_view text) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopped_ || sequence < next_ + slots_.size(); });
        if (stopped_) return false;
        if (sequence == next_) {
            if (!text.empty() && !emit_(text)) stopped_ = true;
            ++next_;
        } else {
            Slot& slot = slots_[sequence % slots_.size()];
            slot.text = text;
            slot.is_full = true;
        }
        while (slots_[next_ % slots_.size()].is_full && !stopped_) write_next();
        changed_.notify_all();
        return !stopped_;
    }
    void stop() {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        changed_.notify_all();
    }

  private:
    struct Slot {
        std::string text;
        bool is_full = false;
    };
    void write_next() {
        Slot& slot = slots_[next_ % slots_.size()];
        if (!slot.text.empty() && !emit_(slot.text)) stopped_ = true;
        slot.text.clear();
        slot.is_full = false;
        ++next_;
    }

    const Emit& emit_;
    std::vector<Slot> slots_;
    std::uint64_t next_ = 0;
    bool stopped_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
};

/// The text of a chunk. Where it comes in one piece, as it mostly does, the piece is not copied.
class TextSink final : public LineSink {
  public:
    void begin() {
        piece_ = {};
        joined_.clear();
    }
    void add(const records::Record&, std::string_view text) override {
        if (piece_.empty() && joined_.empty()) {
            piece_ = text;
            return;
        }
        joined_ += std::exchange(piece_, {});
        joined_ += text;
    }
    std::string_view text() const { return piece_.empty() ? std::string_view(joined_) : piece_; }

  private:
    std::string_view piece_;
    std::string joined_;
};

/// What a sequenced run says when its reader has gone.
Error nobody_reads() {
    return {.kind = ErrorKind::cancelled, .message = "nobody reads the output"};
}

Result<findings::Reading> stream_by_place(const std::vector<evidence::Item>& items,
                                          const std::function<MakeLines()>& make, const Emit& emit,
                                          const Options& options) {
    Sequencer sequencer(emit, 2 * std::size_t{std::max(options.threads, 1u)});
    const auto make_taker = [&]() -> TakeBatch {
        return [&sequencer, &options, lines = make(), sink = TextSink()](
                   records::Batch& batch, std::uint64_t sequence) mutable -> Result<void> {
            sink.begin();
            leave_out_by_time(batch, options);
            lines(batch, sink);
            if (sequencer.put(sequence, sink.text())) return {};
            if (options.cancelled != nullptr && options.cancelled->load()) return {};
            return fail(nobody_reads());
        };
    };
    return read_all(items, options, make_taker, [&] { sequencer.stop(); });
}

/// What a line is sorted by, in front of its text.
struct LineKey {
    std::int64_t time = 0;
    std::uint64_t offset = 0;
    std::uint64_t item = 0;

    static LineKey from(Bytes row) {
        LineKey key;
        std::memcpy(&key, row.data(), sizeof key);
        return key;
    }
};

bool line_less(Bytes a, Bytes b) {
    const LineKey one = LineKey::from(a), other = LineKey::from(b);
    return std::tie(one.time, one.item, one.offset) <
           std::tie(other.time, other.item, other.offset);
}

class RowSink final : public LineSink {
  public:
    void begin(const records::Batch& batch) {
        item_ = static_cast<std::uint32_t>(batch.item);
        rows_.clear();
    }
    void add(const records::Record& record, std::string_view text) override {
        const LineKey key{record.time.ticks, record.offset, item_};
        std::vector<std::byte>& row = rows_.emplace_back();
        const std::size_t size = std::min(text.size(), RowSorter::max_row_bytes - sizeof key);
        row.resize(sizeof key + size);
        std::memcpy(row.data(), &key, sizeof key);
        std::memcpy(row.data() + sizeof key, text.data(), size);
    }
    const std::vector<std::vector<std::byte>>& rows() const { return rows_; }

  private:
    std::uint64_t item_ = 0;
    std::vector<std::vector<std::byte>> rows_;
};

Result<findings::Reading> stream_by_time(const std::vector<evidence::Item>& items,
                                         const std::function<MakeLines()>& make, const Emit& emit,
                                         const Options& options) {
    const std::unique_ptr<SpillFile> spill = TRY(SpillFile::create(options.spill_folder));
    RowSorter sorter(*spill, line_less);
    std::mutex mutex;
    const auto make_taker = [&]() -> TakeBatch {
        return [&sorter, &mutex, &options, lines = make(), sink = RowSink()](
                   records::Batch& batch, std::uint64_t) mutable -> Result<void> {
            sink.begin(batch);
            leave_out_by_time(batch, options);
            lines(batch, sink);
            const std::lock_guard lock(mutex);
            for (const std::vector<std::byte>& row : sink.rows()) TRY_VOID(sorter.add(row));
            return {};
        };
    };
    findings::Reading reading = TRY(read_all(items, options, make_taker, {}));
    TRY_VOID(sorter.finish());
    Bytes row;
    while (TRY(sorter.next(row)))
        if (!emit(as_text(row.subspan(sizeof(LineKey))))) return fail(nobody_reads());
    return reading;
}

}  // namespace

Result<findings::Reading> stream_lines(const std::vector<evidence::Item>& items, LineOrder order,
                                       const std::function<MakeLines()>& make, const Emit& emit,
                                       const Options& options) {
    if (order == LineOrder::time) return stream_by_time(items, make, emit, options);
    return stream_by_place(items, make, emit, options);
}

}  // namespace konseki::examine
