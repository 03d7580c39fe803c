#pragma once

#include <string>
#include <string_view>

#include "konseki/findings/examination.h"

namespace konseki::report {

/// An examination of one file on one host with one rule, for tests.
inline findings::Examination made_examination() {
    findings::Examination examination;
    findings::ItemInfo item;
    item.path = "logs/Security.evtx";
    item.state = findings::ItemState::examined;
    item.bytes = 69'632;
    item.records = 12;
    examination.reading.items.push_back(item);
    examination.reading.totals = {.files = 1, .bytes = 69'632, .records = 12};
    findings::HostInfo host;
    host.name = "PC-01";
    host.folded = "pc-01";
    host.records = 12;
    host.span.add(Time::from_unix_seconds(1'555'462'923));
    examination.hosts.push_back(host);
    findings::RuleInfo rule;
    rule.id = "r-1";
    rule.title = "Somebody did something";
    rule.level = findings::Level::high;
    rule.origin = "ours";
    rule.file = "a.yml";
    rule.author = "A. Author";
    rule.license = "MIT";
    rule.references = {"https://example.org/1"};
    rule.attack = {"T1059.001"};
    examination.rules.push_back(rule);
    examination.outcomes.resize(1);
    return examination;
}

/// A finding of it.
inline findings::Finding made_finding() {
    findings::Finding finding;
    finding.id = "00ff";
    finding.time = Time::from_unix_seconds(1'555'462'923);
    finding.events.push_back(
        {.time = finding.time, .host = 0, .item = 0, .offset = 5'120, .record = 7});
    finding.count = 1;
    finding.record = {.account = "CORP\\ann",
                      .log = R"("channel":"Security")",
                      .fields = R"({"EventID":4688,"CommandLine":"=cmd"})",
                      .traces = "[]"};
    finding.match = {.matched = R"([{"field":"CommandLine","value":"=cmd","pattern":"=cmd*"}])",
                     .unchecked = "[]",
                     .message = "CommandLine==cmd"};
    return finding;
}

/// A page without the places where its names may be broken, so that it can be searched for names.
inline std::string without_breaks(std::string page) {
    constexpr std::string_view mark = "<wbr>";
    for (std::size_t at = 0; (at = page.find(mark, at)) != page.npos;) page.erase(at, mark.size());
    return page;
}

}  // namespace konseki::report
