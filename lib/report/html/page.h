#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/report/html.h"
#include "writer.h"

namespace konseki::report {

/// What all parts of the page are made from.
struct PageData {
    const findings::Examination& examination;
    const Tally& tally;
    const story::Story& story;
    const story::Told& told;
    const Shown& shown;
    const HtmlOptions& options;
};

/// The page in one language while it is written: words, times and names as every part writes them.
class Page {
  public:
    Page(HtmlWriter& writer, const PageData& from, render::Language in_language)
        : html(writer), data(from), language(in_language) {}

    std::string_view say(std::string_view key) const { return render::say(language, key); }
    std::string say(std::string_view key, std::initializer_list<render::Filling> fillings) const {
        return render::say(language, key, fillings);
    }
    /// The sentence of a key; what stands for its placeholders is written as text that was found.
    void sentence(std::string_view key, std::initializer_list<render::Filling> fillings);
    void paragraph(std::string_view style, std::string_view key,
                   std::initializer_list<render::Filling> fillings = {});
    /// That `left` more stand in a file; nothing where none do.
    void left_out(std::size_t all, std::size_t shown, std::string_view file);

    std::string_view pick(const findings::Bilingual& texts) const {
        return language == render::Language::ja ? texts.ja : texts.en;
    }
    /// The text of an advice, or its id where it has none.
    std::string_view advice(std::string_view id) const;
    /// A name for an element, different in each language.
    std::string anchor(std::string_view name) const;

    // Names are cut after max_name_bytes: no host and no account has more, but a record can say so.
    std::string host_name(std::uint32_t host) const;
    std::string place_name(story::Places::Id place) const;
    /// Or that none is told.
    std::string account_name(std::string_view account) const;
    /// `A, B, C and 5 more`, with so many names at most.
    std::string host_names(const std::vector<std::uint32_t>& hosts, std::size_t most) const;
    /// Hosts with a verdict, in the order of the story.
    std::vector<std::uint32_t> hosts_with(story::Verdict verdict) const;

    /// `2019-04-17`.
    std::string day(Time time) const { return to_local(time, data.options.zone).substr(0, 10); }
    /// `2019-04-17 10:02`, with the offset only where the zone has more than one.
    std::string minute(Time time) const;
    std::string second(Time time) const;
    /// The same with the offset, for sentences.
    std::string whole_minute(Time time) const;
    /// `+09:00`, or the zone's name where its offset changes.
    std::string zone_name() const;
    /// The first minute with the offset, or that there is no sound time.
    std::string span_start(const findings::Span& span) const;
    /// First to last, to the second.
    std::string span(const findings::Span& span) const;
    /// Writes the same so that no time is broken; of the last only the hours where the day is that of the first.
    void write_times(const findings::Span& span);

    HtmlWriter& html;
    const PageData& data;
    render::Language language;
};

// The parts of the page, in its order. Each writes one or more whole sections.
void write_management(Page& page);
void write_visibility(Page& page);
void write_happened(Page& page);
void write_movement(Page& page);
void write_next_hosts(Page& page);
void write_who(Page& page);
void write_coverage(Page& page);
void write_found(Page& page);
void write_traces_found(Page& page);
void write_rules_used(Page& page);
void write_requests(Page& page);
void write_reading(Page& page);
void write_method(Page& page);

}  // namespace konseki::report
