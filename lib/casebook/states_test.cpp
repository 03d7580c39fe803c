#include "konseki/casebook/states.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace konseki::casebook;

namespace {

/// Every step that is allowed, as `from>to`.
template <class State>
std::set<std::string> steps() {
    std::set<std::string> out;
    const std::size_t count = codes(State{}).size();
    for (std::size_t from = 0; from < count; ++from)
        for (std::size_t to = 0; to < count; ++to)
            if (may_follow(static_cast<State>(from), static_cast<State>(to)))
                out.insert(std::string(codes(State{})[from]) + ">" +
                           std::string(codes(State{})[to]));
    return out;
}

using Steps = std::set<std::string>;

}  // namespace

TEST_CASE("consultations") {
    CHECK(steps<ConsultationState>() == Steps{"received>in_progress", "received>waiting_for_them",
                                              "received>closed", "in_progress>waiting_for_them",
                                              "in_progress>closed", "waiting_for_them>in_progress",
                                              "waiting_for_them>closed", "closed>in_progress"});
}

TEST_CASE("cases, rescues, visits") {
    CHECK(steps<CaseState>() == Steps{"open>closed", "closed>open"});
    CHECK(steps<RescueState>() ==
          Steps{"proposed>active", "proposed>declined", "active>ended", "ended>active"});
    CHECK(steps<VisitState>() == Steps{"planned>done", "planned>cancelled"});
}
