#include "konseki/findings/finding.h"
#include "konseki/findings/mark.h"

namespace konseki::findings {

std::string_view name_of(Label label) {
    switch (label) {
        case Label::none: return {};
        case Label::own_collection: return "own_collection";
        case Label::sanctioned: return "sanctioned";
    }
    return {};
}

std::string_view name_of(MarkVerdict verdict) {
    return verdict == MarkVerdict::useful ? "useful" : "false_alarm";
}

std::optional<MarkVerdict> parse_mark_verdict(std::string_view text) {
    for (const MarkVerdict verdict : {MarkVerdict::useful, MarkVerdict::false_alarm})
        if (name_of(verdict) == text) return verdict;
    return std::nullopt;
}

}  // namespace konseki::findings
