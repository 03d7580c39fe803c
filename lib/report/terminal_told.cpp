#include <algorithm>
#include <string>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"
#include "konseki/report/terminal.h"

namespace konseki::report {
namespace {

/// Hosts that are named on a line.
constexpr std::size_t named_hosts = 6;

std::string next_line(const story::Told& told, const SummaryStyle& style) {
    const std::vector<story::NextHost>& next = told.next.hosts;
    std::string names;
    const std::size_t shown = std::min(next.size(), named_hosts);
    for (std::size_t i = 0; i < shown; ++i) {
        names += i == 0 ? "" : ", ";
        names += for_terminal(told.places.at(next[i].place).name);
    }
    return render::say(style.language,
                       shown < next.size() ? "report.told.next_more" : "report.told.next",
                       {{"hosts", names}, {"count", render::to_grouped(next.size() - shown)}});
}

}  // namespace

std::vector<std::string> told_lines(const findings::Examination& examination,
                                    const story::Told& told, const SummaryStyle& style) {
    std::vector<std::string> lines;
    const auto host_name = [&](std::uint32_t host) {
        return for_terminal(examination.hosts[host].name);
    };
    if (told.since && told.since->sure.first) {
        const story::Since& since = *told.since;
        lines.push_back(render::say(style.language, "report.told.since",
                                    {{"first", to_local(*since.sure.first, style.zone)},
                                     {"host", host_name(since.host)},
                                     {"last", to_local(*since.sure.last, style.zone)}}));
        if (since.may_be_longer && since.visible_since)
            lines.push_back(render::say(style.language, "report.told.longer",
                                        {{"visible", to_local(*since.visible_since, style.zone)}}));
    }
    if (!told.vanishing.empty() && told.vanishing.front().is_soon()) {
        constexpr std::size_t day_columns = 10;
        const story::Vanishing& first = told.vanishing.front();
        lines.push_back(
            render::say(style.language, "report.told.gone",
                        {{"log", for_terminal(first.channel)},
                         {"host", host_name(first.host)},
                         {"day", to_local(first.gone_at, style.zone).substr(0, day_columns)}}));
    }
    if (!told.next.hosts.empty()) lines.push_back(next_line(told, style));
    return lines;
}

}  // namespace konseki::report
