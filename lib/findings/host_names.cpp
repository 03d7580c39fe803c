#include "konseki/findings/host_names.h"

#include <algorithm>

#include "konseki/base/text.h"

namespace konseki::findings {
namespace {

std::string label_of(const std::string& folded) { return folded.substr(0, folded.find('.')); }
bool has_domain(const std::string& folded) { return folded.contains('.'); }

const std::vector<std::uint32_t>& in(
    const std::unordered_map<std::string, std::vector<std::uint32_t>>& map,
    const std::string& key) {
    static const std::vector<std::uint32_t> none;
    const auto found = map.find(key);
    return found == map.end() ? none : found->second;
}

void append(const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to) {
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

void HostNames::Index::add(std::string_view name, std::uint32_t number) {
    const std::string folded = fold(name);
    of_name[folded].push_back(number);
    if (has_domain(folded)) of_label[label_of(folded)].push_back(number);
}

const std::vector<std::uint32_t>& HostNames::Index::in_domains(const std::string& label) const {
    return in(of_label, label);
}

void HostNames::Index::find(const std::string& folded, bool exact_only,
                            std::vector<std::uint32_t>& out) const {
    append(in(of_name, folded), out);
    if (!exact_only)
        append(has_domain(folded) ? in(of_name, label_of(folded)) : in_domains(folded), out);
}

HostNames::HostNames(std::span<const HostInfo> hosts, std::span<const ProfileHost> known) {
    for (std::uint32_t i = 0; i < hosts.size(); ++i) hosts_.add(hosts[i].name, i);
    for (const ProfileHost& host : known) {
        const std::uint32_t number = static_cast<std::uint32_t>(known_names_.size());
        std::vector<std::string>& names = known_names_.emplace_back();
        known_.add(host.name, number);
        names.push_back(fold(host.name));
        for (const std::string& alias : host.aliases) {
            known_.add(alias, number);
            names.push_back(fold(alias));
        }
    }
}

bool HostNames::is_unclear(const std::string& folded) const {
    return hosts_.in_domains(label_of(folded)).size() > 1;
}

void HostNames::find_hosts(const std::string& folded, std::vector<std::uint32_t>& out) const {
    if (!folded.empty()) hosts_.find(folded, is_unclear(folded), out);
}

std::vector<std::uint32_t> HostNames::meant_by(std::string_view name) const {
    std::vector<std::uint32_t> out;
    const std::string folded = fold(name);
    if (folded.empty()) return out;
    find_hosts(folded, out);
    std::vector<std::uint32_t> described;
    known_.find(folded, is_unclear(folded), described);
    for (const std::uint32_t one : described)
        for (const std::string& other : known_names_[one]) find_hosts(other, out);
    std::ranges::sort(out);
    const auto rest = std::ranges::unique(out);
    out.erase(rest.begin(), rest.end());
    return out;
}

std::vector<std::uint32_t> HostNames::rivals_for(std::string_view name) const {
    const std::string folded = fold(name);
    if (has_domain(folded) || !is_unclear(folded) || !meant_by(name).empty()) return {};
    return hosts_.in_domains(folded);
}

}  // namespace konseki::findings
