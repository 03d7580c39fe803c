#include "konseki/base/arena.h"

#include <algorithm>
#include <utility>

namespace konseki {

Arena::Arena(Arena&& other) noexcept
    : block_bytes_(other.block_bytes_),
      blocks_(std::move(other.blocks_)),
      first_bytes_(std::exchange(other.first_bytes_, 0)),
      next_(std::exchange(other.next_, nullptr)),
      left_(std::exchange(other.left_, 0)),
      used_(std::exchange(other.used_, 0)) {
    other.blocks_.clear();
}

Arena& Arena::operator=(Arena&& other) noexcept {
    if (this == &other) return *this;
    block_bytes_ = other.block_bytes_;
    blocks_ = std::move(other.blocks_);
    other.blocks_.clear();
    first_bytes_ = std::exchange(other.first_bytes_, 0);
    next_ = std::exchange(other.next_, nullptr);
    left_ = std::exchange(other.left_, 0);
    used_ = std::exchange(other.used_, 0);
    return *this;
}

void Arena::grow(std::size_t size) {
    const std::size_t bytes = std::max(size, block_bytes_);
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
    if (blocks_.size() == 1) first_bytes_ = bytes;
    next_ = blocks_.back().get();
    left_ = bytes;
}

void Arena::clear() {
    used_ = 0;
    if (blocks_.empty()) return;
    blocks_.resize(1);
    next_ = blocks_.front().get();
    left_ = first_bytes_;
}

}  // namespace konseki
