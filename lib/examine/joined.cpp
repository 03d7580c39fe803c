#include "joined.h"

#include "entry.h"
#include "konseki/detect/join.h"

namespace konseki::examine {
namespace {

Result<void> keep(const findings::RuleInfo& rule, const detect::JoinedFinding& joined,
                  JoinTarget target) {
    if (joined.events.empty()) return {};
    const detect::EventPlace& last =
        joined.last.time == Time{} ? joined.events.back() : joined.last;
    std::vector<std::byte> entry;
    findings::MatchText match;
    if (rule.own) target.printer.say(*rule.own, joined.fields, match);
    append_joined_entry(entry, joined, target.printer.group(joined.fields), match);
    HitRow row;
    row.time = last.time.ticks;
    row.offset = last.offset;
    row.record = last.record_id;
    row.entry = TRY(target.entries.append(entry));
    row.entry_bytes = static_cast<std::uint32_t>(entry.size());
    row.host = last.host;
    row.item = last.item;
    row.rule = joined.rule;
    row.recovered = last.recovered ? 1 : 0;
    row.joined = 1;
    return target.hits.add(row.bytes());
}

}  // namespace

std::unique_ptr<RowSorter> make_hit_sorter(const FindingStore& store) {
    const HitOrder* const order = store.order.get();
    return std::make_unique<RowSorter>(*store.sorted, [order](Bytes a, Bytes b) {
        // Times stand in front and nearly always decide.
        const auto time = load_le<std::int64_t>(a.data());
        const auto other = load_le<std::int64_t>(b.data());
        if (time != other) return time < other;
        return order->less(HitRow::from(a), HitRow::from(b));
    });
}

Result<std::vector<detect::JoinLoss>> join(const detect::Rules& rules, RowSorter& rows,
                                           JoinTarget target) {
    TRY_VOID(rows.finish());
    Result<void> kept;
    detect::Joiner joiner(rules, [&](detect::JoinedFinding&& joined) {
        if (kept) kept = keep(rules.info()[joined.rule], joined, target);
    });
    Bytes bytes;
    while (TRY(rows.next(bytes))) {
        joiner.take(TRY(read_join_row(bytes)));
        if (!kept) return fail(kept.error());
    }
    joiner.finish();
    if (!kept) return fail(kept.error());
    return joiner.losses();
}

}  // namespace konseki::examine
