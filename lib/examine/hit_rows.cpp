#include "hit_rows.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace konseki::examine {

static_assert(std::is_trivially_copyable_v<HitRow>);
static_assert(std::has_unique_object_representations_v<HitRow>);

Bytes HitRow::bytes() const { return std::as_bytes(std::span(this, 1)); }

HitRow HitRow::from(Bytes bytes) {
    HitRow row;
    require(bytes.size() == sizeof row, "a hit row of another size");
    std::memcpy(&row, bytes.data(), sizeof row);
    return row;
}

HitOrder::HitOrder(const HostTable& hosts, const detect::Rules& rules) : hosts_(hosts) {
    const std::vector<findings::RuleInfo>& info = rules.info();
    std::vector<std::uint32_t> by_id(info.size());
    std::iota(by_id.begin(), by_id.end(), 0u);
    std::stable_sort(by_id.begin(), by_id.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return info[a].id < info[b].id; });
    ranks_.resize(info.size());
    for (std::uint32_t rank = 0; rank < by_id.size(); ++rank) ranks_[by_id[rank]] = rank;
}

bool HitOrder::less(const HitRow& a, const HitRow& b) const {
    if (a.time != b.time) return a.time < b.time;
    if (a.host != b.host) return hosts_.less(a.host, b.host);
    if (std::tie(a.item, a.offset) != std::tie(b.item, b.offset))
        return std::tie(a.item, a.offset) < std::tie(b.item, b.offset);
    if (a.rule != b.rule) return ranks_[a.rule] < ranks_[b.rule];
    return a.entry < b.entry;
}

}  // namespace konseki::examine
