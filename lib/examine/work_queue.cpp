#include "work_queue.h"

#include <algorithm>
#include <utility>

#include "sniff.h"

namespace konseki::examine {

using findings::ItemInfo;
using findings::ItemState;

WorkQueue::WorkQueue(const std::vector<evidence::Item>& items, const Options& options,
                     findings::Reading& reading)
    : items_(items), options_(options), reading_(reading) {
    for (const ItemInfo& info : reading_.items)
        if (info.state != ItemState::same_as_other && info.state != ItemState::unreadable)
            bytes_total_ += info.bytes;
}

bool WorkQueue::is_stopped() const {
    return stopped_ || (options_.cancelled != nullptr && options_.cancelled->load());
}

bool WorkQueue::next(Unit& unit) {
    std::unique_lock lock(mutex_);
    for (;;) {
        if (is_stopped()) {
            changed_.notify_all();
            return false;
        }
        if (take_hash_piece(unit) || take_chunk(unit)) return true;
        if (open_next()) continue;
        if (open_.empty()) return false;
        changed_.wait(lock);
    }
}

/// A piece is due when it lies wholly behind the chunks that were handed out.
bool WorkQueue::take_hash_piece(Unit& unit) {
    for (const std::unique_ptr<OpenItem>& item : open_) {
        OpenItem::Schedule& schedule = item->schedule;
        if (!schedule.wants_hash || schedule.hash_in_flight) continue;
        const std::uint64_t size = item->file().size();
        const bool all_handed_out = schedule.next_slot == item->slots();
        const std::uint64_t reached = all_handed_out
                                          ? size
                                          : formats::evtx::file_header_bytes +
                                                schedule.next_slot * formats::evtx::chunk_bytes;
        const std::uint64_t end = std::min(schedule.hashed_bytes + hash_piece_bytes, size);
        if (end > reached) continue;
        unit = {.kind = Unit::Kind::hash_piece,
                .item = item.get(),
                .begin = schedule.hashed_bytes,
                .end = end};
        schedule.hash_in_flight = true;
        ++schedule.pending;
        return true;
    }
    return false;
}

/// Only the file opened last can have chunks left.
bool WorkQueue::take_chunk(Unit& unit) {
    if (open_.empty()) return false;
    OpenItem& item = *open_.back();
    if (item.schedule.next_slot == item.slots()) return false;
    unit = {.kind = Unit::Kind::chunk,
            .item = &item,
            .slot = item.schedule.next_slot++,
            .sequence = next_sequence_++};
    ++item.schedule.pending;
    return true;
}

/// Opens files until one has work; false when there is none left.
bool WorkQueue::open_next() {
    while (next_item_ < items_.size()) {
        if (is_stopped()) return false;
        const std::uint32_t index = next_item_++;
        const ItemState state = reading_.items[index].state;
        if (state == ItemState::same_as_other || state == ItemState::unreadable) continue;
        const std::size_t before = open_.size();
        open_one(index);
        if (open_.size() > before) return true;
        bytes_done_ += reading_.items[index].bytes;
    }
    return false;
}

void WorkQueue::open_one(std::uint32_t index) {
    ItemInfo& info = reading_.items[index];
    const auto refuse = [&](const Error& error) {
        info.state = ItemState::unreadable;
        info.reason = error.message;
    };
    Result<evidence::File> file = evidence::File::open(items_[index]);
    if (!file) return refuse(file.error());
    const Result<Kind> kind = sniff(*file);
    if (!kind) return refuse(kind.error());
    if (!kind->is_evtx) {
        info.state = ItemState::not_examined;
        info.reason = kind->reason;
        return;
    }
    info.state = ItemState::examined;
    const formats::evtx::FileFacts facts{
        .no_checksums = kind->header && kind->header->has_no_checksums(),
        .code_page = options_.code_page,
        .host_code_page = std::nullopt,
        .recover = options_.recover};
    auto item = std::make_unique<OpenItem>(index, std::move(*file), facts);
    item->header = kind->header;
    item->schedule.wants_hash = options_.hash && !info.sha256;
    if (item->schedule.wants_hash) item->hash = std::make_unique<Sha256Stream>();
    info.bytes = item->file().size();
    open_.push_back(std::move(item));
    finish_if_done(std::prev(open_.end()));
}

void WorkQueue::done(const Unit& unit) {
    const std::lock_guard lock(mutex_);
    const auto item = std::find_if(open_.begin(), open_.end(),
                                   [&](const auto& open) { return open.get() == unit.item; });
    require(item != open_.end(), "a unit of a file that is not open");
    OpenItem::Schedule& schedule = (*item)->schedule;
    --schedule.pending;
    if (unit.kind == Unit::Kind::hash_piece) {
        schedule.hash_in_flight = false;
        schedule.hashed_bytes = unit.end;
        if (unit.end == (*item)->file().size()) {
            schedule.wants_hash = false;
            if ((*item)->hash) reading_.items[(*item)->index()].sha256 = (*item)->hash->finish();
        }
    } else {
        bytes_done_ += formats::evtx::chunk_bytes;
    }
    finish_if_done(item);
    changed_.notify_all();
}

void WorkQueue::finish_if_done(std::list<std::unique_ptr<OpenItem>>::iterator item) {
    const OpenItem::Schedule& schedule = (*item)->schedule;
    if (schedule.pending > 0 || schedule.wants_hash || schedule.next_slot < (*item)->slots())
        return;
    finish(**item);
    open_.erase(item);
}

void WorkQueue::finish(OpenItem& item) {
    ItemInfo& info = reading_.items[item.index()];
    info.records = item.records;
    info.recovered = item.recovered;
    const auto damage = [&](std::uint64_t offset, std::uint64_t bytes, std::string reason) {
        reading_.damage.add({item.index(), offset, bytes, std::move(reason)});
    };
    if (!item.header)
        damage(0, formats::evtx::file_header_bytes, "file header is damaged");
    else
        for (records::Damage& found :
             formats::evtx::check_header(*item.header, item.file().size(), item.slots_in_use))
            damage(found.offset, found.bytes, std::move(found.reason));
    add_missing(item);
    if (item.file().has_changed()) damage(0, item.file().size(), "file changed while it was read");
}

void WorkQueue::add_missing(const OpenItem& item) {
    const std::uint64_t from = item.missing_from;
    if (from == UINT64_MAX) return;
    reading_.damage.add(
        {item.index(), from, item.file().size() - from, "file became shorter while it was read"});
}

void WorkQueue::finish_rest() {
    const std::lock_guard lock(mutex_);
    for (const std::unique_ptr<OpenItem>& item : open_) {
        ItemInfo& info = reading_.items[item->index()];
        info.records = item->records;
        info.recovered = item->recovered;
        info.reason = "read in part";
        add_missing(*item);
    }
    open_.clear();
    for (; next_item_ < items_.size(); ++next_item_) {
        ItemInfo& info = reading_.items[next_item_];
        if (info.state == ItemState::not_examined) info.reason = "not reached";
    }
}

void WorkQueue::add_damage(findings::DamagedPlace place) {
    const std::lock_guard lock(mutex_);
    reading_.damage.add(std::move(place));
}

void WorkQueue::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

}  // namespace konseki::examine
