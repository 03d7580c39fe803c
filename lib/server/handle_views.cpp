// Routes for the table, today, search and what changed.

#include <algorithm>

#include "json_out.h"
#include "routes.h"

namespace konseki::server::handle {

using casebook::FiscalPeriod;
using render::JsonWriter;

namespace {

/// Longer than any desk has lived; keeps one request from counting for minutes.
constexpr std::int64_t most_years = 50;

desk::Outcome<casebook::Basis> basis_of(const Call& call) {
    const std::string_view text = call.parameter("basis");
    if (text.empty()) return casebook::Basis::event;
    const std::optional<casebook::Basis> basis = casebook::parse_code<casebook::Basis>(text);
    if (!basis) return desk::refuse_fields({{"basis", "no_such_code"}});
    return *basis;
}

/// Where nobody says from when on: all years of the desk, but no more than are read on one page.
constexpr std::int64_t usual_years = 12;

/// Both halves and the whole of each year.
desk::Outcome<std::vector<FiscalPeriod>> periods_of(const Call& call) {
    const std::int64_t now = casebook::half_of(call.settings.around.now()).year;
    const std::optional<std::int64_t> given_to = TRY(call.number("to"));
    const std::int64_t to = given_to.value_or(now);
    const std::optional<std::int64_t> given_from = TRY(call.number("from"));
    std::int64_t from = given_from.value_or(to);
    if (!given_from) {
        const std::optional<Time> first = TRY(call.desk.first_asked(call.actor));
        if (first)
            from =
                std::clamp<std::int64_t>(casebook::half_of(*first).year, to - usual_years + 1, to);
    }
    if (from < 1900 || from > 9998) return desk::refuse_fields({{"from", "wrong_type"}});
    if (to < from || to > 9998 || to - from >= most_years)
        return desk::refuse_fields({{"to", "wrong_type"}});
    std::vector<FiscalPeriod> periods;
    for (std::int64_t year = from; year <= to; ++year)
        for (const casebook::Half half :
             {casebook::Half::first, casebook::Half::second, casebook::Half::whole})
            periods.push_back({static_cast<std::int32_t>(year), half});
    return periods;
}

void write_period(JsonWriter& json, const casebook::PeriodFigures& one) {
    json.open_object();
    json.text("period", casebook::code_of(one.period));
    json.time("begin", one.period.begin());
    json.time("end", one.period.end());
    json.number("consultations", std::uint64_t{one.consultations.size()});
    json.number("rescues", std::uint64_t{one.rescues.size()});
    json.number("visited", std::uint64_t{one.visited.size()});
    json.close_object();
}

void write_member(JsonWriter& json, render::JsonKey name, const std::vector<casebook::Row>& rows) {
    json.key(name);
    write_rows(json, rows);
}

}  // namespace

Answer figures(Call& call) {
    TRY_VOID(call.only_parameters({"basis", "from", "to"}));
    const casebook::Basis basis = TRY(basis_of(call));
    const std::vector<FiscalPeriod> periods = TRY(periods_of(call));
    const casebook::Figures all = TRY(call.desk.figures(call.actor, basis, periods));
    return json_answer(200, [&all](JsonWriter& json) {
        json.open_object();
        json.text("basis", casebook::code_of(all.basis));
        json.open_array("periods");
        for (const casebook::PeriodFigures& one : all.periods) write_period(json, one);
        json.close_array();
        json.open_array("breaches");
        for (const casebook::BreachedCase& breach : all.breaches) {
            json.open_object();
            json.text("case_id", to_text(breach.case_id));
            json.text("breach", casebook::code_of(breach.breach));
            json.close_object();
        }
        json.close_array();
        json.close_object();
    });
}

Answer counted(Call& call) {
    TRY_VOID(call.only_parameters({"basis"}));
    const casebook::Basis basis = TRY(basis_of(call));
    const std::optional<FiscalPeriod> period = casebook::parse_period(call.captured.at(0));
    if (!period) return desk::hide();
    const std::vector<casebook::Row> rows =
        TRY(call.desk.counted_rows(call.actor, basis, *period, call.captured.at(1)));
    return json_answer(200, [&rows](JsonWriter& json) {
        json.open_object();
        write_member(json, "items", rows);
        json.close_object();
    });
}

Answer today(Call& call) {
    TRY_VOID(call.only_parameters({}));
    const desk::Today all = TRY(call.desk.today(call.actor));
    return json_answer(200, [&all](JsonWriter& json) {
        json.open_object();
        write_member(json, "call_backs", all.call_backs);
        write_member(json, "consultations", all.consultations);
        write_member(json, "tasks", all.tasks);
        write_member(json, "visits", all.visits);
        json.close_object();
    });
}

Answer search(Call& call) {
    TRY_VOID(call.only_parameters({"q"}));
    const std::string_view words = call.parameter("q");
    if (words.empty()) return desk::refuse_fields({{"q", "missing"}});
    if (words.size() > longest_question) return desk::refuse_fields({{"q", "too_long"}});
    const std::vector<casebook::Row> rows = TRY(call.desk.search(call.actor, words));
    return json_answer(200, [&rows](JsonWriter& json) {
        json.open_object();
        json.key("items");
        write_mixed(json, rows);
        json.close_object();
    });
}

Answer changes(Call& call) {
    TRY_VOID(call.only_parameters({"since"}));
    const std::optional<std::int64_t> since = TRY(call.number("since"));
    const desk::Desk::Changes all = TRY(call.desk.changes(call.actor, since.value_or(0)));
    return json_answer(200, [&all](JsonWriter& json) {
        json.open_object();
        json.key("items");
        write_mixed(json, all.rows);
        json.number("last", all.last);
        json.close_object();
    });
}

}  // namespace konseki::server::handle
