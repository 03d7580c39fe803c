#include "timeline.h"

#include <algorithm>
#include <map>
#include <set>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "level.h"
#include "marks.h"
#include "svg.h"
#include "time_axis.h"
#include "words.h"

namespace konseki::report {
namespace {

using findings::Span;
using render::to_grouped;
using story::Places;
using story::Sight;

/// Rows of hosts that are not in the evidence, and arrows: more cannot be told apart.
constexpr std::size_t most_missing = 10, most_arrows = 40;

/// Where things stand in a picture of one width.
struct Layout {
    std::string_view style;
    int width = 0;
    int left = 0, right = 0;             ///< margins of the bands
    int head = 0;                        ///< above the first row
    int row = 0;                         ///< height of a row
    int name = 0, marks = 0, bands = 0;  ///< within the row
    std::size_t columns = 0;             ///< of the name
    std::size_t ticks = 0;
};
constexpr Layout wide{"k-time k-wide", 960, 196, 8, 46, 46, 18, 8, 26, 24, 9};
constexpr Layout narrow{"k-time k-narrow", 358, 2, 6, 62, 62, 15, 22, 42, 40, 4};
constexpr int lane = 6, lane_gap = 2, mark_size = 14;
constexpr int below = 8;

/// A row: a host of the evidence, or one that is to be collected.
struct Row {
    Places::Id place = 0;
    const story::HostView* view = nullptr;  ///< empty for the latter
};

class Timeline {
  public:
    Timeline(Page& page, const Layout& layout)
        : page_(page),
          layout_(layout),
          axis_{shown_span(page.data.story, page.data.told), layout.left,
                layout.width - layout.left - layout.right} {
        const std::vector<story::HostView>& hosts = page.data.story.hosts;
        const std::size_t most = page.data.options.limits.told_hosts;
        for (std::size_t i = 0; i < std::min(hosts.size(), most); ++i)
            rows_.push_back({page.data.told.places.of_host(hosts[i].host), &hosts[i]});
        const std::vector<story::NextHost>& next = page.data.told.next.hosts;
        for (std::size_t i = 0; i < std::min(next.size(), most_missing); ++i)
            rows_.push_back({next[i].place, nullptr});
    }

    void write() {
        const int height = layout_.head + layout_.row * static_cast<int>(rows_.size()) + below;
        SvgWriter svg(page_.html, layout_.style, {layout_.width, height},
                      page_.say("html.time.label"));
        svg_ = &svg;
        write_ticks(height - below);
        for (std::size_t i = 0; i < rows_.size(); ++i) write_bands(rows_[i], top_of(i));
        write_first(height - below);
        write_arrows();
        // Names and marks lie above the lines that cross them.
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            write_name(rows_[i], top_of(i));
            write_marks(rows_[i], top_of(i));
        }
    }

  private:
    int top_of(std::size_t row) const { return layout_.head + layout_.row * static_cast<int>(row); }
    int end() const { return axis_.left + axis_.width; }

    void write_ticks(int bottom) {
        const Zone& zone = page_.data.options.zone;
        const std::string first = to_local(*axis_.span.first, zone);
        svg_->text("k-tick", 0, 14, "start",
                   page_.say("html.time.from",
                             {{"day", first.substr(0, 10)}, {"zone", page_.zone_name()}}));
        for (const Tick& tick : ticks_of(axis_.span, zone, layout_.ticks)) {
            const int x = axis_.place(tick.time);
            svg_->line("k-grid", x, layout_.head - 10, x, bottom);
            // A label at the edge would stand out of the picture.
            const bool is_last = x > end() - 20, is_first = x < 20;
            svg_->text("k-tick", x, layout_.head - 14,
                       is_last    ? "end"
                       : is_first ? "start"
                                  : "middle",
                       tick.label);
        }
    }

    bool is_wide() const { return layout_.left == wide.left; }

    void write_name(const Row& row, int top) {
        const std::string& name = page_.data.told.places.at(row.place).name;
        svg_->text("k-name", 0, top + layout_.name, "start",
                   cut_to_width(for_terminal(name), layout_.columns));
        if (!is_wide()) return;
        svg_->text(
            "k-sub", 0, top + layout_.name + 16, "start",
            row.view ? page_.say(verdict_key(row.view->verdict)) : page_.say("html.time.missing"));
    }

    void write_bands(const Row& row, int top) {
        svg_->line("k-rule", 0, top, layout_.width, top);
        const int y = top + layout_.bands;
        for (const int at : {y, y + lane + lane_gap})
            svg_->hatching(axis_.left, at, axis_.width, lane);
        if (!row.view) return;
        write_lane(row.view->host, row.view->sights[static_cast<std::size_t>(Sight::processes)], y);
        write_lane(row.view->host, row.view->sights[static_cast<std::size_t>(Sight::logons)],
                   y + lane + lane_gap);
    }

    /// What was recorded, without the stretches in which records of the log are missing.
    void write_lane(std::uint32_t host, const story::LogView& seen, int y) {
        Span left = axis_.within(seen.span);
        if (!left.first) return;
        for (const findings::LogReach& reach : page_.data.examination.reaches) {
            if (reach.host != host || fold(reach.channel) != fold(seen.channel)) continue;
            for (const findings::LogGap& gap : reach.gaps) {
                const Span hole = axis_.within(gap.between);
                if (!hole.first || *hole.first < *left.first || *hole.last > *left.last) continue;
                write_seen({*left.first, *hole.first}, y);
                left.first = hole.last;
            }
        }
        write_seen(left, y);
    }

