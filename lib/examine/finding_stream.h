#pragma once

#include <memory>
#include <vector>

#include "hit_rows.h"
#include "konseki/base/hash.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/examination.h"
#include "row_sorter.h"
#include "spill.h"
#include "windows_texts.h"

namespace konseki::examine {

/// What findings wait in until they are read: the spill, the sorted rows, and the stores of the traces.
struct FindingStore {
    std::unique_ptr<SpillFile> entries;  ///< what is shown of records and hits
    std::unique_ptr<SpillFile> sorted;   ///< runs of sorted rows
    std::unique_ptr<HostTable> hosts;
    std::unique_ptr<HitOrder> order;
    std::unique_ptr<RowSorter> hits;                           ///< of HitRow
    std::vector<std::unique_ptr<SpillRunStore>> trace_stores;  ///< one per thread
};

/// Reads findings from a finished store.
class FindingStream final : public findings::FindingSource {
  public:
    /// `host_index` gives for each host number its index in the examination.
    FindingStream(FindingStore store, const detect::Rules& rules,
                  std::vector<findings::ItemInfo> items, std::vector<std::uint32_t> host_index,
                  WindowsTexts texts);

    Result<bool> next(findings::Finding& finding) override;

  private:
    Result<void> fill(const HitRow& row, findings::Finding& finding);
    Result<void> fill_joined(const HitRow& row, findings::Finding& finding);
    void append_place(std::uint32_t item, std::uint64_t offset);

    FindingStore store_;
    SpillReader entries_;
    const detect::Rules& rules_;
    std::vector<findings::ItemInfo> items_;
    std::vector<std::uint32_t> host_index_;
    WindowsTexts texts_;
    std::uint64_t record_at_ = ~std::uint64_t{0};  ///< position of the entry that follows
    std::vector<std::byte> record_bytes_;
    findings::RecordText record_;  ///< views into it
    std::string id_text_;          ///< what the id is made from
    Sha256Stream id_hash_;
};

}  // namespace konseki::examine
