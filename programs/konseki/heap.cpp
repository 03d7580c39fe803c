#include "heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace konseki {
namespace {

/// What the heap grows by: addresses, not memory, until they are used. A run stays below it.
constexpr int heap_step = 192 << 20;
/// Buffers below this come from the heap, too; the largest that glibc takes (mallopt(3)).
constexpr int own_mapping_from = 32 << 20;
constexpr std::size_t large_page = 2 << 20;

}  // namespace

void use_large_pages() {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, heap_step);
    mallopt(M_TRIM_THRESHOLD, heap_step);
    mallopt(M_MMAP_THRESHOLD, own_mapping_from);
    // A piece that the heap, begun before main(), has no room for makes it grow by a step.
    void* begin = std::malloc(large_page);
    const void* const end = ::sbrk(0);
    std::size_t size =
        static_cast<std::size_t>(static_cast<const char*>(end) - static_cast<char*>(begin));
    void* const piece = begin;
    if (std::align(large_page, large_page, begin, size) != nullptr)
        ::madvise(begin, size, MADV_HUGEPAGE);
    std::free(piece);
#endif
}

}  // namespace konseki
