#include "own/sessions.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "konseki/base/bytes.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"
#include "konseki/findings/span.h"
#include "own/movement_event.h"

namespace konseki::detect::own {
namespace {

using records::SystemFields;
using Kind = SessionRow::Kind;

/// Windows writes 4672 in the same moment as the 4624.
constexpr std::int64_t same_moment = 2 * Time::per_second;
/// Numbers of logons begin anew when a host starts: past this an end is one of another session.
constexpr std::int64_t longest_session = 60 * Time::per_day;
/// Logon numbers below are those of Windows itself, on every host ([MS-DTYP] 2.4.2.4; SYSTEM is 0x3e7).
constexpr std::uint64_t first_own_number = 0x1000;
constexpr std::uint64_t special_privileges = 4672, logoff = 4634, user_logoff = 4647;
/// Types of logons that a person sits at from afar: unlocked, remote desktop, the same without the domain.
constexpr std::array<std::uint64_t, 3> desktop_types = {7, 10, 12};

/// Rows of one logon number of one host, in the order of time.
using Rows = std::span<SessionRow>;

/// Gives each 4672 to a logon of about its time that has none yet.
template <class Told>
void join_elevated(Rows rows, std::vector<bool>& used, const Told& tell) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SessionRow& logon = rows[i];
        if (logon.kind != Kind::logon || logon.is_elevated) continue;
        for (std::size_t k = 0; k < rows.size(); ++k) {
            if (rows[k].kind != Kind::elevated || used[k]) continue;
            if (std::abs(rows[k].time - logon.time) > same_moment) continue;
            used[k] = true;
            logon.is_elevated = true;
            tell(logon);
            break;
        }
    }
}

/// The first end of the same account after each logon, before the number is that of another one.
template <class Told>
void join_ends(Rows rows, const Told& tell) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind != Kind::logon || rows[i].account == 0) continue;
        for (std::size_t k = i + 1; k < rows.size(); ++k) {
            if (rows[k].kind == Kind::logon && rows[k].time != rows[i].time) break;
            if (rows[k].kind != Kind::end || rows[k].account != rows[i].account) continue;
            if (rows[k].time - rows[i].time <= longest_session)
                tell(rows[i], rows[k].time - rows[i].time);
            break;
        }
    }
}

/// More rows of one number than any host writes by itself: whoever made them learns nothing from us.
constexpr std::size_t most_of_a_number = 64;

void sort(std::vector<SessionRow>& rows) {
    std::ranges::sort(rows, {}, [](const SessionRow& row) {
        return std::tuple(row.host, row.logon_id, row.time, row.kind, row.movement, row.account);
    });
}

/// Calls back with the rows of each logon number.
template <class Take>
void for_each_logon(std::vector<SessionRow>& rows, const Take& take) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && rows[end].host == rows[begin].host &&
               rows[end].logon_id == rows[begin].logon_id)
            ++end;
        take(Rows(rows).subspan(begin, std::min(end - begin, most_of_a_number)));
        begin = end;
    }
}

}  // namespace

SessionPlan session_plan_for(const records::Shape& shape) {
    SessionPlan plan;
    bool has_privileges = false;
    for (std::size_t i = 0; i < shape.fields.size() && i < SystemFields::none; ++i) {
        if (shape.fields[i].section == records::Section::system) continue;
        const std::string_view name = shape.fields[i].name;
        const auto at = static_cast<std::uint16_t>(i);
        if (name == "SubjectLogonId") plan.subject_id = at;
        if (name == "TargetLogonId") plan.target_id = at;
        if (name == "TargetUserName") plan.target_user = at;
        if (name == "LogonType") plan.logon_type = at;
        has_privileges |= name == "PrivilegeList";
    }
    // Most events of Security name who did it: only these have no subject, or its privileges.
    const bool has_subject = plan.subject_id != SystemFields::none;
    plan.is_one = has_subject ? has_privileges : plan.target_id != SystemFields::none;
    return plan;
}

