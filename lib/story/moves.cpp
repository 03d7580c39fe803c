#include "konseki/story/moves.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "konseki/base/text.h"
#include "unusual.h"

namespace konseki::story {
namespace {

using findings::AccountKind;
using findings::Movement;
using findings::MovementKind;

/// Clocks of two hosts differ, and one of both may record a logon when it ends.
constexpr std::int64_t about_the_same = 15 * 60 * Time::per_second;

using Key = std::tuple<Places::Id, Places::Id, std::string, MovementKind>;

/// Tickets name `DOMAIN\name@REALM`: the realm is the domain once more.
std::string_view without_realm(std::string_view account) {
    const std::size_t domain = account.find('\\'), realm = account.find('@');
    const bool has_both = domain != account.npos && realm != account.npos && domain < realm;
    return has_both ? account.substr(0, realm) : account;
}

/// One row per way, account and kind, whoever recorded it.
std::vector<Move> joined(const findings::Examination& examination, const Places& places) {
    std::map<Key, Move> rows;
    for (std::size_t i = 0; i < examination.movements.size(); ++i) {
        const Movement& movement = examination.movements[i];
        const Places::Ends& ends = places.ends(i);
        if (!ends.from || !ends.to || *ends.from == *ends.to) continue;
        const std::string_view account = without_realm(movement.account);
        const Key key{*ends.from, *ends.to, fold(account), movement.kind};
        const auto [at, is_new] = rows.try_emplace(key);
        Move& move = at->second;
        if (is_new) {
            move.from = *ends.from;
            move.to = *ends.to;
            move.kind = movement.kind;
            move.account_kind = movement.account_kind;
            move.account = account;
        }
        if (move.address.empty()) move.address = movement.address;
        move.from_outside |= ends.from_outside;
        if (move.calls_itself.empty() && ends.is_claimed) move.calls_itself = movement.from;
        move.count += movement.count;
        move.elevated += movement.elevated;
        move.longest_session = std::max(move.longest_session, movement.longest_session);
        move.span.add(movement.span);
        if (std::ranges::find(move.recorded_by, movement.host) == move.recorded_by.end())
            move.recorded_by.push_back(movement.host);
    }
    std::vector<Move> out;
    for (auto& [key, move] : rows) {
        std::ranges::sort(move.recorded_by);
        out.push_back(std::move(move));
    }
    return out;
}

/// Where the host that somebody came from and the one that he went to both tell of it.
class BothSides {
  public:
    BothSides(const Places& places, std::vector<Move>& moves) : places_(places), moves_(moves) {
        for (std::size_t i = 0; i < moves.size(); ++i) ways_[way_of(moves[i])].push_back(i);
    }
    void mark() {
        for (Move& move : moves_) {
            const std::vector<std::size_t>& others = ways_[way_of(move)];
            move.both_sides = std::ranges::any_of(
                others, [&](std::size_t other) { return agree(move, moves_[other]); });
        }
    }

  private:
    using Way = std::pair<Places::Id, Places::Id>;
    static Way way_of(const Move& move) { return {move.from, move.to}; }

    bool records(const Move& move, Places::Id end) const {
        const std::optional<std::uint32_t> host = places_.at(end).host;
        return host && std::ranges::find(move.recorded_by, *host) != move.recorded_by.end();
    }
    bool agree(const Move& a, const Move& b) const {
        if (!a.span.first || !b.span.first) return false;
        if (a.span.first->ticks > b.span.last->ticks + about_the_same ||
            b.span.first->ticks > a.span.last->ticks + about_the_same)
            return false;
        return (records(a, a.from) && records(b, b.to)) || (records(a, a.to) && records(b, b.from));
    }

    const Places& places_;
    std::vector<Move>& moves_;
    std::map<Way, std::vector<std::size_t>> ways_;
};

bool is_ordinary(const Move& move) {
    return move.account_kind != AccountKind::person && move.unusual.empty();
}

}  // namespace

std::string_view name_of(Unusual reason) {
    constexpr std::array<std::string_view, unusual_count> names = {"closed_host",
                                                                   "tunnel",
                                                                   "guessed",
                                                                   "finding_account",
                                                                   "many_hosts",
                                                                   "emergency_account",
                                                                   "service_account",
                                                                   "outside_address",
                                                                   "administrator_elsewhere",
                                                                   "closed_day",
                                                                   "finding_host",
                                                                   "between_workstations",
                                                                   "elevated",
                                                                   "first_seen",
                                                                   "off_hours",
                                                                   "night"};
    return names[static_cast<std::size_t>(reason)];
}

bool is_telling(const Move& move) {
    return std::ranges::any_of(move.unusual, [](Unusual reason) {
        return reason == Unusual::closed_host || reason == Unusual::outside_address ||
               reason == Unusual::tunnel || reason == Unusual::guessed ||
               reason == Unusual::finding_account || reason == Unusual::many_hosts ||
               reason == Unusual::emergency_account || reason == Unusual::service_account ||
               reason == Unusual::administrator_elsewhere;
    });
}

bool is_off_hours(const Move& move) {
    return std::ranges::any_of(move.unusual, [](Unusual reason) {
        return reason == Unusual::night || reason == Unusual::off_hours ||
               reason == Unusual::closed_day;
    });
}

bool is_contact(MovementKind kind) {
    switch (kind) {
        case MovementKind::network:
        case MovementKind::remote_desktop:
        case MovementKind::other_logon:
        case MovementKind::desktop_client:
        case MovementKind::share_client: return true;
        default: return false;
    }
}

bool is_way(MovementKind kind) { return kind != MovementKind::failed && !is_only_checked(kind); }

bool is_only_checked(MovementKind kind) {
    return kind == MovementKind::first_ticket || kind == MovementKind::ntlm;
}

MoveTable find_moves(const findings::Examination& examination, const Places& places,
                     const Alarm& alarm, const Customs& customs) {
    MoveTable table{joined(examination, places)};
    BothSides(places, table.moves).mark();
    mark_unusual(examination, places, alarm, customs, table.moves);
    for (Move& move : table.moves)
        if (move.account_kind != AccountKind::person)
            std::erase_if(move.unusual, [](Unusual one) { return !counts_for_machines(one); });
    table.ordinary_left_out = std::erase_if(table.moves, is_ordinary);
    std::ranges::stable_sort(table.moves, [](const Move& a, const Move& b) {
        return std::tuple(weight_of(b.unusual), a.span.first) <
               std::tuple(weight_of(a.unusual), b.span.first);
    });
    return table;
}

}  // namespace konseki::story
