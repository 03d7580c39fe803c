#include "arrows.h"

#include <algorithm>
#include <map>
#include <set>

#include "konseki/base/text.h"

namespace konseki::report {
namespace {

using story::Move;
using story::Places;

struct Layout {
    std::string_view style;
    int width = 0, label = 0;
    std::size_t columns = 0;
};
constexpr Layout layouts[] = {{"k-ways k-wide", 960, 290, 30}, {"k-ways k-narrow", 358, 132, 16}};
/// Lines in one picture: more are a black spot.
constexpr std::size_t most_ways = 400;
constexpr int row = 22, head = 24, margin = 6, tip_room = 4;

std::set<Places::Id> all_places(const std::vector<Move>& moves) {
    std::set<Places::Id> out;
    for (const Move& move : moves) {
        out.insert(move.from);
        out.insert(move.to);
    }
    return out;
}

/// Rows of one side, in the order in which the ways name them.
class Side {
  public:
    int row_of(Places::Id place) {
        const auto [at, is_new] = rows_.emplace(place, static_cast<int>(order_.size()));
        if (is_new) order_.push_back(place);
        return at->second;
    }
    const std::vector<Places::Id>& order() const { return order_; }

  private:
    std::map<Places::Id, int> rows_;
    std::vector<Places::Id> order_;
};

int middle_of(int at) { return head + at * row + row / 2; }

void draw_way(SvgWriter& svg, const Way& way, int y1, int y2, const Layout& layout) {
    const int x1 = layout.label + 8, x2 = layout.width - layout.label - 8 - tip_room;
    const int bend = (x2 - x1) / 2;
    const auto number = [](int value) { return std::to_string(value); };
    const std::string data = 'M' + number(x1) + ' ' + number(y1) + 'C' + number(x1 + bend) + ' ' +
                             number(y1) + ' ' + number(x2 - bend) + ' ' + number(y2) + ' ' +
                             number(x2 - 6) + ' ' + number(y2);
    std::string style = way.is_unusual ? "k-way" : "k-way k-usual";
    if (!way.both_sides) style += " k-one-side";
    svg.path(style, data);
    svg.tip(way.is_unusual ? "k-ink" : "k-faint-tip", x2, y2, 1, 0);
}

}  // namespace

std::vector<Way> ways_of(const story::Told& told) {
    const std::vector<Move>& moves = told.moves.moves;
    const bool only_unusual = all_places(moves).size() > most_drawn_hosts;
    std::vector<Way> out;
    std::map<std::pair<Places::Id, Places::Id>, std::size_t> known;
    std::set<Places::Id> drawn;
    for (const Move& move : moves) {
        if (out.size() == most_ways) break;
        if (!story::is_way(move.kind) || (only_unusual && !is_telling(move))) continue;
        if (told.places.at(move.from).nearness == story::Nearness::loopback) continue;
        const auto found = known.find({move.from, move.to});
        if (found != known.end()) {
            Way& way = out[found->second];
            way.both_sides = way.both_sides || move.both_sides;
            continue;
        }
        const std::size_t more =
            (drawn.contains(move.from) ? 0U : 1U) + (drawn.contains(move.to) ? 0U : 1U);
        if (drawn.size() + more > most_drawn_hosts) continue;
        drawn.insert(move.from);
        drawn.insert(move.to);
        known.emplace(std::pair(move.from, move.to), out.size());
        out.push_back({move.from, move.to, is_telling(move), move.both_sides});
    }
    return out;
}

SvgWriter::Size size_of_ways(const std::vector<Way>& ways, Width width) {
    std::set<Places::Id> from, to;
    for (const Way& way : ways) {
        from.insert(way.from);
        to.insert(way.to);
    }
    const auto rows = static_cast<int>(std::max(from.size(), to.size()));
    return {layouts[static_cast<std::size_t>(width)].width, head + rows * row + margin};
}

void draw_ways(HtmlWriter& html, const story::Told& told, const std::vector<Way>& ways, Width width,
               const WaysWords& words) {
    const Layout& layout = layouts[static_cast<std::size_t>(width)];
    Side from, to;
    for (const Way& way : ways) {
        from.row_of(way.from);
        to.row_of(way.to);
    }
    SvgWriter svg(html, layout.style, size_of_ways(ways, width), words.label);
    svg.text("k-tick k-strong", layout.label, 14, "end", words.sources);
    svg.text("k-tick k-strong", layout.width - layout.label, 14, "start", words.targets);
    // What is unusual lies above the rest.
    for (const bool unusual : {false, true})
        for (const Way& way : ways)
            if (way.is_unusual == unusual)
                draw_way(svg, way, middle_of(from.row_of(way.from)), middle_of(to.row_of(way.to)),
                         layout);
    const auto name = [&](Places::Id place) {
        // Escapes are longer than what they stand for.
        return cut_to_width(for_terminal(told.places.at(place).name), layout.columns);
    };
    for (std::size_t i = 0; i < from.order().size(); ++i)
        svg.text("k-name", layout.label, middle_of(static_cast<int>(i)) + 4, "end",
                 name(from.order()[i]));
    for (std::size_t i = 0; i < to.order().size(); ++i)
        svg.text("k-name", layout.width - layout.label, middle_of(static_cast<int>(i)) + 4, "start",
                 name(to.order()[i]));
}

}  // namespace konseki::report
