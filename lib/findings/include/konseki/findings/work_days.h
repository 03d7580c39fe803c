#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/findings/profile.h"

namespace konseki::findings {

/// What a moment is in the calendar of an organisation.
enum class WorkTime : std::uint8_t {
    working,
    outside,  ///< of the hours of work
    holiday,
    closed,  ///< the site is shut: no computer should be used at all
};
/// `working`, `outside`, `holiday`, `closed`.
std::string_view name_of(WorkTime time);

/// First and last year of which the national holidays of Japan are known. Past the last the law may change, and the
/// equinoxes are those that are expected.
inline constexpr std::int32_t first_japanese_year = 1955, last_japanese_year = 2050;
/// National holidays of Japan with the days off that follow from them (days since 1601-01-01, ascending), by the Act on
/// National Holidays (Act 178 of 1948, article 2 and 3 in the form of each year), the acts for single days of 1959,
/// 1989, 1990, 1993 and 2019, and those for the Olympic games of 2020 and 2021. Equinoxes by the formula of the
/// Hydrographic Department of the Japan Coast Guard; the Cabinet announces them a year ahead.
std::vector<std::int32_t> japanese_holidays(std::int32_t first_year, std::int32_t last_year);

/// The calendar of an organisation, ready to be asked. Immutable.
class WorkDays {
  public:
    WorkDays() = default;  ///< of an organisation that says nothing
    WorkDays(const WorkCalendar& calendar, const Zone& zone);

    /// Whether the organisation says anything: without it every moment is `working`.
    bool is_known() const { return is_known_; }
    WorkTime at(Time time) const;
    /// Whether no moment from `first` to `last` is one of work. More than ten days always hold one.
    bool is_off_throughout(Time first, Time last) const;

  private:
    WorkTime of_day(std::int32_t day) const;
    bool is_in_hours(std::int32_t day, std::int64_t minute) const;

    WorkCalendar calendar_;
    Zone zone_;
    std::vector<std::int32_t> japanese_;
    bool is_known_ = false;
};

}  // namespace konseki::findings
