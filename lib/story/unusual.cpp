// What makes a movement unusual: each reason is one small question about the table of movements.
#include "unusual.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

using findings::AccountKind;
using findings::AccountRole;
using findings::MovementKind;

/// A pair of hosts is new where the log reaches back this long before.
constexpr std::int64_t reaches_before = 7 * Time::per_day;
/// Failed tries that are no slip of the hand.
constexpr std::uint64_t many_tries = 10;
/// Hosts that nobody visits within an hour by hand.
constexpr std::size_t many_targets = 10;
/// Others that make a host one that serves.
constexpr std::size_t served_by = 3;
/// Fewer hosts than this cannot tell who serves whom.
constexpr std::size_t least_hosts = 5;
constexpr int night_from = 22, night_to = 5;
/// From the first to the last of one night.
constexpr std::int64_t longest_night = 7 * Time::per_hour;
/// As with Unusual.
constexpr std::array<unsigned, unusual_count> weights = {70, 60, 50, 40, 40, 40, 35, 30,
                                                         25, 22, 20, 12, 10, 8,  6,  4};

/// Channels, folded, that only servers have; their names begin so.
constexpr std::array<std::string_view, 6> server_channels = {
    "directory service",     "dns server",
    "dfs replication",       "microsoft-iis-",
    "file replication serv", "microsoft-windows-servermanager"};

bool is_night(Time time, const Zone& zone) {
    const std::int64_t local = time.ticks + zone.offset_at(time) * Time::per_second;
    const auto hour = static_cast<int>(local / Time::per_hour % 24);
    return hour >= night_from || hour < night_to;
}

/// From counts and the first and last time alone: where these are one night, nothing was by day.
bool is_only_at_night(const Move& move, const Zone& zone) {
    if (!move.span.first) return false;
    const bool both = is_night(*move.span.first, zone) && is_night(*move.span.last, zone);
    return both &&
           (move.count <= 2 || move.span.last->ticks - move.span.first->ticks < longest_night);
}

/// As the organisation says; from the PC of an administrator others are visited on purpose.
bool is_server(const Place& place) {
    using enum findings::HostRole;
    return place.role == domain_controller || place.role == server || place.role == administrator;
}

class Marker {
  public:
    Marker(const findings::Examination& examination, const Places& places, const Alarm& alarm,
           const Customs& customs, std::vector<Move>& moves)
        : examination_(examination),
          places_(places),
          alarm_(alarm),
          customs_(customs),
          moves_(moves) {
        for (const findings::ProfileAccount& account : customs.accounts)
            accounts_[static_cast<std::size_t>(account.kind)].add(account.name);
        learn();
    }
    void mark() {
        for (Move& move : moves_) {
            for (std::size_t i = 0; i < unusual_count; ++i)
                if (holds(static_cast<Unusual>(i), move))
                    move.unusual.push_back(static_cast<Unusual>(i));
        }
    }

  private:
    using Way = std::pair<Places::Id, Places::Id>;
    using Traveller = std::pair<Places::Id, std::string>;

    void learn() {
        serves_.resize(places_.size());
        for (Places::Id id = 0; id < places_.size(); ++id) serves_[id] = is_server(places_.at(id));
        std::map<Places::Id, std::set<Places::Id>> callers;
        std::map<Traveller, std::map<Places::Id, Time>> first_at;
        for (const Move& move : moves_) {
            learn_first(move);
            if (move.elevated > 0)
                tells_rights_.insert(move.recorded_by.begin(), move.recorded_by.end());
            if (is_only_checked(move.kind)) serves_[move.to] = true;
            const std::string account = bare_account(move.account);
            if (move.kind == MovementKind::failed) {
                tries_[{move.from, move.to, account}] = {move.count, move.span};
                continue;
            }
            std::set<Places::Id>& from = callers[move.to];
            if (from.size() < served_by) from.insert(move.from);
            if (is_contact(move.kind) && move.span.first) {
                const auto [at, is_new] =
                    first_at[{move.from, account}].emplace(move.to, *move.span.first);
                if (!is_new) at->second = std::min(at->second, *move.span.first);
            }
        }
        for (const auto& [to, from] : callers)
            if (from.size() >= served_by) serves_[to] = true;
        for (const Move& move : moves_) learn_rights(move);
        for (const findings::LogReach& reach : examination_.reaches) learn_reach(reach);
        for (const auto& [traveller, targets] : first_at) learn_targets(traveller, targets);
    }

