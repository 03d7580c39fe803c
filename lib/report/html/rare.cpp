// Services, tasks and programs that one of many hosts alone has.
#include "rare.h"

#include <algorithm>
#include <array>

#include "konseki/render/numbers.h"
#include "level.h"
#include "table.h"

namespace konseki::report {
namespace {

std::string_view kind_key(traces::TraceType type) {
    switch (type) {
        case traces::TraceType::service: return "html.rare.service";
        case traces::TraceType::task: return "html.rare.task";
        default: return "html.rare.program";
    }
}

void write_row(Page& page, const story::Rare& rare) {
    const auto row = page.html.in("tr");
    write_cell(page, page.say("html.rare.what"), rare.value);
    write_cell(page, page.say("html.rare.kind"), page.say(kind_key(rare.type)));
    write_cell(page, page.say("html.column.host"), rare.host);
    write_times_cell(page, page.say("html.rare.span"), rare.span);
    write_number(page, page.say("html.column.count"), rare.count);
    write_cell(page, page.say("html.rare.level"),
               rare.level == 0 ? page.say("html.rare.none")
                               : page.say(level_key(static_cast<findings::Level>(rare.level - 1))));
}

}  // namespace

void write_rare(Page& page) {
    const std::vector<story::Rare>& all = page.data.told.rare;
    if (all.empty()) return;
    page.html.element("h3", page.say("html.rare"));
    page.paragraph("", "html.rare.lead",
                   {{"hosts", render::to_grouped(page.data.examination.hosts.size())}});
    const std::size_t shown = std::min(all.size(), page.data.options.limits.rare);
    {
        const auto table = page.html.in("table", {{"class", "k-stack"}});
        write_table_head(page, {{page.say("html.rare.what")},
                                {page.say("html.rare.kind")},
                                {page.say("html.column.host")},
                                {page.say("html.rare.span")},
                                {page.say("html.column.count"), true},
                                {page.say("html.rare.level")}});
        const auto body = page.html.in("tbody");
        for (std::size_t i = 0; i < shown; ++i) write_row(page, all[i]);
    }
    page.left_out(page.data.told.rare_count, shown, "traces.csv");
}

}  // namespace konseki::report
