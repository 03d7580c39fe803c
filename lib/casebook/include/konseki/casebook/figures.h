#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/base/ulid.h"
#include "konseki/casebook/codes.h"
#include "konseki/casebook/fiscal.h"

namespace konseki::casebook {

// The three numbers that a desk reports. The rules C1 to C6 and C8, with their tests, stand in docs/counting.md.

/// What counting needs to know of a consultation. Those in the bin are not handed in.
struct CountedConsultation {
    Ulid id;
    Time received_at;
    std::optional<Ulid> case_id;
    bool is_duplicate = false;
};
/// Of a case that does not lie in the bin.
struct CountedCase {
    Ulid id;
    std::string number;
    std::optional<Time> rescued_at;  ///< when its rescue became active for the first time
    std::vector<Time> visited_at;    ///< beginnings of visits that are done
};
/// A merge that was not taken back.
struct CountedMerge {
    Ulid a, b;
};
struct Counted {
    std::vector<CountedConsultation> consultations;
    std::vector<CountedCase> cases;
    std::vector<CountedMerge> merges;
};

/// By what date rescues and visits fall into a period (C5).
enum class Basis : std::uint8_t {
    event,   ///< each by its own first date: halves add up to years
    cohort,  ///< all by the date of the case's first consultation: "of the 221, 80 became rescues"
};
inline constexpr std::array<std::string_view, 2> basis_codes = {"event", "cohort"};
constexpr std::span<const std::string_view> codes(Basis) { return basis_codes; }

/// One line of the table, with what was counted: the ids open the cases.
struct PeriodFigures {
    FiscalPeriod period;
    std::vector<Ulid> consultations;
    std::vector<Ulid> rescues;  ///< of representative cases
    std::vector<Ulid>
        visited;  ///< of representative cases: several visits of one case count once (C3)
};
/// Why numbers cannot be trusted (C4): shown, never passed over.
enum class FigureBreach : std::uint8_t {
    visit_without_rescue,
    rescue_without_consultation,
    visit_before_rescue,
};
inline constexpr std::array<std::string_view, 3> figure_breach_codes = {
    "visit_without_rescue", "rescue_without_consultation", "visit_before_rescue"};
constexpr std::span<const std::string_view> codes(FigureBreach) { return figure_breach_codes; }
struct BreachedCase {
    Ulid case_id;
    FigureBreach breach = FigureBreach::visit_without_rescue;
    bool operator==(const BreachedCase&) const = default;
};
struct Figures {
    Basis basis = Basis::event;
    std::vector<PeriodFigures> periods;  ///< as they were asked for
    std::vector<BreachedCase> breaches;  ///< in the order of case ids
};

/// Merged cases count as one, whose representative is the one with the lowest number. Ids in each list are in
/// ascending order.
Figures count(const Counted& counted, Basis basis, std::span<const FiscalPeriod> periods);

}  // namespace konseki::casebook