std::optional<SessionRow> read_session(const records::Batch& batch, const records::Record& record,
                                       const SessionPlan& plan, std::uint64_t event_id) {
    const bool is_start = event_id == special_privileges;
    if (!is_start && event_id != logoff && event_id != user_logoff) return std::nullopt;
    SessionRow row;
    row.kind = is_start ? Kind::elevated : Kind::end;
    const std::uint16_t field = is_start ? plan.subject_id : plan.target_id;
    if (!records::as_unsigned(batch.field(record, field), row.logon_id) ||
        row.logon_id < first_own_number || !findings::is_sound(record.time) ||
        !has_channel(batch, record, "security"))
        return std::nullopt;
    row.time = record.time.ticks;
    if (is_start) return row;
    // Windows ends sessions of a share when they are idle, and tasks come and go: that tells nothing of a person.
    std::uint64_t type = 0;
    if (records::as_unsigned(batch.field(record, plan.logon_type), type) &&
        std::ranges::find(desktop_types, type) == desktop_types.end())
        return std::nullopt;
    row.account = account_hash(batch.field(record, plan.target_user));
    return row;
}

std::uint32_t account_hash(const records::Value& name) {
    const std::string folded = name.is_null() ? std::string() : fold(records::to_text(name));
    return static_cast<std::uint32_t>(hash64(as_bytes(folded), 0)) | 1;
}

void SessionCollector::end_batch() {
    if (batch_.empty()) return;
    const auto [first, last] = std::ranges::minmax(batch_, {}, &SessionRow::time);
    const std::int64_t begin = first.time + same_moment, end = last.time - same_moment;
    sort(batch_);
    std::vector<bool> used;
    for_each_logon(batch_, [&](Rows rows) {
        used.assign(rows.size(), false);
        join_elevated(rows, used,
                      [&](const SessionRow& logon) { ++sums_[logon.movement].elevated; });
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const SessionRow& row = rows[i];
            const bool is_at_edge = row.time <= begin || row.time >= end;
            const bool waits = row.kind == Kind::elevated
                                   ? is_at_edge && !used[i]
                                   : row.account != 0 || (is_at_edge && !row.is_elevated);
            if (waits && is_kept(row, halvings_)) rows_.push_back(row);
        }
    });
    batch_.clear();
    drop_to_limit(rows_, halvings_);
}

bool SessionCollector::is_kept(const SessionRow& row, unsigned halvings) const {
    if (halvings == 0) return true;
    const std::array<std::uint64_t, 1> number{row.logon_id};
    const std::uint64_t hash = hash64(std::as_bytes(std::span(number)), choice_);
    return hash >> (std::numeric_limits<std::uint64_t>::digits - halvings) == 0;
}

void SessionCollector::drop_to_limit(std::vector<SessionRow>& rows, unsigned& halvings) const {
    // Past 32 halvings hardly a number is left: whoever gives all rows the same one loses them all.
    constexpr unsigned most_halvings = 32;
    while (rows.size() > most_rows_) {
        if (++halvings > most_halvings) rows.clear();
        std::erase_if(rows, [&](const SessionRow& row) { return !is_kept(row, halvings); });
    }
}

SessionSumsOf SessionCollector::sum_up(std::span<const SessionCollector* const> collectors) {
    SessionSumsOf sums;
    std::vector<SessionRow> rows;
    unsigned halvings = 0;
    for (const SessionCollector* one : collectors) {
        halvings = std::max(halvings, one->halvings_);
        rows.insert(rows.end(), one->rows_.begin(), one->rows_.end());
        for (const auto& [movement, of_one] : one->sums_)
            sums[movement].elevated += of_one.elevated;
    }
    if (collectors.empty()) return sums;
    const SessionCollector& any = *collectors.front();
    std::erase_if(rows, [&](const SessionRow& row) { return !any.is_kept(row, halvings); });
    any.drop_to_limit(rows, halvings);
    sort(rows);
    std::vector<bool> used;
    for_each_logon(rows, [&](Rows of_one) {
        used.assign(of_one.size(), false);
        join_elevated(of_one, used,
                      [&](const SessionRow& logon) { ++sums[logon.movement].elevated; });
        join_ends(of_one, [&](const SessionRow& logon, std::int64_t ticks) {
            SessionSums& of_movement = sums[logon.movement];
            of_movement.longest = std::max(of_movement.longest, ticks);
        });
    });
    return sums;
}

}  // namespace konseki::detect::own
