#include "konseki/report/shown.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "konseki/base/text.h"

namespace konseki::report {

void ShownAccounts::add(const findings::Finding& finding) {
    if (finding.record.account.empty() || finding.label != findings::Label::none) return;
    std::string key = fold(finding.record.account);
    auto found = accounts_.find(key);
    if (found == accounts_.end()) {
        if (accounts_.size() == max_kept) {
            ++left_out_;
            return;
        }
        found = accounts_.try_emplace(std::move(key)).first;
        found->second.name = finding.record.account;
    }
    ShownAccount& account = found->second;
    account.level =
        std::max(account.level, findings::sort_level(examination_.rules[finding.rule].level));
    ++account.count;
    account.span.add(finding.time);
    if (account.hosts.size() < max_hosts) account.hosts.insert(finding.host);
}

std::vector<const ShownAccount*> ShownAccounts::sorted() const {
    std::vector<const ShownAccount*> all;
    for (const auto& [key, account] : accounts_) all.push_back(&account);
    std::ranges::stable_sort(all, [](const ShownAccount* a, const ShownAccount* b) {
        return std::tuple(b->level, b->count) < std::tuple(a->level, a->count);
    });
    return all;
}

void ShownTraces::add(const traces::TraceLine& trace) {
    if (trace.level == 0 || trace.victim || traces::names_victim(trace.type)) return;
    ++count_;
    kept_.push_back(trace);
    if (kept_.size() >= 2 * max_kept) cut();
}

void ShownTraces::cut() {
    std::ranges::sort(kept_, [](const traces::TraceLine& a, const traces::TraceLine& b) {
        return std::tuple(b.level, a.type, std::string_view(a.value)) <
               std::tuple(a.level, b.type, std::string_view(b.value));
    });
    if (kept_.size() > max_kept) kept_.resize(max_kept);
}

}  // namespace konseki::report
