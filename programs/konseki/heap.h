#pragma once

namespace konseki {

/// Makes the heap of the whole process one region of large pages where the system gives them (Linux,
/// madvise(2): MADV_HUGEPAGE). A run allocates from several threads in pieces that the default grows page by
/// page: a sixth of a small run went into page faults. Changes nothing but speed; called once, first.
void use_large_pages();

}  // namespace konseki