    void write_seen(const Span& span, int y) {
        const int from = axis_.place(*span.first), to = axis_.place(*span.last);
        const int width = std::max(to - from, 2);
        const int x = std::min(from, end() - width);
        svg_->rect("k-paper", x, y, width, lane);
        svg_->rect("k-seen", x, y, width, lane);
    }

    /// One mark for what lies on the same spot: the most severe.
    void write_marks(const Row& row, int top) {
        if (!row.view) return;
        std::map<int, findings::Level> marks;
        for (const story::Step& step : page_.data.told.steps) {
            if (step.host != row.view->host || !axis_.within(step.span).first) continue;
            const int spot = axis_.place(*step.span.first) / mark_size;
            const auto [at, is_new] = marks.emplace(spot, step.level);
            if (!is_new) at->second = std::max(at->second, step.level);
        }
        for (const auto& [spot, level] : marks) {
            const int x = std::clamp(spot * mark_size, axis_.left, end() - mark_size);
            svg_->shape(findings::name_of(level), x, top + layout_.marks, mark_size);
        }
    }

    void write_first(int bottom) {
        const std::optional<story::Since>& since = page_.data.told.since;
        if (!since || !since->sure.first) return;
        const int x = axis_.place(*since->sure.first);
        // On a narrow screen the day on which the picture begins stands above.
        const int y = is_wide() ? 14 : 30;
        svg_->line("k-first", x, y + 4, x, bottom);
        svg_->text("k-tick k-strong", x, y, x > layout_.width / 2 ? "end" : "start",
                   page_.say("html.time.first", {{"time", page_.minute(*since->sure.first)}}));
    }

    std::optional<std::size_t> row_of(Places::Id place) const {
        const auto found = std::ranges::find(rows_, place, &Row::place);
        if (found == rows_.end()) return std::nullopt;
        return static_cast<std::size_t>(found - rows_.begin());
    }

    /// Movements between two rows, the first of each pair.
    void write_arrows() {
        std::set<std::pair<Places::Id, Places::Id>> drawn;
        for (const story::Move& move : page_.data.told.moves.moves) {
            if (drawn.size() == most_arrows) return;
            const std::optional<std::size_t> from = row_of(move.from), to = row_of(move.to);
            if (!from || !to || !axis_.within(move.span).first || !is_telling(move) ||
                !story::is_way(move.kind))
                continue;
            if (!drawn.emplace(move.from, move.to).second) continue;
            const int x = axis_.place(*move.span.first);
            const bool is_down = *to > *from;
            const int y1 = top_of(*from) + layout_.marks + mark_size / 2;
            const int y2 =
                top_of(*to) + (is_down ? layout_.marks - 2 : layout_.marks + mark_size + 2);
            svg_->line("k-halo", x, y1, x, y2);
            svg_->line(both_sides(move) ? "k-way" : "k-way k-one-side", x, y1, x, y2);
            svg_->tip("k-ink", x, y2, 0, is_down ? 1 : -1);
        }
    }

    /// Any movement on the same way.
    bool both_sides(const story::Move& of) const {
        return std::ranges::any_of(page_.data.told.moves.moves, [&](const story::Move& move) {
            return move.both_sides && move.from == of.from && move.to == of.to;
        });
    }

    Page& page_;
    const Layout& layout_;
    TimeAxis axis_;
    std::vector<Row> rows_;
    SvgWriter* svg_ = nullptr;
};

void write_sample(Page& page, std::string_view style, std::string_view key) {
    const auto item = page.html.in("li");
    {
        SvgWriter svg(page.html, "k-sample", {34, 12}, "");
        if (style == "hatched")
            svg.hatching(0, 2, 34, 8);
        else if (style == "k-seen")
            svg.rect(style, 0, 2, 34, 8);
        else {
            svg.line(style, 0, 6, 28, 6);
            svg.tip("k-ink", 34, 6, 1, 0);
        }
    }
    page.html.text(page.say(key));
}

void write_legend(Page& page) {
    const auto list = page.html.in("ul", {{"class", "k-legend"}});
    write_sample(page, "k-seen", "html.time.seen");
    write_sample(page, "hatched", "html.time.unseen");
    page.html.element("li", page.say("html.time.lanes"));
    for (const findings::Level level :
         {findings::Level::critical, findings::Level::high, findings::Level::medium}) {
        const auto item = page.html.in("li");
        write_level(page, level);
    }
    write_sample(page, "k-way", "html.time.both");
    write_sample(page, "k-way k-one-side", "html.time.one");
}

}  // namespace

void write_timeline(Page& page) {
    if (!page.data.story.span.first) return;
    {
        const auto figure = page.html.in("figure", {{"class", "k-figure"}});
        Timeline(page, wide).write();
        Timeline(page, narrow).write();
        write_legend(page);
    }
    const Span shown = shown_span(page.data.story, page.data.told);
    if (*shown.first > *page.data.story.span.first)
        page.paragraph("k-note", "html.time.earlier",
                       {{"shown", page.whole_minute(*shown.first)},
                        {"first", page.whole_minute(*page.data.story.span.first)}});
    page.left_out(page.data.story.hosts.size(),
                  std::min(page.data.story.hosts.size(), page.data.options.limits.told_hosts),
                  "summary.json");
}

}  // namespace konseki::report
