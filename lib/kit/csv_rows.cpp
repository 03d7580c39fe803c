#include "csv_rows.h"

#include <algorithm>
#include <utility>

#include "konseki/render/csv.h"

namespace konseki::kit {
namespace {

class CsvReader {
  public:
    explicit CsvReader(std::string_view text) : text_(text) {}

    Result<std::vector<CsvRow>> run() {
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) {
            CsvRow row;
            row.line = line_;
            do {
                if (row.cells.size() == max_csv_cells)
                    return fail(Error::limit("the row has too many columns", row.line));
                row.cells.push_back(TRY(cell()));
            } while (accept(','));
            end_line();
            if (row.cells.size() == 1 && row.cells.front().empty()) continue;
            if (rows.size() == max_csv_rows)
                return fail(Error::limit("the file has too many rows", row.line));
            rows.push_back(std::move(row));
        }
        return rows;
    }

  private:
    bool accept(char wanted) {
        if (at_ >= text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    void end_line() {
        accept('\r');
        accept('\n');
        ++line_;
    }

    Result<std::string> cell() {
        std::string out;
        if (accept('"')) {
            const std::uint32_t begin = line_;
            for (;;) {
                if (at_ >= text_.size())
                    return fail(Error::bad_value("a quotation mark is not closed", begin));
                const char c = text_[at_++];
                if (c == '"' && !accept('"')) break;
                line_ += c == '\n' ? 1 : 0;
                out += c;
            }
        }
        const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        out += text_.substr(at_, end - at_);
        at_ = end;
        if (out.starts_with('\'') && render::looks_like_formula(std::string_view(out).substr(1)))
            out.erase(0, 1);
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
};

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
    if (text.starts_with(render::csv_byte_order_mark))
        text.remove_prefix(render::csv_byte_order_mark.size());
    return CsvReader(text).run();
}

}  // namespace konseki::kit
