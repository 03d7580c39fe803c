#include "read_all.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "konseki/formats/evtx.h"
#include "konseki/records/shape.h"
#include "repeats.h"
#include "twins.h"
#include "work_queue.h"

namespace konseki::examine {
namespace {

using namespace formats;

/// How often progress is shown.
constexpr std::chrono::milliseconds progress_step{200};

/// What the threads of a run share.
struct Run {
    Run(const std::vector<evidence::Item>& items, const Options& run_options,
        findings::Reading& reading)
        : options(run_options), queue(items, run_options, reading) {}

    const Options& options;
    WorkQueue queue;
    records::ShapeTable shapes;
    std::atomic<std::uint64_t> records{0};
    std::mutex mutex;
    std::condition_variable ended;
    std::size_t running = 0;
    std::optional<Error> error;
};

class Worker {
  public:
    Worker(Run& run, TakeBatch take) : run_(run), take_(std::move(take)), reader_(run.shapes) {}

    void work() {
        Unit unit;
        while (run_.queue.next(unit)) {
            const Result<void> result = do_unit(unit);
            if (!result) {
                const std::lock_guard lock(run_.mutex);
                if (!run_.error) run_.error = result.error();
                run_.queue.stop();
            }
            run_.queue.done(unit);
        }
    }

  private:
    /// The door at which exceptions of libraries end: the chunk is damage, the run goes on.
    Result<void> do_unit(const Unit& unit) {
        try {
            if (unit.kind == Unit::Kind::chunk) return do_chunk(unit);
            do_hash(unit);
        } catch (const std::exception& exception) {
            batch_.clear();
            note(unit, std::string("reading stopped here: ") + exception.what());
            if (unit.kind == Unit::Kind::chunk) return take_nothing(unit);
        }
        return {};
    }

    /// A chunk that ended in an exception still has its turn: those behind it wait for it.
    Result<void> take_nothing(const Unit& unit) {
        try {
            return take_(batch_, unit.sequence);
        } catch (const std::exception& exception) {
            return fail(Error::limit(std::string("the run had to stop: ") + exception.what()));
        }
    }

    Result<void> do_chunk(const Unit& unit) {
        batch_.clear();
        batch_.item = records::ItemId{unit.item->index()};
        batch_.base_offset = evtx::file_header_bytes + unit.slot * evtx::chunk_bytes;
        decode(unit);
        if (run_.options.recover) repeats_.leave_out(*unit.item, batch_, run_.options.cancelled);
        for (records::Damage& damage : batch_.damage)
            run_.queue.add_damage(
                {unit.item->index(), damage.offset, damage.bytes, std::move(damage.reason)});
        unit.item->records += batch_.records.size();
        for (const records::Record& record : batch_.records)
            unit.item->recovered += record.recovered ? 1 : 0;
        run_.records += batch_.records.size();
        return take_(batch_, unit.sequence);
    }

    /// Reads the records of a chunk, into an empty batch. Small logs are half empty: the rest of a chunk
    /// is read where it could matter only.
    void read_chunk(const Unit& unit, const evtx::FileFacts& facts) {
        batch_.clear();
        if (load_beginning(*unit.item, facts) && reader_.read_beginning(batch_, facts)) return;
        batch_.clear();
        if (load(unit)) reader_.read(batch_, facts);
    }

    bool load_beginning(const OpenItem& item, const evtx::FileFacts& facts) {
        const evidence::File& file = item.file();
        if (facts.recover || file.size() < batch_.base_offset + evtx::chunk_bytes) return false;
        batch_.bytes.resize(evtx::chunk_header_bytes);
        if (!fill_up(file, 0)) return false;
        const std::size_t wanted = evtx::bytes_in_use(batch_.bytes, facts);
        if (wanted == evtx::chunk_bytes) return false;
        batch_.bytes.resize(wanted);
        return fill_up(file, evtx::chunk_header_bytes);
    }

    /// The bytes of the batch from `from` on; false where the file does not give all of them.
    bool fill_up(const evidence::File& file, std::size_t from) {
        const auto place = std::span(batch_.bytes).subspan(from);
        const Result<std::size_t> got = file.read_at(batch_.base_offset + from, place);
        return got && *got == place.size();
    }

    bool load(const Unit& unit) {
        batch_.bytes.resize(evtx::chunk_bytes);
        const Result<std::size_t> got = unit.item->file().read_at(batch_.base_offset, batch_.bytes);
        batch_.bytes.resize(got ? *got : 0);
        if (!got) note(unit, got.error().message);
        if (got && *got == 0) unit.item->note_missing(batch_.base_offset);
        return !batch_.bytes.empty();
    }

