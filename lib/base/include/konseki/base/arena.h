#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"

namespace konseki {

/// Memory that is given out piece by piece and freed at once. Pieces never move. One thread.
class Arena {
  public:
    explicit Arena(std::size_t block_bytes = std::size_t{64} << 10) : block_bytes_(block_bytes) {}
    /// The arena moved from is empty and can be used again.
    Arena(Arena&& other) noexcept;
    Arena& operator=(Arena&& other) noexcept;

    /// `size` bytes aligned to 8.
    std::byte* allocate(std::size_t size) {
        size = (size + 7) & ~std::size_t{7};
        if (size > left_) [[unlikely]]
            grow(size);
        std::byte* const at = next_;
        next_ += size;
        left_ -= size;
        used_ += size;
        return at;
    }
    std::string_view copy(std::string_view text) {
        std::byte* const at = allocate(text.size());
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        return as_text(Bytes(at, text.size()));
    }
    Bytes copy(Bytes bytes) { return as_bytes(copy(as_text(bytes))); }

    /// Bytes given out since the last clear.
    std::size_t used() const { return used_; }
    /// Gives back everything but the first block.
    void clear();

  private:
    void grow(std::size_t size);

    std::size_t block_bytes_;
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::size_t first_bytes_ = 0;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t used_ = 0;
};

}  // namespace konseki
