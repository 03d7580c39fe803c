#include "writer.h"

#include <algorithm>

#include "konseki/base/text.h"

namespace konseki::report {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
}

}  // namespace

HtmlWriter::Open HtmlWriter::in(std::string_view tag, Attributes attributes) {
    start(tag, attributes);
    return {*this, tag};
}

void HtmlWriter::single(std::string_view tag, Attributes attributes) { start(tag, attributes); }

void HtmlWriter::text(std::string_view utf8) { append_escaped(out_, for_terminal(utf8)); }

void HtmlWriter::element(std::string_view tag, Attributes attributes, std::string_view utf8) {
    start(tag, attributes);
    text(utf8);
    close(tag);
}

/// A longer name or path may be broken where its parts end, so that a narrow column does not break it anywhere.
constexpr std::size_t longest_unbroken = 16;

void HtmlWriter::found(std::string_view utf8) {
    const std::string shown = cut_text(utf8, max_found_bytes);
    if (shown.size() <= longest_unbroken) return element("bdi", shown);
    const Open bdi = in("bdi");
    std::string_view rest = shown;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(".\\/") + 1, rest.size());
        const std::string_view part = end == 0 ? rest : rest.substr(0, end);
        text(part);
        rest.remove_prefix(part.size());
        if (!rest.empty()) out_ += "<wbr>";
    }
}

void HtmlWriter::start(std::string_view tag, Attributes attributes) {
    out_ += '<';
    out_ += tag;
    for (const HtmlAttribute& attribute : attributes) {
        if (attribute.value.empty() &&
            (attribute.name == "class" || attribute.name.starts_with("data-")))
            continue;
        out_ += ' ';
        out_ += attribute.name;
        out_ += "=\"";
        append_escaped(out_, for_terminal(attribute.value));
        out_ += '"';
    }
    out_ += '>';
}

void HtmlWriter::close(std::string_view tag) {
    out_ += "</";
    out_ += tag;
    out_ += tag == "tr" || tag == "section" || tag == "details" || tag == "table" ? ">\n" : ">";
}

}  // namespace konseki::report
