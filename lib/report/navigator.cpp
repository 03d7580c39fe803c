#include <algorithm>
#include <map>
#include <string>

#include "konseki/findings/attack.h"
#include "konseki/render/json.h"
#include "konseki/report/summary.h"

// A layer of the ATT&CK Navigator, layer format 4.5 (mitre-attack/attack-navigator, layers/spec/v4.5). Its rules stand in
// tests/layer.py.

namespace konseki::report {
namespace {

using render::JsonWriter;

/// Rules of one technique.
struct TechniqueCount {
    std::size_t fired = 0, possible = 0, blind = 0, idle = 0;
};

/// What a score means; a technique has the highest that any of its rules gives it.
enum class Sight : std::uint8_t { none = 0, blind = 1, possible = 2, seen = 3 };

Sight sight_of(const TechniqueCount& count) {
    if (count.fired > 0) return Sight::seen;
    if (count.possible > 0) return Sight::possible;
    return count.blind > 0 ? Sight::blind : Sight::none;
}

std::map<std::string, TechniqueCount, std::less<>> count_techniques(
    const findings::Examination& examination, const Tally& tally) {
    std::map<std::string, TechniqueCount, std::less<>> all;
    for (std::uint32_t rule = 0; rule < examination.rules.size(); ++rule) {
        const findings::RuleState state = examination.outcomes[rule].state;
        for (const std::string& id : examination.rules[rule].attack) {
            TechniqueCount& count =
                all[std::string(findings::technique_in(findings::AttackVersion::v18, id))];
            count.fired += tally.of_rule(rule).count > 0 ? 1 : 0;
            count.possible += state == findings::RuleState::possible ? 1 : 0;
            count.blind += state == findings::RuleState::blind ? 1 : 0;
            count.idle += state == findings::RuleState::idle ? 1 : 0;
        }
    }
    return all;
}

void append_technique(JsonWriter& writer, const std::string& id, const TechniqueCount& count) {
    writer.open_object();
    writer.text("techniqueID", id);
    writer.number("score", static_cast<std::uint64_t>(sight_of(count)));
    writer.text("comment", "rules: " + std::to_string(count.fired) + " fired, " +
                               std::to_string(count.possible) + " could fire, " +
                               std::to_string(count.blind) + " blind, " +
                               std::to_string(count.idle) + " without their log");
    writer.close_object();
}

/// A sub-technique stands open where it has a rule: `showSubtechniques` could only be said of its parent, which may
/// have none.
void append_layout(JsonWriter& writer) {
    writer.open_object("layout");
    writer.text("layout", "side");
    writer.boolean("showID", true);
    writer.boolean("showName", true);
    writer.text("expandedSubtechniques", "annotated");
    writer.close_object();
}

void append_legend(JsonWriter& writer) {
    writer.open_object("gradient");
    writer.open_array("colors");
    for (const std::string_view colour : {"#ffffff", "#e4eaf4", "#90a8cf", "#ce0000"})
        writer.text(colour);
    writer.close_array();
    writer.number("minValue", std::uint64_t{0});
    writer.number("maxValue", static_cast<std::uint64_t>(Sight::seen));
    writer.close_object();
    writer.open_array("legendItems");
    for (const auto& [label, colour] : {std::pair{"seen: a rule fired", "#ce0000"},
                                        {"could have been seen", "#90a8cf"},
                                        {"blind: a field is never there", "#e4eaf4"},
                                        {"no log", "#ffffff"}}) {
        writer.open_object();
        writer.text("label", label);
        writer.text("color", colour);
        writer.close_object();
    }
    writer.close_array();
}

}  // namespace

std::string make_navigator_json(const findings::Examination& examination, const Tally& tally) {
    render::JsonBuffer out;
    JsonWriter writer(out);
    writer.open_object();
    writer.text("name", "konseki: seen, could be seen, blind");
    writer.open_object("versions");
    writer.text("attack", "18");
    writer.text("navigator", "5.2.0");
    writer.text("layer", "4.5");
    writer.close_object();
    writer.text("domain", "enterprise-attack");
    writer.text(
        "description",
        "Techniques of the rules that were used: score 3 a rule fired, 2 a rule could have fired, "
        "1 rules were blind for a missing field, 0 no log for any of them");
    // Highest score first.
    writer.number("sorting", std::uint64_t{3});
    append_layout(writer);
    writer.open_array("techniques");
    for (const auto& [id, count] : count_techniques(examination, tally))
        append_technique(writer, id, count);
    writer.close_array();
    append_legend(writer);
    writer.close_object();
    writer.end_line();
    return std::string(out.text());
}

}  // namespace konseki::report
