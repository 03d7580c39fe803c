#include "advice.h"

#include <algorithm>

namespace konseki::report {
namespace {

void add(std::vector<Advised>& all, const std::string& id, std::uint32_t host) {
    auto found = std::ranges::find(all, id, &Advised::id);
    if (found == all.end()) found = all.insert(all.end(), Advised{.id = id, .hosts = {}});
    ++found->times;
    if (found->hosts.empty() || found->hosts.back() != host) found->hosts.push_back(host);
}

}  // namespace

std::vector<Advised> most_advised(const PageData& data, AdviceList list) {
    std::vector<Advised> all;
    for (const story::HostView& view : data.story.hosts) {
        if (view.verdict < story::Verdict::look) continue;
        for (const story::Reason& reason : view.reasons) {
            const findings::RuleInfo& rule = data.examination.rules[reason.rule];
            if (!rule.own || reason.level < findings::Level::medium) continue;
            for (const std::string& id : (*rule.own).*list)
                if (data.options.advice.contains(id)) add(all, id, view.host);
        }
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &Advised::times);
    return all;
}

std::string_view first_sentence(std::string_view text, render::Language language) {
    const std::string_view end = language == render::Language::ja ? "\xe3\x80\x82" : ".";
    for (std::size_t at = text.find(end); at != text.npos; at = text.find(end, at + 1)) {
        const std::size_t next = at + end.size();
        if (language == render::Language::ja || next == text.size() || text[next] == ' ')
            return text.substr(0, next);
    }
    return text;
}

}  // namespace konseki::report
