#include "konseki/records/shape.h"

#include <algorithm>
#include <shared_mutex>
#include <unordered_map>

#include "konseki/base/hash.h"

namespace konseki::records {

namespace {

/// The keys are compared as well, so a fixed seed does no harm.
constexpr std::uint64_t key_seed = 0x6b6f6e73656b69;

}  // namespace

struct ShapeTable::Index {
    explicit Index(std::size_t capacity_) : capacity(capacity_) {}

    const Shape* find(Bytes key, std::uint64_t hash) const {
        const auto [begin, end] = by_hash.equal_range(hash);
        for (auto at = begin; at != end; ++at)
            if (std::ranges::equal(at->second->key, key)) return at->second;
        return nullptr;
    }

    std::size_t capacity;
    mutable std::shared_mutex mutex;
    std::vector<std::unique_ptr<Shape>> shapes;
    std::unordered_multimap<std::uint64_t, const Shape*> by_hash;
};

ShapeTable::ShapeTable(std::size_t capacity)
    : index_(std::make_unique<Index>(std::min(capacity, max_shapes))) {}
ShapeTable::~ShapeTable() = default;

const Shape* ShapeTable::find(Bytes key) const {
    const std::uint64_t hash = hash64(key, key_seed);
    const std::shared_lock lock(index_->mutex);
    return index_->find(key, hash);
}

const Shape* ShapeTable::add(std::unique_ptr<Shape>& shape) {
    const std::uint64_t hash = hash64(shape->key, key_seed);
    const std::unique_lock lock(index_->mutex);
    if (const Shape* const known = index_->find(shape->key, hash)) return known;
    if (index_->shapes.size() >= index_->capacity) return nullptr;
    shape->id = static_cast<std::uint32_t>(index_->shapes.size());
    index_->shapes.push_back(std::move(shape));
    const Shape* const added = index_->shapes.back().get();
    index_->by_hash.emplace(hash, added);
    return added;
}

std::size_t ShapeTable::size() const {
    const std::shared_lock lock(index_->mutex);
    return index_->shapes.size();
}

}  // namespace konseki::records
