#include <array>
#include <utility>

#include "konseki/base/hash.h"
#include "konseki/report/html.h"
#include "level.h"
#include "marks.h"
#include "page.h"
#include "page_texts.h"

namespace konseki::report {
namespace {

using render::Language;

std::string_view code_of(Language language) { return language == Language::ja ? "ja" : "en"; }

/// The style sheet, and the marking in the margin of each sheet of paper.
std::string style_of(const HtmlOptions& options) {
    std::string sharing = options.sharing;
    std::erase_if(sharing, [](char c) {
        return !((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '+' ||
                 c == ' ');
    });
    return std::string(report_style()) + "@page{@bottom-left{content:\"" + sharing + "\"}}";
}

std::string source_of(std::string_view text) {
    return "'sha256-" + to_base64(sha256(as_bytes(text))) + '\'';
}

/// Nothing is loaded; only our own style sheet and script count, each by the hash of what stands in the page.
std::string content_policy(std::string_view style) {
    return "default-src 'none'; script-src " + source_of(report_script()) + "; style-src " +
           source_of(style) + "; base-uri 'none'; form-action 'none'";
}

void write_head(HtmlWriter& html, const Page& page, std::string_view style) {
    const auto head = html.in("head");
    html.single("meta", {{"charset", "utf-8"}});
    html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    html.markup(content_policy(style));
    html.markup("\">");
    html.single("meta", {{"name", "viewport"}, {"content", "width=device-width,initial-scale=1"}});
    html.single("meta", {{"name", "robots"}, {"content", "noindex"}});
    html.single("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    html.element("title", page.say("html.title",
                                   {{"verdict", page.say(verdict_key(page.data.story.verdict))}}));
    html.markup("<style>");
    html.markup(style);
    html.markup("</style>");
}

void write_bar(Page& page) {
    const auto bar = page.html.in("header", {{"class", "k-bar"}});
    page.html.element("h1", page.say("html.heading"));
    for (const std::string_view key : {"html.bar.organisation", "html.bar.date"}) {
        const auto blank = page.html.in("span");
        page.html.text(page.say(key));
        page.html.element("i", {{"class", "k-blank"}}, "");
    }
    if (!page.data.options.sharing.empty())
        page.html.element("span", {{"class", "k-sharing"}}, page.data.options.sharing);
}

void write_contents(Page& page) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 13> parts{{
        {"summary", "html.contents.summary"},
        {"visible", "html.head.visible"},
        {"happened", "html.head.happened"},
        {"moves", "html.head.moves"},
        {"next", "html.head.next_hosts"},
        {"who", "html.head.who"},
        {"coverage", "html.head.coverage"},
        {"found", "html.head.found"},
        {"traces", "html.head.traces"},
        {"rules", "html.head.rules"},
        {"read", "html.head.read"},
        {"method", "html.head.method"},
        {"requests", "html.head.requests"},
    }};
    const auto contents =
        page.html.in("nav", {{"class", "k-contents"}, {"aria-label", page.say("html.contents")}});
    for (const auto& [name, key] : parts)
        page.html.element("a", {{"href", '#' + page.anchor(name)}}, page.say(key));
}

void write_language(HtmlWriter& html, const PageData& data, Language language) {
    Page page(html, data, language);
    const std::string style = std::string("k-page k-") + std::string(code_of(language));
    const auto section = html.in("section", {{"lang", code_of(language)}, {"class", style}});
    write_bar(page);
    write_contents(page);
    write_management(page);
    write_visibility(page);
    write_happened(page);
    write_movement(page);
    write_next_hosts(page);
    write_who(page);
    write_coverage(page);
    write_found(page);
    write_traces_found(page);
    write_rules_used(page);
    write_reading(page);
    write_method(page);
    write_requests(page);
    const auto foot = html.in("footer", {{"class", "k-foot"}});
    page.sentence("html.foot", {{"version", data.options.version}});
}

/// A choice of language that needs no script: what is not chosen is hidden by the style sheet.
void write_choice(HtmlWriter& html, const PageData& data, Language language) {
    const std::string id = "choose-" + std::string(code_of(language));
    const HtmlAttribute checked{language == data.options.first ? "checked" : "data-other", ""};
    html.single(
        "input",
        {{"type", "radio"}, {"name", "language"}, {"id", id}, {"class", "k-" + id}, checked});
    html.element("label", {{"for", id}, {"lang", code_of(language)}, {"class", "k-choice"}},
                 render::say(language, "html.language"));
}

/// A page has hardly ever more: of long lists it shows the first. What is not written to takes no memory.
constexpr std::size_t most_page_bytes = 8u << 20;

}  // namespace

std::string make_report_html(const findings::Examination& examination, const Tally& tally,
                             const story::Story& story, const story::Told& told, const Shown& shown,
                             const HtmlOptions& options) {
    const PageData data{examination, tally, story, told, shown, options};
    const Language second = options.first == Language::ja ? Language::en : Language::ja;
    std::string out = "<!doctype html>\n";
    out.reserve(most_page_bytes);
    HtmlWriter html(out);
    {
        const auto root = html.in("html", {{"lang", code_of(options.first)}});
        write_head(html, Page(html, data, options.first), style_of(options));
        const auto body = html.in("body");
        write_shapes(html);
        const auto everything = html.in("main");
        for (const Language language : {options.first, second}) write_choice(html, data, language);
        for (const Language language : {options.first, second})
            write_language(html, data, language);
        // Behind what it works on, so that the page is shown before it runs.
        html.markup("<script>");
        html.markup(report_script());
        html.markup("</script>");
    }
    out += '\n';
    return out;
}

}  // namespace konseki::report
