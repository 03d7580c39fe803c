#include "page.h"

#include <algorithm>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"

namespace konseki::report {
namespace {

/// A name of DNS that fills a line and a half; the whole stands in findings.jsonl.
constexpr std::size_t max_name_bytes = 96;
constexpr std::size_t minute_columns = 16, second_columns = 19;

}  // namespace

void Page::sentence(std::string_view key, std::initializer_list<render::Filling> fillings) {
    render::for_each_part(
        say(key), [&](std::string_view text) { html.text(text); },
        [&](std::string_view name) {
            for (const render::Filling& filling : fillings)
                if (filling.name == name) html.found(filling.value);
        });
}

void Page::paragraph(std::string_view style, std::string_view key,
                     std::initializer_list<render::Filling> fillings) {
    const auto open = html.in("p", {{"class", style}});
    sentence(key, fillings);
}

void Page::left_out(std::size_t all, std::size_t shown, std::string_view file) {
    if (all <= shown) return;
    paragraph("k-note", "html.left_out",
              {{"count", render::to_grouped(all - shown)}, {"file", file}});
}

std::string_view Page::advice(std::string_view id) const {
    const auto found = data.options.advice.find(id);
    return found == data.options.advice.end() ? id : pick(found->second);
}

std::string Page::anchor(std::string_view name) const {
    return (language == render::Language::ja ? "ja-" : "en-") + std::string(name);
}

std::string Page::host_name(std::uint32_t host) const {
    return cut_text(data.examination.hosts[host].name, max_name_bytes);
}

std::string Page::place_name(story::Places::Id place) const {
    const story::Place& it = data.told.places.at(place);
    const std::string name = cut_text(it.name, max_name_bytes);
    return it.is_vpn ? say("html.place.vpn", {{"name", name}}) : name;
}

std::string Page::account_name(std::string_view account) const {
    return account.empty() ? std::string(say("html.not_told")) : cut_text(account, max_name_bytes);
}

std::string Page::host_names(const std::vector<std::uint32_t>& hosts, std::size_t most) const {
    const std::size_t shown = std::min(hosts.size(), most);
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += say("html.comma");
        out += host_name(hosts[i]);
    }
    if (shown == hosts.size()) return out;
    return say("html.names_more",
               {{"names", out}, {"count", render::to_grouped(hosts.size() - shown)}});
}

std::vector<std::uint32_t> Page::hosts_with(story::Verdict verdict) const {
    std::vector<std::uint32_t> out;
    for (const story::HostView& view : data.story.hosts)
        if (view.verdict == verdict) out.push_back(view.host);
    return out;
}

std::string Page::minute(Time time) const {
    if (data.options.zone.has_changes()) return whole_minute(time);
    return to_local(time, data.options.zone).substr(0, minute_columns);
}

std::string Page::second(Time time) const {
    const std::string whole = to_local(time, data.options.zone);
    return data.options.zone.has_changes() ? whole : whole.substr(0, second_columns);
}

std::string Page::whole_minute(Time time) const {
    std::string whole = to_local(time, data.options.zone);
    return whole.erase(minute_columns, second_columns - minute_columns);
}

std::string Page::zone_name() const {
    if (data.options.zone.has_changes()) return data.options.zone.name;
    return to_local(Time{}, data.options.zone).substr(second_columns + 1);
}

std::string Page::span_start(const findings::Span& span) const {
    return span.first ? whole_minute(*span.first) : std::string(say("html.no_time"));
}

std::string Page::span(const findings::Span& span) const {
    if (!span.first) return std::string(say("html.no_time"));
    const std::string first = second(*span.first), last = second(*span.last);
    return first == last ? first : say("html.span", {{"first", first}, {"last", last}});
}

void Page::write_times(const findings::Span& span) {
    const auto times = html.in("span", {{"class", "k-times"}});
    if (!span.first) return html.text(say("html.no_time"));
    const std::string first = second(*span.first);
    std::string last = second(*span.last);
    if (first == last) return html.found(first);
    const std::string last_day = day(*span.last);
    if (last_day == day(*span.first)) last.erase(0, last_day.size() + 1);
    sentence("html.span", {{"first", first}, {"last", last}});
}

}  // namespace konseki::report
