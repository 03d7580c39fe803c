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

/// One row per way, account and kind, whoever recorded it.
std::vector<Move> joined(const findings::Examination& examination, const Places& places) {
    std::map<Key, Move> rows;
    for (std::size_t i = 0; i < examination.movements.size(); ++i) {
        const Movement& movement = examination.movements[i];
        const Places::Ends& ends = places.ends(i);
        if (!ends.from || !ends.to || *ends.from == *ends.to) continue;
        const Key key{*ends.from, *ends.to, fold(movement.account), movement.kind};
        const auto [at, is_new] = rows.try_emplace(key);
        Move& move = at->second;
        if (is_new) {
            move.from = *ends.from;
            move.to = *ends.to;
            move.kind = movement.kind;
            move.account_kind = movement.account_kind;
            move.account = movement.account;
        }
        if (move.address.empty()) move.address = movement.address;
        move.count += movement.count;
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
void mark_both_sides(const Places& places, std::vector<Move>& moves) {
    using Way = std::pair<Places::Id, Places::Id>;
    std::map<Way, std::vector<const Move*>> told_by_from;
    const auto records = [&](const Move& move, Places::Id end) {
        const std::optional<std::uint32_t> host = places.at(end).host;
        return host && std::ranges::find(move.recorded_by, *host) != move.recorded_by.end();
    };
    for (const Move& move : moves)
        if (records(move, move.from)) told_by_from[{move.from, move.to}].push_back(&move);
    for (Move& move : moves) {
        const auto told = told_by_from.find({move.from, move.to});
        if (told == told_by_from.end() || !records(move, move.to) || !move.span.first) continue;
        move.both_sides = std::ranges::any_of(told->second, [&](const Move* other) {
            return other->span.first &&
                   other->span.first->ticks <= move.span.last->ticks + about_the_same &&
                   other->span.last->ticks >= move.span.first->ticks - about_the_same;
        });
    }
}

bool is_ordinary(const Move& move) {
    return move.account_kind != AccountKind::person && move.unusual.empty();
}

}  // namespace

std::string_view name_of(Unusual reason) {
    constexpr std::array<std::string_view, unusual_count> names = {
        "outside_address",      "tunnel",     "guessed",
        "finding_account",      "many_hosts", "finding_host",
        "between_workstations", "first_seen", "night"};
    return names[static_cast<std::size_t>(reason)];
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

bool is_only_checked(MovementKind kind) {
    return kind == MovementKind::first_ticket || kind == MovementKind::ntlm;
}

MoveTable find_moves(const findings::Examination& examination, const Places& places,
                     const Alarm& alarm, const Zone& zone) {
    MoveTable table{joined(examination, places)};
    mark_both_sides(places, table.moves);
    mark_unusual(examination, places, alarm, zone, table.moves);
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
