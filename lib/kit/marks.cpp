#include "marks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "csv_rows.h"
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

void Marks::bind(const std::vector<findings::RuleInfo>& rules, const findings::HostNames& names) {
    const story::RuleNames rule_names(rules);
    of_rule_.clear();
    of_rule_.resize(rules.size());
    for (auto row = rows_.cbegin(); row != rows_.cend(); ++row) {
        const Key& key = row->first;
        const std::vector<std::uint32_t> hosts = names.meant_by(key.host);
        for (const std::uint32_t rule : rule_names.of(key.rule)) {
            RuleMarks& marks = of_rule_[rule];
            if (key.host.empty() && !marks.of_any) marks.of_any = row;
            for (const std::uint32_t host : hosts) marks.of_host.try_emplace(host, row);
        }
    }
}

const findings::Mark* Marks::of(const findings::Finding& found) const {
    if (rows_.empty()) return nullptr;
    if (const auto row = rows_.find(Key{found.id, {}, {}}); row != rows_.end()) return &row->second;
    const RuleMarks& marks = of_rule_[found.rule];
    if (const auto row = marks.of_host.find(found.host); row != marks.of_host.end())
        return &row->second->second;
    return marks.of_any ? &(*marks.of_any)->second : nullptr;
}

std::vector<string_view> Marks::hosts() const {
    std::vector<string_view> out;
    for (const auto& [key, mark] : rows_)
        if (!key.host.empty()) out.push_back(key.host);
    return out;
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
