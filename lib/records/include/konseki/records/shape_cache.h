#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "konseki/records/shape.h"

namespace konseki::records {

/// Remembers what was made of each shape, for whoever prepares work per shape. One per thread.
template <class T>
class ShapeCache {
  public:
    /// What `make(shape)` gives, made once. Valid until the next call for a shape that belongs to its
    /// batch, and else until another shape of the same number comes.
    template <class Make>
    const T& of(const Shape& shape, Make&& make) {
        if (shape.id == Shape::batch_owned) return own_ = make(shape);
        if (shape.id >= known_.size()) known_.resize(shape.id + std::size_t{1});
        Known& known = known_[shape.id];
        // Runs have tables of their own: the same number may be another shape.
        if (known.shape != &shape) known = {&shape, std::make_unique<T>(make(shape))};
        return *known.made;
    }

  private:
    struct Known {
        const Shape* shape = nullptr;
        std::unique_ptr<T> made;
    };
    std::vector<Known> known_;  ///< by the number of the shape
    T own_{};
};

}  // namespace konseki::records
