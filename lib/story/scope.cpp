#include "konseki/story/scope.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace konseki::story {
namespace {

using findings::AccountKind;
using findings::MovementKind;

bool has(const Move& move, Unusual reason) {
    return std::ranges::find(move.unusual, reason) != move.unusual.end();
}

/// Going elsewhere on purpose: ordinary work hardly ever gives other credentials or opens a desktop.
bool is_deliberate(MovementKind kind) {
    return kind == MovementKind::other_account || kind == MovementKind::desktop_client ||
           kind == MovementKind::share_client;
}

bool is_logon(MovementKind kind) {
    return kind == MovementKind::network || kind == MovementKind::remote_desktop ||
           kind == MovementKind::other_logon;
}

/// A logon that is odd by itself. Colleagues log on to a server all day, around any finding.
bool is_odd_logon(const Move& move) {
    return has(move, Unusual::guessed) || has(move, Unusual::many_hosts) ||
           (move.kind == MovementKind::remote_desktop && has(move, Unusual::first_seen) &&
            is_off_hours(move));
}

/// What a movement says about one of its ends.
class Judge {
  public:
    Judge(const Places& places, const MoveTable& moves, const Alarm& alarm)
        : places_(places), alarm_(alarm) {
        for (const Move& move : moves.moves)
            if (is_alarmed(move.to) && is_logon(move.kind) && is_tied(move) && !is_habit(move))
                out_of_habit_.insert(bare_account(move.account));
    }

    std::optional<NextReason> about_target(const Move& move) const {
        const bool is_there = is_deliberate(move.kind) || is_logon(move.kind);
        if (is_alarmed(move.from) && is_there) {
            if (is_tied(move)) return reason(NextWhy::went_there, Tie::account, move.from, move);
            if (is_deliberate(move.kind) && around(move.from, move))
                return reason(NextWhy::went_there, Tie::time, move.from, move);
            return std::nullopt;
        }
        const bool is_told = is_there || move.kind == MovementKind::ticket;
        if (!is_told || !is_tied(move) || !Alarm::holds(alarm_.whole, move.span))
            return std::nullopt;
        return reason(NextWhy::seen_elsewhere, Tie::account, move.from, move);
    }

    std::optional<NextReason> about_source(const Move& move) const {
        if (is_alarmed(move.to) && is_logon(move.kind)) {
            if (is_tied(move) && !is_explained(move))
                return reason(NextWhy::came_from_there, Tie::account, move.to, move);
            if (is_odd_logon(move) && around(move.to, move))
                return reason(NextWhy::came_from_there, Tie::time, move.to, move);
            return std::nullopt;
        }
        const bool is_told = move.kind != MovementKind::failed;
        if (!is_told || !is_tied(move) || !Alarm::holds(alarm_.whole, move.span))
            return std::nullopt;
        return reason(NextWhy::seen_elsewhere, Tie::account, move.to, move);
    }

  private:
    bool is_habit(const Move& move) const {
        // The findings of the host itself: what others found weeks before says nothing of its logons.
        const std::optional<std::uint32_t> host = places_.at(move.to).host;
        return alarm_.is_habit(move.kind, move.span) ||
               (move.kind == MovementKind::network &&
                !Alarm::holds(alarm_.spans[*host], move.span));
    }
    /// Habit explains a logon of an account that also came in another way; else it is all that is known.
    bool is_explained(const Move& move) const {
        return is_habit(move) && out_of_habit_.contains(bare_account(move.account));
    }
    bool is_alarmed(Places::Id place) const {
        const std::optional<std::uint32_t> host = places_.at(place).host;
        return host && alarm_.spans[*host].first.has_value();
    }
    bool around(Places::Id place, const Move& move) const {
        return alarm_.has(places_.at(place).host, move.span);
    }
    /// By an account of a finding.
    bool is_tied(const Move& move) const {
        return move.account_kind == AccountKind::person && alarm_.accounts.contains(move.account);
    }
    static NextReason reason(NextWhy why, Tie tie, Places::Id other, const Move& move) {
        return {why, tie, other, move.kind, move.account, move.span, move.count};
    }

    const Places& places_;
    const Alarm& alarm_;
    /// Accounts with logons on hosts with signs that no habit explains.
    std::set<std::string> out_of_habit_;
};

/// Orders reasons and hosts: tied by account first, then by what they say, then by time.
std::tuple<Tie, NextWhy, std::optional<Time>> rank(const NextReason& reason) {
    return {reason.tie, reason.why, reason.span.first};
}

}  // namespace

std::string_view name_of(NextWhy why) {
    constexpr std::array<std::string_view, 3> names = {"went_there", "came_from_there",
                                                       "seen_elsewhere"};
    return names[static_cast<std::size_t>(why)];
}

std::string_view name_of(Tie tie) { return tie == Tie::account ? "account" : "time"; }

NextHosts find_next_hosts(const Places& places, const MoveTable& moves, const Alarm& alarm) {
    const Judge judge(places, moves, alarm);
    std::map<Places::Id, NextHost> found;
    const auto note = [&](Places::Id place, std::optional<NextReason> reason) {
        const Place& it = places.at(place);
        // Nobody can collect an address on the Internet; it stands among the movements.
        const bool is_ours = it.nearness == Nearness::none || it.nearness == Nearness::inside;
        if (!reason || it.host || !is_ours) return;
        NextHost& host = found[place];
        host.place = place;
        host.span.add(reason->span);
        host.reasons.push_back(*std::move(reason));
    };
    for (const Move& move : moves.moves) {
        note(move.to, judge.about_target(move));
        note(move.from, judge.about_source(move));
    }
    NextHosts out;
    for (auto& [place, host] : found) {
        std::ranges::stable_sort(host.reasons, {}, rank);
        if (host.reasons.size() > NextHosts::max_reasons)
            host.reasons.resize(NextHosts::max_reasons);
        out.hosts.push_back(std::move(host));
    }
    std::ranges::stable_sort(out.hosts, {},
                             [](const NextHost& host) { return rank(host.reasons.front()); });
    return out;
}

}  // namespace konseki::story
