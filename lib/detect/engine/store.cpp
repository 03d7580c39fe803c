#include "engine/store.h"

#include <algorithm>

namespace konseki::detect {
namespace {

/// Stands for every event id that no rule and no route names: they all behave alike.
constexpr std::uint32_t other_event_id = no_index - 1;

void sort_unique(std::vector<std::uint32_t>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

ProgramStore::ProgramStore(const Rules::Body& body)
    : body_(body),
      names_(body.flat),
      rule_names_(body.flat.rules.size()),
      states_(body.flat.rules.size()) {
    const std::uint32_t event_id_name = names_.find("EventID");
    for (const FlatTest& test : flat().tests)
        if (test.field == event_id_name && test.has_integer != 0 && test.integer >= 0 &&
            test.integer < other_event_id)
            known_event_ids_.insert(static_cast<std::uint32_t>(test.integer));
    for (const FlatRoute& route : flat().routes)
        for (const std::uint32_t id : Flat::part(flat().refs, route.event_ids))
            known_event_ids_.insert(id);
    for (std::size_t i = 0; i < rule_names_.size(); ++i) {
        if (flat().rules[i].root == no_index) continue;
        append_names(flat(), flat().rules[i].root, rule_names_[i]);
        sort_unique(rule_names_[i]);
    }
}

ClassHandle ProgramStore::find_class(const RouteKey& key) {
    // The key of a class is what the rules can tell apart, so evidence cannot make more of them.
    std::vector<std::uint32_t> id;
    RouteKey plain = key;
    if (!key.has_one_event_id)
        id.push_back(no_index);
    else if (known_event_ids_.contains(key.event_id))
        id.push_back(key.event_id);
    else
        id.push_back(plain.event_id = other_event_id);
    std::vector<std::uint32_t> routes;
    for (std::uint32_t i = 0; i < flat().routes.size(); ++i)
        if (fits(flat(), flat().routes[i], key)) routes.push_back(i);
    id.insert(id.end(), routes.begin(), routes.end());

    const std::lock_guard lock(mutex_);
    ClassHandle handle;
    if (const auto found = classes_.find(id); found != classes_.end()) {
        handle.shared = found->second.get();
        return handle;
    }
    auto fresh = std::make_unique<RuleClass>();
    fresh->traits = traits_of(routes, plain);
    if (classes_.size() >= max_classes)
        handle.own = std::move(fresh);
    else
        handle.shared = classes_.emplace(std::move(id), std::move(fresh)).first->second.get();
    return handle;
}

void ProgramStore::mark_names(const Candidate& candidate, std::vector<bool>& marks) const {
    const FlatRoute& route = flat().routes[candidate.route];
    const auto mark = [&](std::uint32_t name) {
        marks[name] = true;
        const FieldSource source = source_of(flat(), route, name);
        if (!source.map) return;
        for (const std::uint32_t from : Flat::part(flat().refs, source.map->from))
            marks[from] = true;
    };
    for (const std::uint32_t name : rule_names_[candidate.rule]) mark(name);
    std::vector<std::uint32_t> asked;
    append_names(flat(), route.condition, asked);
    for (const std::uint32_t name : asked) mark(name);
}

ClassTraits ProgramStore::traits_of(const std::vector<std::uint32_t>& routes,
                                    const RouteKey& key) const {
    ClassTraits traits;
    if (key.has_one_event_id) traits.event_id = key.event_id;
    std::vector<bool> is_open(flat().routes.size(), false), marks(flat().names.size(), false);
    for (const std::uint32_t route : routes) is_open[route] = true;
    for (std::uint32_t i = 0; i < flat().rules.size(); ++i) {
        const FlatRule& rule = flat().rules[i];
        if (rule.root == no_index) continue;
        const auto ids = Flat::part(flat().refs, rule.event_ids);
        if (key.has_one_event_id && !ids.empty() &&
            std::find(ids.begin(), ids.end(), key.event_id) == ids.end())
            continue;
        for (const std::uint32_t route : Flat::part(flat().refs, rule.routes)) {
            if (!is_open[route]) continue;
            traits.candidates.push_back({i, route});
            mark_names(traits.candidates.back(), marks);
        }
    }
    for (std::uint32_t name = 0; name < marks.size(); ++name)
        if (marks[name]) traits.names.push_back(name);
    return traits;
}

const Program* ProgramStore::find_program(const ClassHandle& handle, const Presence& presence) {
    RuleClass& rule_class = handle.get();
    if (rule_class.traits.candidates.empty()) return nullptr;
    const std::lock_guard lock(mutex_);
    if (const auto found = rule_class.programs.find(presence); found != rule_class.programs.end())
        return found->second.get();
    const bool is_full = rule_class.programs.size() >= max_programs_per_class;
    if (is_full && rule_class.any_presence) return rule_class.any_presence.get();
    BuiltProgram built =
        build_program(flat(), runtime(), rule_class.traits, is_full ? nullptr : &presence);
    note(built.reach);
    std::unique_ptr<Program>& place =
        is_full ? rule_class.any_presence : rule_class.programs[presence];
    place = std::move(built.program);
    return place.get();
}

void ProgramStore::note(const std::vector<RuleReach>& reach) {
    for (const RuleReach& each : reach) {
        State& state = states_[each.rule];
        if (each.reach == Reach::possible) state.possible = true;
        if (each.reach != Reach::blind) continue;
        state.blind = true;
        state.missing.insert(each.missing.begin(), each.missing.end());
    }
}

std::vector<RuleUse> ProgramStore::use() const {
    const std::lock_guard lock(mutex_);
    std::vector<RuleUse> out(states_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const State& state = states_[i];
        if (state.possible)
            out[i].state = findings::RuleState::possible;
        else if (state.blind)
            out[i].state = findings::RuleState::blind;
        if (state.possible) continue;
        for (const std::uint32_t name : state.missing)
            out[i].missing.emplace_back(flat().name(name));
        std::sort(out[i].missing.begin(), out[i].missing.end());
    }
    return out;
}

}  // namespace konseki::detect