    void learn_first(const Move& move) {
        if (!move.span.first || is_only_checked(move.kind)) return;
        const auto [at, is_new] = first_on_way_.emplace(Way{move.from, move.to}, *move.span.first);
        if (!is_new) at->second = std::min(at->second, *move.span.first);
    }

    /// First time of each account on hosts that recorded its logons, with rights and without.
    void learn_rights(const Move& move) {
        // A host that records no rights of anybody shows everybody as without.
        if (!tells_rights(move) || std::ranges::none_of(move.recorded_by, [&](std::uint32_t host) {
                return tells_rights_.contains(host);
            }))
            return;
        Rights& rights = rights_[fold(move.account)];
        std::optional<Time>& first = move.elevated > 0 ? rights.elevated : rights.plain;
        first = first ? std::min(*first, *move.span.first) : *move.span.first;
    }
    /// A logon, recorded by who was visited: others do not record the rights.
    static bool tells_rights(const Move& move) {
        using enum MovementKind;
        return move.span.first && move.account_kind == AccountKind::person &&
               (move.kind == network || move.kind == remote_desktop || move.kind == other_logon);
    }

    void learn_reach(const findings::LogReach& reach) {
        const std::string channel = fold(reach.channel);
        for (const std::string_view name : server_channels)
            if (channel.starts_with(name)) serves_[places_.of_host(reach.host)] = true;
        if (reach.span.first) begins_[{reach.host, channel}] = *reach.span.first;
    }

    void learn_targets(const Traveller& traveller, const std::map<Places::Id, Time>& targets) {
        std::vector<std::pair<Time, Places::Id>> times;
        for (const auto& [to, time] : targets) times.emplace_back(time, to);
        std::ranges::sort(times);
        for (std::size_t i = 0; i + many_targets <= times.size(); ++i) {
            if (times[i + many_targets - 1].first.ticks - times[i].first.ticks > Time::per_hour)
                continue;
            for (std::size_t k = i; k < i + many_targets; ++k)
                sprees_.insert({traveller.first, times[k].second, traveller.second});
        }
    }

    bool holds(Unusual reason, const Move& move) const {
        switch (reason) {
            case Unusual::closed_host:
                return (places_.at(move.to).closed && move.from_outside) ||
                       (places_.at(move.from).closed &&
                        places_.at(move.to).nearness == Nearness::outside);
            case Unusual::outside_address:
                return move.kind != MovementKind::failed && move.from_outside;
            case Unusual::tunnel: return places_.at(move.from).nearness == Nearness::loopback;
            case Unusual::guessed: return was_guessed(move);
            case Unusual::finding_account:
                return alarm_.accounts.contains(move.account) &&
                       !alarm_.is_habit(move.kind, move.span);
            case Unusual::many_hosts:
                return is_contact(move.kind) &&
                       sprees_.contains({move.from, move.to, bare_account(move.account)});
            case Unusual::emergency_account: return is_of(AccountRole::emergency, move);
            case Unusual::service_account:
                return move.kind == MovementKind::remote_desktop &&
                       is_of(AccountRole::service, move);
            case Unusual::administrator_elsewhere:
                return is_way(move.kind) &&
                       places_.at(move.from).role == findings::HostRole::client &&
                       is_of(AccountRole::administrator, move);
            case Unusual::closed_day: return is_on_closed_day(move);
            case Unusual::finding_host:
                return alarm_.has(places_.at(move.from).host, move.span) ||
                       alarm_.has(places_.at(move.to).host, move.span);
            case Unusual::between_workstations: return is_between_workstations(move);
            case Unusual::first_seen: return is_first_seen(move);
            case Unusual::elevated: return has_new_rights(move);
            case Unusual::off_hours:
                return move.span.first && !is_on_closed_day(move) &&
                       customs_.days.is_off_throughout(*move.span.first, *move.span.last);
            case Unusual::night:
                return !customs_.days.is_known() && is_only_at_night(move, customs_.zone);
        }
        return false;
    }

