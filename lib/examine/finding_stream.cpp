#include "finding_stream.h"

#include <utility>

#include "entry.h"
#include "konseki/base/hash.h"

namespace konseki::examine {
namespace {

/// Bytes of a SHA-256 that make a finding's id.
constexpr std::size_t id_bytes = 16;

}  // namespace

FindingStream::FindingStream(FindingStore store, const detect::Rules& rules,
                             std::vector<findings::ItemInfo> items,
                             std::vector<std::uint32_t> host_index, WindowsTexts texts)
    : store_(std::move(store)),
      entries_(*store_.entries),
      rules_(rules),
      items_(std::move(items)),
      host_index_(std::move(host_index)),
      texts_(std::move(texts)) {}

Result<bool> FindingStream::next(findings::Finding& finding) {
    Bytes bytes;
    if (!TRY(store_.hits->next(bytes))) return false;
    const HitRow row = HitRow::from(bytes);
    finding.events.clear();
    finding.rule = row.rule;
    finding.time = Time{row.time};
    finding.host = host_index_[row.host];
    id_text_ = rules_.info()[row.rule].id;
    id_text_ += '\n';
    append_place(row.item, row.offset);
    if (row.joined != 0)
        TRY_VOID(fill_joined(row, finding));
    else
        TRY_VOID(fill(row, finding));
    texts_.fill(finding);
    id_hash_.restart();
    id_hash_.add(as_bytes(id_text_));
    finding.id = to_hex(Bytes(id_hash_.finish()).first(id_bytes));
    return true;
}

/// Findings of one record follow each other, so the record's part is read once.
Result<void> FindingStream::fill(const HitRow& row, findings::Finding& finding) {
    if (row.entry != record_at_) {
        const Bytes entry = TRY(entries_.read(row.entry, row.entry_bytes));
        record_bytes_.assign(entry.begin(), entry.end());
        record_at_ = row.entry;
        record_ = TRY(read_record_entry(record_bytes_));
    }
    finding.record = record_;
    const Bytes why = TRY(entries_.read(row.entry + row.explanation, row.explanation_bytes));
    const HitText hit = TRY(read_hit_entry(why));
    finding.match = hit.text;
    finding.is_unchecked = hit.is_unchecked;
    finding.count = 1;
    finding.events.push_back({.time = Time{row.time},
                              .host = finding.host,
                              .item = row.item,
                              .offset = row.offset,
                              .record = row.record,
                              .recovered = row.recovered != 0});
    return {};
}

/// A correlation is known by its first and last event and its group.
Result<void> FindingStream::fill_joined(const HitRow& row, findings::Finding& finding) {
    const Bytes entry = TRY(entries_.read(row.entry, row.entry_bytes));
    const std::string_view group = TRY(read_joined_entry(entry, finding));
    for (findings::EventRef& event : finding.events) event.host = host_index_[event.host];
    if (finding.events.empty()) return {};
    append_place(finding.events.front().item, finding.events.front().offset);
    id_text_ += group;
    return {};
}

void FindingStream::append_place(std::uint32_t item, std::uint64_t offset) {
    const findings::ItemInfo& info = items_[item];
    if (info.sha256)
        id_text_ += to_hex(*info.sha256);
    else
        id_text_ += info.path;
    id_text_ += ':';
    id_text_ += std::to_string(offset);
    id_text_ += '\n';
}

}  // namespace konseki::examine
