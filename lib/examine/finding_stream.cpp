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
                             std::vector<std::uint32_t> host_index)
    : store_(std::move(store)), entries_(*store_.entries), rules_(rules), items_(std::move(items)),
      host_index_(std::move(host_index)) {}

Result<bool> FindingStream::next(findings::Finding& finding) {
    Bytes bytes;
    if (!TRY(store_.hits->next(bytes))) return false;
    const HitRow row = HitRow::from(bytes);
    finding.events.clear();
    finding.rule = row.rule;
    finding.time = Time{row.time};
    finding.host = host_index_[row.host];
    TRY_VOID(fill(row, finding));
    finding.id = make_id(row, finding);
    return true;
}

Result<void> FindingStream::fill(const HitRow& row, findings::Finding& finding) {
    if (row.joined == 0 && row.entry == last_entry_ && &finding == last_finding_)
        return fill_hit(row, finding);
    const Bytes entry = TRY(entries_.read(row.entry, row.entry_bytes));
    last_entry_ = row.joined != 0 ? ~std::uint64_t{0} : row.entry;
    last_finding_ = &finding;
    if (row.joined != 0) {
        TRY_VOID(read_joined_entry(entry, finding));
        for (findings::EventRef& event : finding.events) event.host = host_index_[event.host];
        return {};
    }
    TRY_VOID(read_record_entry(entry, finding));
    return fill_hit(row, finding);
}

Result<void> FindingStream::fill_hit(const HitRow& row, findings::Finding& finding) {
    const Bytes why = TRY(entries_.read(row.entry + row.explanation, row.explanation_bytes));
    TRY_VOID(read_hit_entry(why, finding));
    finding.count = 1;
    finding.events.push_back({.time = Time{row.time},
                              .host = finding.host,
                              .item = row.item,
                              .offset = row.offset,
                              .record = row.record,
                              .recovered = row.recovered != 0});
    return {};
}

/// A correlation is known by its first and last event.
std::string FindingStream::make_id(const HitRow& row, const findings::Finding& finding) const {
    std::string text = rules_.info()[row.rule].id;
    text += '\n';
    text += place_of(row.item, row.offset);
    if (row.joined != 0 && !finding.events.empty()) {
        text += place_of(finding.events.front().item, finding.events.front().offset);
        for (const findings::ShownField& field : finding.fields)
            text += field.name + '=' + field.values.front().text + '\n';
    }
    return to_hex(Bytes(sha256(as_bytes(text))).first(id_bytes));
}

std::string FindingStream::place_of(std::uint32_t item, std::uint64_t offset) const {
    const findings::ItemInfo& info = items_[item];
    return (info.sha256 ? to_hex(*info.sha256) : info.path) + ':' + std::to_string(offset) + '\n';
}

}  // namespace konseki::examine