    void decode(const Unit& unit) {
        OpenItem& item = *unit.item;
        read_chunk(unit, item.facts());
        if (evtx::has_chunk_magic(batch_.bytes)) ++item.slots_in_use;
        if (!reader_.wants_host_code_page()) return;
        evtx::FileFacts facts = item.facts();
        facts.host_code_page = item.host_code_page();
        if (facts.host_code_page) read_chunk(unit, facts);
    }

    void do_hash(const Unit& unit) {
        piece_.resize(evtx::chunk_bytes * 4);
        if (!unit.item->hash) return;
        for (std::uint64_t at = unit.begin; at < unit.end;) {
            const std::size_t wanted = std::min<std::uint64_t>(piece_.size(), unit.end - at);
            const Result<std::size_t> got =
                unit.item->file().read_at(at, std::span(piece_).first(wanted));
            if (!got || *got == 0) return unit.item->hash.reset();  // its chunks say why
            unit.item->hash->add(Bytes(piece_).first(*got));
            at += *got;
        }
    }

    void note(const Unit& unit, std::string reason) {
        const bool is_chunk = unit.kind == Unit::Kind::chunk;
        run_.queue.add_damage({unit.item->index(), is_chunk ? batch_.base_offset : unit.begin,
                               is_chunk ? evtx::chunk_bytes : unit.end - unit.begin,
                               std::move(reason)});
    }

    Run& run_;
    TakeBatch take_;
    evtx::ChunkReader reader_;
    Repeats repeats_;
    records::Batch batch_;
    std::vector<std::byte> piece_;
};

findings::ItemInfo to_info(const evidence::Item& item) {
    findings::ItemInfo info;
    info.path = item.path;
    info.bytes = item.bytes;
    return info;
}

void sum_up(findings::Reading& reading) {
    findings::Totals& totals = reading.totals;
    for (std::uint32_t i = 0; i < reading.items.size(); ++i) {
        const findings::ItemInfo& info = reading.items[i];
        switch (info.state) {
            case findings::ItemState::same_as_other:
                ++totals.copies;
                reading.items[info.same_as].copies.push_back(i);
                continue;
            case findings::ItemState::not_examined: ++totals.not_examined; continue;
            case findings::ItemState::unreadable: ++totals.unreadable; break;
            case findings::ItemState::examined: totals.bytes += info.bytes; break;
        }
        ++totals.files;
        totals.records += info.records;
        totals.recovered += info.recovered;
    }
}

/// Waits for the threads and shows progress meanwhile.
void wait_for_end(Run& run, const std::function<void()>& on_stop) {
    std::unique_lock lock(run.mutex);
    bool told = false;
    while (run.running > 0) {
        run.ended.wait_for(lock, progress_step);
        const bool stop = run.error || (run.options.cancelled && run.options.cancelled->load());
        lock.unlock();
        if (stop && !told) {
            told = true;
            run.queue.stop();
            if (on_stop) on_stop();
        }
        if (run.options.progress)
            run.options.progress({run.queue.bytes_done(), run.queue.bytes_total(), run.records});
        lock.lock();
    }
}

}  // namespace

bool has_time_limits(const Options& options) { return options.since || options.until; }

void leave_out_by_time(records::Batch& batch, const Options& options) {
    if (!has_time_limits(options)) return;
    std::erase_if(batch.records, [&](const records::Record& record) {
        if (record.time == Time{}) return false;
        return (options.since && record.time < *options.since) ||
               (options.until && record.time > *options.until);
    });
}

Result<findings::Reading> read_all(const std::vector<evidence::Item>& items, const Options& options,
                                   const std::function<TakeBatch()>& make,
                                   const std::function<void()>& on_stop) {
    findings::Reading reading;
    for (const evidence::Item& item : items) reading.items.push_back(to_info(item));
    if (options.hash) find_twins(items, options, reading);
    Run run(items, options, reading);
    {
        std::vector<std::unique_ptr<Worker>> workers;
        for (unsigned i = 0; i < std::max(options.threads, 1u); ++i)
            workers.push_back(std::make_unique<Worker>(run, make()));
        std::vector<std::jthread> threads;
        run.running = workers.size();
        for (const std::unique_ptr<Worker>& worker : workers)
            threads.emplace_back([&run, &worker] {
                worker->work();
                const std::lock_guard lock(run.mutex);
                --run.running;
                run.ended.notify_all();
            });
        wait_for_end(run, on_stop);
    }
    if (run.error) return fail(*run.error);
    run.queue.finish_rest();
    reading.partial = options.cancelled != nullptr && options.cancelled->load();
    sum_up(reading);
    return reading;
}

}  // namespace konseki::examine
