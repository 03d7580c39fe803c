#include "marks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "csv_rows.h"
#include "konseki/findings/profile.h"
#include "konseki/render/csv.h"
#include "konseki/story/label.h"
#include "rule_files.h"

namespace konseki::kit {
namespace {

using std::string_view;

/// Of max_csv_rows marks with a reason of some hundred bytes each.
constexpr std::size_t max_marks_bytes = std::size_t{64} << 20;
enum Column : std::uint8_t { finding, rule, host, verdict, reason, who };
constexpr std::array<string_view, 6> columns = {"finding", "rule",   "host",
                                                "verdict", "reason", "who"};

/// Where each column stands in the file.
using Places = std::array<std::optional<std::size_t>, columns.size()>;

/// Nothing where a column is none of ours.
std::optional<Places> places_of(const CsvRow& head) {
    Places places;
    for (std::size_t i = 0; i < head.cells.size(); ++i) {
        const auto known = std::ranges::find(columns, head.cells[i]);
        if (known == columns.end()) return std::nullopt;
        places[static_cast<std::size_t>(known - columns.begin())] = i;
    }
    return places;
}

std::string cell_of(const CsvRow& row, const Places& places, Column column) {
    const std::optional<std::size_t> place = places[column];
    return place && *place < row.cells.size() ? row.cells[*place] : std::string();
}

}  // namespace

Result<void> Marks::read(const std::filesystem::path& file, const Talk& talk) {
    const auto wrong = [&](std::uint64_t line, string_view key) {
        return fail(
            Error::usage(file.string() + ':' + std::to_string(line) + ": " + talk.say(key)));
    };
    const std::string text = TRY(read_small_file(file, max_marks_bytes));
    const Result<std::vector<CsvRow>> rows = read_csv(text);
    if (!rows) return wrong(rows.error().offset, "kit.marks_no_csv");
    if (rows->empty()) return {};
    const std::optional<Places> places = places_of(rows->front());
    if (!places || !(*places)[verdict]) return wrong(rows->front().line, "kit.marks_head");
    for (const CsvRow& row : std::span(*rows).subspan(1)) {
        const Key key{cell_of(row, *places, finding), cell_of(row, *places, rule),
                      cell_of(row, *places, host)};
        const auto said = findings::parse_mark_verdict(cell_of(row, *places, verdict));
        if (!said) return wrong(row.line, "kit.marks_verdict");
        if (key.finding.empty() == key.rule.empty()) return wrong(row.line, "kit.marks_which");
        rows_[key] = {*said, cell_of(row, *places, reason), cell_of(row, *places, who)};
    }
    return {};
}

void Marks::bind(const std::vector<findings::RuleInfo>& rules) {
    of_rule_.assign(rules.size(), {});
    for (auto row = rows_.cbegin(); row != rows_.cend(); ++row)
        for (std::size_t i = 0; i < rules.size(); ++i)
            if (story::is_rule(rules[i], row->first.rule)) of_rule_[i].push_back(row);
    for (std::vector<Rows::const_iterator>& of_one : of_rule_)
        std::ranges::stable_sort(of_one, [](const auto& a, const auto& b) {
            return a->first.host.empty() < b->first.host.empty();
        });
}

const findings::Mark* Marks::of(const findings::Finding& found, string_view on_host) const {
    if (rows_.empty()) return nullptr;
    if (const auto row = rows_.find(Key{found.id, {}, {}}); row != rows_.end()) return &row->second;
    for (const Rows::const_iterator& row : of_rule_[found.rule])
        if (row->first.host.empty() || findings::is_same_host(on_host, row->first.host))
            return &row->second;
    return nullptr;
}

std::string Marks::to_csv() const {
    std::string out(render::csv_byte_order_mark);
    render::CsvWriter csv(out);
    for (const string_view name : columns) csv.cell(name);
    csv.end_row();
    for (const auto& [key, mark] : rows_) {
        for (const string_view text :
             {string_view(key.finding), string_view(key.rule), string_view(key.host),
              findings::name_of(mark.verdict), string_view(mark.reason), string_view(mark.who)})
            csv.cell(text);
        csv.end_row();
    }
    return out;
}

}  // namespace konseki::kit
