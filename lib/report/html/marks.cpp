#include "marks.h"

#include "level.h"

#include <algorithm>
#include <array>
#include <utility>

namespace konseki::report {
namespace {

using findings::Level;
using story::Verdict;

constexpr std::string_view shapes =
    R"svg(<svg width="0" height="0" class="k-shapes" aria-hidden="true" focusable="false"><defs>)svg"
    R"svg(<symbol id="critical" viewBox="0 0 16 16"><path class="k-alarm" d="M8 0 16 8 8 16 0 8Z"/>)svg"
    R"svg(<path class="k-paper" d="M7 3.5h2v5.6H7zM7 10.4h2v2H7z"/></symbol>)svg"
    R"svg(<symbol id="high" viewBox="0 0 16 16"><path class="k-warn" d="M8 1 16 15H0Z"/></symbol>)svg"
    R"svg(<symbol id="medium" viewBox="0 0 16 16"><path class="k-ring" d="M2 2h12v12H2z"/><path class="k-ink" d="M2 2h6v12H2z"/></symbol>)svg"
    R"svg(<symbol id="low" viewBox="0 0 16 16"><circle class="k-ring" cx="8" cy="8" r="5.5"/></symbol>)svg"
    R"svg(<symbol id="informational" viewBox="0 0 16 16"><circle class="k-ink" cx="8" cy="8" r="3"/></symbol>)svg"
    R"svg(<symbol id="nothing" viewBox="0 0 16 16"><path class="k-ring" d="M2 8h12"/></symbol>)svg"
    R"svg(<symbol id="unknown" viewBox="0 0 16 16"><path class="k-ring-thin" d="M1 1h14v14H1zM1 6 6 1M1 11 11 1M2 15 15 2M6 15 15 6M11 15 15 11"/></symbol>)svg";

// Hatching is drawn with lines. Printers' drivers and PDF writers turn a patterned background into one picture
// of the whole page for each place that has it.

/// Slanting lines over `width` by `height`, `step` apart.
std::string slanting_lines(int width, int height, int step, int slant) {
    std::string out;
    for (int x = -slant; x < width; x += step)
        out += 'M' + std::to_string(x) + ' ' + std::to_string(height) + 'l' +
               std::to_string(slant) + " -" + std::to_string(height);
    return out;
}

void write_lines(HtmlWriter& html, std::string_view id, std::string_view lines) {
    const auto path = html.in("path", {{"id", id}, {"class", "k-hatching"}, {"d", lines}});
}

void write_shape(HtmlWriter& html, std::string_view name) {
    html.markup(R"(<svg class="k-mark" aria-hidden="true"><use href="#)");
    html.markup(name);
    html.markup("\"/></svg>");
}

constexpr std::array<std::string_view, 4> verdict_shapes = {"nothing", "unknown", "high",
                                                            "critical"};
constexpr std::array<std::string_view, story::sight_count> sight_keys = {
    "html.sight.logons",         "html.sight.failed_logons", "html.sight.processes",
    "html.sight.services",       "html.sight.tasks",         "html.sight.powershell",
    "html.sight.remote_desktop", "html.sight.antivirus"};
constexpr std::array<std::string_view, story::sight_count> remedy_keys = {
    "html.remedy.logons",         "html.remedy.failed_logons", "html.remedy.processes",
    "html.remedy.services",       "html.remedy.tasks",         "html.remedy.powershell",
    "html.remedy.remote_desktop", "html.remedy.antivirus"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> tactic_keys = {{
    {"reconnaissance", "html.tactic.reconnaissance"},
    {"resource-development", "html.tactic.resource_development"},
    {"initial-access", "html.tactic.initial_access"},
    {"execution", "html.tactic.execution"},
    {"persistence", "html.tactic.persistence"},
    {"privilege-escalation", "html.tactic.privilege_escalation"},
    {"defense-evasion", "html.tactic.defense_evasion"},
    {"credential-access", "html.tactic.credential_access"},
    {"discovery", "html.tactic.discovery"},
    {"lateral-movement", "html.tactic.lateral_movement"},
    {"collection", "html.tactic.collection"},
    {"command-and-control", "html.tactic.command_and_control"},
    {"exfiltration", "html.tactic.exfiltration"},
    {"impact", "html.tactic.impact"},
}};

/// Length of bands and bars in the units of their pictures.
constexpr std::int64_t band_units = 1'000;
/// Shorter than this nobody sees it.
constexpr std::int64_t least_units = 5;

void write_part(HtmlWriter& html, std::string_view style, std::int64_t from, std::int64_t length) {
    html.single("rect", {{"class", style},
                         {"x", std::to_string(from)},
                         {"y", "0"},
                         {"width", std::to_string(length)},
                         {"height", "10"}});
    html.markup("</rect>");
}

std::int64_t place(Time time, const findings::Span& whole) {
    const std::int64_t length = (whole.last->ticks - whole.first->ticks) / band_units;
    if (length <= 0) return 0;
    return std::clamp<std::int64_t>((time.ticks - whole.first->ticks) / length, 0, band_units);
}

void write_span(HtmlWriter& html, std::string_view style, const findings::Span& span,
                const findings::Span& whole) {
    if (!span.first) return;
    const std::int64_t from = std::min(place(*span.first, whole), band_units - least_units);
    write_part(html, style, from, std::max(place(*span.last, whole) - from, least_units));
}

constexpr std::string_view picture_start =
    R"(<svg class="k-band" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">)"
    R"(<use href="#hatched-band"/>)";

}  // namespace

void write_shapes(HtmlWriter& html) {
    html.markup(shapes);
    write_lines(html, "hatched-band", slanting_lines(band_units, 10, 16, 16));
    {
        // What is the same for every cell stands here: a large report has thousands.
        const auto cell = html.in("symbol", {{"id", "hatched-cell"},
                                             {"viewBox", "0 0 100 40"},
                                             {"preserveAspectRatio", "xMinYMin slice"}});
        write_lines(html, "hatched-lines", slanting_lines(100, 40, 7, 40));
    }
    write_lines(html, "hatched-lane", slanting_lines(960, 8, 6, 8));
    html.markup("</defs></svg>\n");
}

void write_hatching(HtmlWriter& html) {
    html.markup(
        R"(<svg class="k-hatch-cell" aria-hidden="true"><use href="#hatched-cell"/></svg>)");
}

void write_level(Page& page, Level level) {
    const auto open = page.html.in("span", {{"class", "k-level"}});
    write_shape(page.html, findings::name_of(level));
    page.html.text(page.say(level_key(level)));
}

void write_verdict_mark(Page& page, Verdict verdict) {
    write_shape(page.html, verdict_shapes[static_cast<std::size_t>(verdict)]);
}

std::string_view sight_key(story::Sight sight) {
    return sight_keys[static_cast<std::size_t>(sight)];
}
std::string_view sight_remedy_key(story::Sight sight) {
    return remedy_keys[static_cast<std::size_t>(sight)];
}

std::string tactic_name(const Page& page, std::string_view tactic) {
    for (const auto& [id, key] : tactic_keys)
        if (id == tactic) return std::string(page.say(key));
    return std::string(tactic);
}

void write_band(Page& page, const Band& band) {
    if (!band.whole.first) return;
    page.html.markup(picture_start);
    write_span(page.html, "k-paper", band.seen, band.whole);
    write_span(page.html, "k-seen", band.seen, band.whole);
    std::vector<std::int64_t> places;
    for (const Time mark : band.marks)
        places.push_back(std::min(place(mark, band.whole), band_units - least_units));
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
    for (const std::int64_t at : places) write_part(page.html, "k-ink", at, least_units);
    page.html.markup("</svg>");
}

void write_bar(Page& page, const Bar& bar) {
    const auto units = [&](std::size_t part) {
        const std::size_t whole = std::max<std::size_t>(bar.whole, 1);
        return static_cast<std::int64_t>(part * band_units / whole);
    };
    page.html.markup(picture_start);
    const std::int64_t black = units(bar.black), solid = units(bar.solid);
    write_part(page.html, "k-ink", 0, black);
    write_part(page.html, "k-paper", black, solid);
    write_part(page.html, "k-seen", black, solid);
    page.html.markup("</svg>");
}

}  // namespace konseki::report
