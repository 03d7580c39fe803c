#include "compare.h"

#include <algorithm>

#include "konseki/base/result.h"

namespace konseki::slow_sigma {

namespace {

/// Disagreements that are told in full: enough to see a cause, few enough to read.
constexpr int told_per_rule = 1, told_in_all = 25;

bool is_rule(const detect::sigma::YamlNode& root) {
    return root.is_map() && root.find("detection") != nullptr &&
           root.find("correlation") == nullptr && root.find("filter") == nullptr;
}

}  // namespace

std::string text_of(const FlatRecord& record) {
    std::string out;
    for (const FlatField& field : record.fields) {
        const char* const kind = field.kind == FlatField::Kind::null     ? " (null)"
                                 : field.kind == FlatField::Kind::hollow ? " (no items)"
                                                                         : "";
        out += "    " + field.name + kind + " = [" + field.text.substr(0, 400) + "]\n";
    }
    return out;
}

Comparison::Comparison(const std::vector<detect::RuleFile>& files, const std::string& log_sources,
                       Form form)
    : logs_(log_sources) {
    detect::CompileOptions options;
    options.log_sources = log_sources;
    rules_ = detect::Rules::compile(files, options);
    if (form == Form::packed) {
        auto back = detect::Rules::from_pack(rules_.to_pack());
        require(back.has_value(), "a pack just written is readable");
        rules_ = std::move(*back);
    }
    engine_ = std::make_unique<detect::Engine>(rules_);
    read_slow(files);
}

void Comparison::read_slow(const std::vector<detect::RuleFile>& files) {
    std::map<std::string, std::string> refused;
    for (const findings::RuleProblem& problem : rules_.problems())
        if (problem.is_unusable()) refused[problem.id] = problem.reason;
    std::map<std::string, std::uint32_t> number_of;
    for (std::uint32_t number = 0; number < rules_.info().size(); ++number)
        number_of[rules_.info()[number].id] = number;
    std::map<std::string, std::size_t> sources;
    pair_of_.assign(rules_.info().size(), no_pair);
    for (const detect::RuleFile& file : files) {
        for (const detect::sigma::YamlDocument& document : detect::sigma::read_yaml(file.text)) {
            if (!is_rule(document.root)) continue;
            Pair pair;
            std::string reason;
            bool usable = !document.error && read_rule(document.root, pair.slow, reason);
            if (usable && !logs_.knows(pair.slow)) usable = false, reason = "log source";
            const std::string& id = pair.slow.id;
            const auto fast = number_of.find(id);
            const bool fast_usable = fast != number_of.end() && !refused.contains(id);
            if (usable != fast_usable)
                one_sided_.push_back(file.path + " " + id + ": " +
                                     (usable ? "engine: " + refused[id] : "slow: " + reason));
            if (!usable || !fast_usable) continue;
            pair.number = fast->second;
            const std::string key =
                pair.slow.product + "/" + pair.slow.category + "/" + pair.slow.service;
            pair.source = sources.try_emplace(key, sources.size()).first->second;
            by_source_.resize(sources.size());
            by_source_[pair.source].push_back(pairs_.size());
            pair_of_[pair.number] = pairs_.size();
            pairs_.push_back(std::move(pair));
        }
    }
}

bool Comparison::slow_hit(const Pair& pair, const FlatRecord& record) {
    const SlowRoute* const route = logs_.route(pair.slow, record);
    ++asked_;
    if (route == nullptr) return false;
    ++evaluated_;
    return matches(pair.slow, record, logs_.lookup(*route));
}

std::vector<std::size_t> Comparison::slow_hits(const FlatRecord& record) {
    std::vector<std::size_t> hits;
    asked_ += pairs_.size();
    for (const std::vector<std::size_t>& members : by_source_) {
        const SlowRoute* const route = logs_.route(pairs_[members[0]].slow, record);
        if (route == nullptr) continue;
        const RouteLookup lookup = logs_.lookup(*route);
        evaluated_ += members.size();
        for (const std::size_t at : members)
            if (matches(pairs_[at].slow, record, lookup)) hits.push_back(at);
    }
    std::sort(hits.begin(), hits.end());
    return hits;
}

void Comparison::note(std::size_t pair, const FlatRecord& record, bool fast, bool slow,
                      const std::string& where) {
    if (fast == slow) return;
    ++disagreements_;
    if (told_[pair]++ >= told_per_rule || told_.size() > told_in_all) return;
    report_ += where + ": " + rules_.info()[pairs_[pair].number].file + " " +
               rules_.info()[pairs_[pair].number].id + ": engine " + (fast ? "hits" : "misses") +
               ", slow " + (slow ? "hits" : "misses") + "\n" + text_of(record);
}

}  // namespace konseki::slow_sigma
