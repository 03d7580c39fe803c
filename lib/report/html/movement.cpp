// Who moved from where to where: a picture, and a table with the unusual first.
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "arrows.h"
#include "konseki/render/numbers.h"
#include "page.h"
#include "table.h"
#include "words.h"

namespace konseki::report {
namespace {

using render::to_grouped;
using story::Move;

void write_picture(Page& page) {
    const std::vector<Way> ways = ways_of(page.data.told);
    if (ways.empty()) return;
    const auto figure = page.html.in("figure", {{"class", "k-figure"}});
    const WaysWords words{page.say("html.moves.label"), page.say("html.moves.sources"),
                          page.say("html.moves.targets")};
    for (const Width width : {Width::wide, Width::narrow})
        draw_ways(page.html, page.data.told, ways, width, words);
    page.html.element("figcaption", {{"class", "k-note"}}, page.say("html.moves.legend"));
}

/// To the minute: a table of movements needs no seconds.
std::string when(const Page& page, const findings::Span& span) {
    if (!span.first) return std::string(page.say("html.no_time"));
    const std::string first = page.minute(*span.first), last = page.minute(*span.last);
    return first == last ? first : page.say("html.span", {{"first", first}, {"last", last}});
}

void write_move(Page& page, const Move& move) {
    const auto row = page.html.in("tr", {{"class", story::is_telling(move) ? "k-unusual" : ""}});
    write_cell(page, page.say("html.column.from"), place_words(page, move));
    write_cell(page, page.say("html.column.to"), page.place_name(move.to));
    write_cell(page, page.say("html.column.account"), page.account_name(move.account));
    write_cell(page, page.say("html.column.how"), how_words(page, move));
    write_cell(page, page.say("html.column.when"), when(page, move.span));
    write_number(page, page.say("html.column.count"), move.count);
    write_cell(page, page.say("html.column.unusual"),
               move.unusual.empty() ? std::string(page.say("html.moves.usual"))
                                    : unusual_words(page, move.unusual));
}

/// Rows that tell what another one tells: a logon, and the ticket that the domain controller gave for it.
class Shown {
  public:
    explicit Shown(const std::vector<Move>& moves) {
        for (const Move& move : moves) {
            if (!story::is_contact(move.kind)) continue;
            ways_.insert({move.from, move.to, story::bare_account(move.account)});
            travellers_.insert({move.from, story::bare_account(move.account)});
        }
    }
    bool is_told(const Move& move) const {
        const std::string account = story::bare_account(move.account);
        if (story::is_only_checked(move.kind)) return travellers_.contains({move.from, account});
        return move.kind == findings::MovementKind::ticket &&
               ways_.contains({move.from, move.to, account});
    }

  private:
    std::set<std::tuple<story::Places::Id, story::Places::Id, std::string>> ways_;
    std::set<std::pair<story::Places::Id, std::string>> travellers_;
};

void write_table(Page& page) {
    const std::vector<Move>& moves = page.data.told.moves.moves;
    const Shown shown(moves);
    std::size_t rows = 0;
    {
        const auto table = page.html.in("table", {{"class", "k-stack k-moves"}});
        page.html.element("caption", page.say("html.moves.table", {{"zone", page.zone_name()}}));
        write_table_head(page, {{page.say("html.column.from")},
                                {page.say("html.column.to")},
                                {page.say("html.column.account")},
                                {page.say("html.column.how")},
                                {page.say("html.column.when")},
                                {page.say("html.column.count"), true},
                                {page.say("html.column.unusual")}});
        const auto body = page.html.in("tbody");
        for (const Move& move : moves) {
            if (rows == page.data.options.limits.moves) break;
            if (shown.is_told(move)) continue;
            write_move(page, move);
            ++rows;
        }
    }
    page.left_out(moves.size(), rows, "logons.csv");
}

}  // namespace

void write_movement(Page& page) {
    const auto part = page.html.in("section", {{"class", "k-part"}, {"id", page.anchor("moves")}});
    write_section_head(page, "html.head.moves", "html.lead.moves");
    const story::MoveTable& table = page.data.told.moves;
    if (table.moves.empty())
        page.paragraph("", "html.moves.none");
    else {
        write_picture(page);
        write_table(page);
    }
    if (table.ordinary_left_out > 0)
        page.paragraph("k-note", "html.moves.ordinary",
                       {{"count", to_grouped(table.ordinary_left_out)}});
    if (page.data.examination.movements_left_out > 0)
        page.paragraph("k-note", "html.moves.not_gathered",
                       {{"count", to_grouped(page.data.examination.movements_left_out)}});
}

}  // namespace konseki::report