    bool was_guessed(const Move& move) const {
        if (!is_contact(move.kind) || !move.span.first) return false;
        const auto tries = tries_.find({move.from, move.to, bare_account(move.account)});
        return tries != tries_.end() && tries->second.first >= many_tries &&
               tries->second.second.first && *move.span.last > *tries->second.second.first;
    }

    bool is_of(AccountRole role, const Move& move) const {
        return move.account_kind == AccountKind::person &&
               accounts_[static_cast<std::size_t>(role)].contains(move.account);
    }

    bool is_on_closed_day(const Move& move) const {
        using enum findings::WorkTime;
        return move.span.first && (customs_.days.at(*move.span.first) == closed ||
                                   customs_.days.at(*move.span.last) == closed);
    }

    /// Who always has them is an administrator, and who was nowhere else tells nothing.
    bool has_new_rights(const Move& move) const {
        if (!tells_rights(move) || move.elevated == 0 || !is_first_seen(move)) return false;
        if (is_of(AccountRole::administrator, move)) return false;
        const auto rights = rights_.find(fold(move.account));
        return rights != rights_.end() && rights->second.plain &&
               rights->second.elevated == *move.span.first &&
               move.span.first->ticks - rights->second.plain->ticks >= reaches_before;
    }

    bool is_between_workstations(const Move& move) const {
        if (!is_contact(move.kind)) return false;
        // Where the organisation says so, nothing must be guessed from who visits whom.
        using enum findings::HostRole;
        if (places_.at(move.from).role == client && places_.at(move.to).role == client) return true;
        if (examination_.hosts.size() < least_hosts) return false;
        return places_.at(move.from).host && places_.at(move.to).host && !serves_[move.from] &&
               !serves_[move.to];
    }

    bool is_first_seen(const Move& move) const {
        if (!is_contact(move.kind) || !move.span.first) return false;
        const auto first = first_on_way_.find({move.from, move.to});
        if (first == first_on_way_.end() || first->second != *move.span.first) return false;
        return std::ranges::any_of(move.recorded_by, [&](std::uint32_t host) {
            const auto begin = begins_.find({host, log_of(move.kind)});
            return begin != begins_.end() &&
                   move.span.first->ticks - begin->second.ticks >= reaches_before;
        });
    }

    /// The log, folded, whose reach tells whether there was nothing before.
    static std::string log_of(MovementKind kind) {
        if (kind == MovementKind::desktop_client)
            return "microsoft-windows-terminalservices-rdpclient/operational";
        if (kind == MovementKind::share_client) return "microsoft-windows-smbclient/connectivity";
        return "security";
    }

    const findings::Examination& examination_;
    const Places& places_;
    const Alarm& alarm_;
    const Customs& customs_;
    std::vector<Move>& moves_;
    std::array<AccountSet, findings::account_role_count> accounts_;  ///< of the organisation
    struct Rights {
        std::optional<Time> plain, elevated;
    };
    std::map<std::string, Rights> rights_;  ///< by account, folded
    std::set<std::uint32_t> tells_rights_;  ///< hosts that recorded rights of anybody
    std::map<Way, Time> first_on_way_;
    std::map<std::pair<std::uint32_t, std::string>, Time> begins_;  ///< of logs by host and channel
    std::vector<bool> serves_;                                      ///< by place
    std::map<std::tuple<Places::Id, Places::Id, std::string>,
             std::pair<std::uint64_t, findings::Span>>
        tries_;
    std::set<std::tuple<Places::Id, Places::Id, std::string>> sprees_;
};

}  // namespace

void mark_unusual(const findings::Examination& examination, const Places& places,
                  const Alarm& alarm, const Customs& customs, std::vector<Move>& moves) {
    Marker(examination, places, alarm, customs, moves).mark();
}

unsigned weight_of(const std::vector<Unusual>& reasons) {
    unsigned weight = 0;
    for (const Unusual reason : reasons) weight += weights[static_cast<std::size_t>(reason)];
    return weight;
}

bool counts_for_machines(Unusual reason) {
    return reason == Unusual::closed_host || reason == Unusual::outside_address ||
           reason == Unusual::tunnel || reason == Unusual::guessed || reason == Unusual::many_hosts;
}

}  // namespace konseki::story
