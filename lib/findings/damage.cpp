#include "konseki/findings/damage.h"

#include <algorithm>
#include <utility>

namespace konseki::findings {

void DamageList::add(DamagedPlace place) {
    ++count_;
    places_.push_back(std::move(place));
    if (places_.size() >= 2 * keep_) cut();
}

void DamageList::add(const DamageList& other) {
    count_ += other.count_;
    places_.insert(places_.end(), other.places_.begin(), other.places_.end());
    cut();
}

std::vector<DamagedPlace> DamageList::sorted() const {
    std::vector<DamagedPlace> places = places_;
    std::sort(places.begin(), places.end());
    if (places.size() > keep_) places.resize(keep_);
    return places;
}

/// Keeps the smallest: dropping the others early never drops one of the smallest of all.
void DamageList::cut() {
    if (places_.size() <= keep_) return;
    std::nth_element(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(keep_),
                     places_.end());
    places_.resize(keep_);
}

}  // namespace konseki::findings
