#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/body.h"
#include "engine/field_names.h"
#include "engine/program.h"
#include "engine/route.h"
#include "konseki/detect/match.h"

namespace konseki::detect {

/// Sets of present fields of one class that get a program of their own. Live logs show fewer than ten;
/// beyond it the events of the class share one program that takes any field as possibly absent.
inline constexpr std::size_t max_programs_per_class = 32;
/// Classes that are kept. Rules know some hundred channels and a thousand event ids, real evidence has
/// some hundred classes; beyond it a program lasts only as long as the events that follow each other.
inline constexpr std::size_t max_classes = 4096;

/// Events that the same rules can fire on, with the programs for them.
struct RuleClass {
    ClassTraits traits;
    std::map<Presence, std::unique_ptr<Program>> programs;
    std::unique_ptr<Program> any_presence;  ///< once max_programs_per_class are there
};

/// A class as a matcher holds it: shared, or its own where the store is full.
struct ClassHandle {
    RuleClass* shared = nullptr;
    std::unique_ptr<RuleClass> own;
    RuleClass& get() const { return own ? *own : *shared; }
};

/// All classes and programs of a run and what is known of every rule's state. Thread-safe.
class ProgramStore {
  public:
    explicit ProgramStore(const Rules::Body& body);

    const Flat& flat() const { return body_.flat; }
    const Runtime& runtime() const { return *body_.runtime; }
    const FieldNames& names() const { return names_; }

    ClassHandle find_class(const RouteKey& key);
    /// Program for events of a class with these fields. Null where no rule can fire.
    const Program* find_program(const ClassHandle& handle, const Presence& presence);
    std::vector<RuleUse> use() const;

    std::atomic<std::uint64_t> capped_regexes{0};

  private:
    struct State {
        bool possible = false, blind = false;
        std::set<std::uint32_t> missing;
    };
    ClassTraits traits_of(const std::vector<std::uint32_t>& routes, const RouteKey& key) const;
    void note(const std::vector<RuleReach>& reach);
    void mark_names(const Candidate& candidate, std::vector<bool>& marks) const;

    const Rules::Body& body_;
    FieldNames names_;
    std::unordered_set<std::uint32_t> known_event_ids_;
    std::vector<std::vector<std::uint32_t>> rule_names_;  ///< per rule, fields that it reads
    mutable std::mutex mutex_;
    std::map<std::vector<std::uint32_t>, std::unique_ptr<RuleClass>> classes_;
    std::vector<State> states_;
};

struct Engine::State {
    explicit State(const Rules& rules_given) : rules(rules_given), store(rules_given.body()) {}
    const Rules& rules;
    ProgramStore store;
};

}  // namespace konseki::detect
