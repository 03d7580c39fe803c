#include "filter.h"

#include <array>
#include <utility>

#include "level.h"
#include "marks.h"

namespace konseki::report {
namespace {

using findings::Label;
using findings::Level;

/// Values are names that report.js knows.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> orders{{
    {"host", "html.filter.by_host"},
    {"level", "html.filter.by_level"},
    {"time", "html.filter.by_time"},
    {"latest", "html.filter.by_latest"},
    {"name", "html.filter.by_name"},
    {"rule", "html.filter.by_rule"},
    {"count", "html.filter.by_count"},
}};

/// What lines there are: a choice that has none is not offered.
struct Offered {
    std::array<bool, level_count> levels{};
    bool own_collection = false, sanctioned = false;
};

Offered offered_by(const FoundPlan& plan) {
    Offered offered;
    for (const FoundHost& host : plan.hosts)
        for (const FoundLine& line : host.lines) {
            offered.levels[static_cast<std::size_t>(line.reason->level)] = true;
            offered.own_collection |= line.reason->label == Label::own_collection;
            offered.sanctioned |= line.reason->label == Label::sanctioned;
        }
    return offered;
}

class FilterBar {
  public:
    explicit FilterBar(Page& page) : page_(page), html_(page.html) {}

    void write(const Offered& offered) {
        const auto bar = html_.in("div", {{"class", "k-filter"},
                                          {"role", "search"},
                                          {"aria-label", page_.say("html.filter.name")},
                                          {"data-shown", page_.say("html.filter.shown")},
                                          {"data-filtered", page_.say("html.filter.filtered")},
                                          {"data-quoted", page_.say("html.filter.quoted")},
                                          {"data-comma", page_.say("html.comma")},
                                          {"hidden", ""}});
        write_text();
        write_levels(offered);
        write_host();
        if (offered.own_collection || offered.sanctioned) write_label(offered);
        if (page_.data.tally.compared().has_previous) write_new();
        write_order();
        html_.element("button", {{"type", "button"}}, page_.say("html.filter.reset"));
        html_.element("p", {{"role", "status"}}, "");
    }

  private:
    void option(std::string_view value, std::string_view key) {
        html_.element("option", {{"value", value}}, page_.say(key));
    }

    void write_text() {
        const auto label = html_.in("label", {{"class", "k-words"}});
        html_.element("span", page_.say("html.filter.text"));
        html_.single("input", {{"type", "search"},
                               {"name", "text"},
                               {"autocomplete", "off"},
                               {"spellcheck", "false"}});
    }

    void write_levels(const Offered& offered) {
        const auto set = html_.in("fieldset");
        html_.element("legend", page_.say("html.filter.level"));
        for (std::size_t i = offered.levels.size(); i-- > 0;) {
            if (!offered.levels[i]) continue;
            const auto label = html_.in("label");
            html_.single("input", {{"type", "checkbox"},
                                   {"name", "level"},
                                   {"value", std::to_string(i)},
                                   {"autocomplete", "off"}});
            write_level(page_, static_cast<Level>(i));
        }
    }

    /// The script adds the hosts: their names stand in the page already.
    void write_host() {
        const auto label = html_.in("label");
        html_.element("span", page_.say("html.filter.host"));
        const auto select = html_.in("select", {{"name", "host"}, {"autocomplete", "off"}});
        option("", "html.filter.all");
    }

    void write_label(const Offered& offered) {
        const auto label = html_.in("label");
        html_.element("span", page_.say("html.filter.label"));
        const auto select = html_.in("select", {{"name", "label"}, {"autocomplete", "off"}});
        option("", "html.filter.all");
        option("none", "html.filter.counted");
        if (offered.own_collection) option("own_collection", "html.found.own_collection");
        if (offered.sanctioned) option("sanctioned", "html.found.sanctioned");
    }

    void write_new() {
        const auto label = html_.in("label", {{"class", "k-tick-box"}});
        html_.single("input", {{"type", "checkbox"}, {"name", "fresh"}, {"autocomplete", "off"}});
        html_.element("span", page_.say("html.filter.new"));
    }

    void write_order() {
        const auto label = html_.in("label");
        html_.element("span", page_.say("html.filter.order"));
        const auto select = html_.in("select", {{"name", "sort"}, {"autocomplete", "off"}});
        for (const auto& [value, key] : orders) option(value, key);
    }

    Page& page_;
    HtmlWriter& html_;
};

}  // namespace

void write_filter(Page& page, const FoundPlan& plan) { FilterBar(page).write(offered_by(plan)); }

}  // namespace konseki::report
