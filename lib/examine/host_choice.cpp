#include "host_choice.h"

#include <algorithm>

#include "konseki/records/batch.h"
#include "read_all.h"

// A host whose earliest place is among the earliest stays, since what comes later can only lower the limit: at the
// moment at which that place is seen it is below the limit, and never above it afterwards. So it is no matter which of
// its places were seen before.

namespace konseki::examine {
namespace {

/// Names of one thread's batches. Records of a host mostly follow each other.
class HostNames {
  public:
    HostNames(const HostTable& table, HostChoice& choice) : table_(table), choice_(choice) {}

    void take(const records::Batch& batch) {
        const auto item = static_cast<std::uint32_t>(batch.item);
        bool is_first = true;
        for (const records::Record& record : batch.records) {
            text_ = short_text(batch.field(record, record.shape->system.computer));
            if (!is_first && text_ == last_) continue;
            is_first = false;
            choice_.add(table_.name_of(text_), {record.offset, item});
            last_.swap(text_);
        }
    }

  private:
    const HostTable& table_;
    HostChoice& choice_;
    std::string text_, last_;
};

}  // namespace

void HostChoice::add(std::string_view name, Place place) {
    const std::lock_guard lock(mutex_);
    if (const auto found = first_.find(name); found != first_.end()) {
        found->second = std::min(found->second, place);
        return;
    }
    if (is_cut_ && place > limit_) return;
    first_.emplace(name, place);
    // A quarter more than is asked for: cutting costs a sort.
    if (first_.size() > most_ + most_ / 4 + 1) cut();
}

std::set<std::string, std::less<>> HostChoice::take() {
    const std::lock_guard lock(mutex_);
    cut();
    std::set<std::string, std::less<>> names;
    for (const auto& [name, place] : first_) names.insert(name);
    return names;
}

void HostChoice::cut() {
    if (first_.size() <= most_) return;
    // A record has one host: no two of them share a place.
    std::vector<Place> places;
    for (const auto& [name, place] : first_) places.push_back(place);
    const auto last = places.begin() + static_cast<std::ptrdiff_t>(most_ - 1);
    std::ranges::nth_element(places, last);
    limit_ = *last;
    is_cut_ = true;
    std::erase_if(first_, [this](const auto& entry) { return entry.second > limit_; });
}

Result<std::set<std::string, std::less<>>> choose_hosts(const std::vector<evidence::Item>& items,
                                                        const Options& options) {
    const HostTable table({.aliases = options.host_aliases});
    HostChoice choice(options.caps.hosts);
    Options plain = options;
    plain.hash = false;  // copies have their hosts at the places of the first of them
    const auto make_taker = [&]() -> TakeBatch {
        return [names = HostNames(table, choice)](records::Batch& batch,
                                                  std::uint64_t) mutable -> Result<void> {
            names.take(batch);
            return {};
        };
    };
    TRY_VOID(read_all(items, plain, make_taker, {}));
    return choice.take();
}

}  // namespace konseki::examine
