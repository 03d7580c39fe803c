#include "row.h"

#include <algorithm>

namespace konseki::traces {
namespace {

void put_number(std::vector<std::byte>& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::byte>(value | 0x80));
    out.push_back(static_cast<std::byte>(value));
}

void put_text(std::vector<std::byte>& out, std::string_view text) {
    put_number(out, text.size());
    const Bytes bytes = as_bytes(text);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void put_place(std::vector<std::byte>& out, const Place& place) {
    put_number(out, static_cast<std::uint32_t>(place.item));
    put_number(out, place.offset);
}

/// Reads what was put; after the first failure everything is 0 or empty.
class Reader {
  public:
    explicit Reader(Bytes bytes) : bytes_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
            const auto byte = std::to_integer<std::uint64_t>(bytes_[at_++]);
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed_ = true;
        return 0;
    }
    /// A number of things that follow, each at least one byte.
    std::size_t count() {
        const std::uint64_t value = number();
        if (value > bytes_.size() - at_) failed_ = true;
        return failed_ ? 0 : static_cast<std::size_t>(value);
    }
    void text(std::string& out) {
        const std::size_t size = count();
        out.assign(as_text(bytes_.subspan(at_, size)));
        at_ += size;
    }
    Place place() {
        const auto item = static_cast<records::ItemId>(number());
        return {item, number()};
    }
    bool is_done() const { return !failed_ && at_ == bytes_.size(); }

  private:
    Bytes bytes_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

/// Sorted union of two sorted lists without repeats, cut to `most`.
template <class T>
void unite(std::vector<T>& into, std::vector<T>&& other, std::size_t most) {
    if (other.empty()) return;
    std::vector<T> all;
    all.reserve(into.size() + other.size());
    std::merge(std::make_move_iterator(into.begin()), std::make_move_iterator(into.end()),
               std::make_move_iterator(other.begin()), std::make_move_iterator(other.end()),
               std::back_inserter(all));
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() > most) all.resize(most);
    into = std::move(all);
}

/// The earliest place of each spelling, then the earliest spellings. A spelling that is cut here has
/// max_written others before it, so it cannot come back when more rows are added.
void unite_spellings(std::vector<Spelling>& into, std::vector<Spelling>&& other) {
    for (Spelling& spelling : other) {
        const auto known = std::ranges::find(into, spelling.text, &Spelling::text);
        if (known == into.end())
            into.push_back(std::move(spelling));
        else
            known->first = std::min(known->first, spelling.first);
    }
    std::ranges::sort(into);
    if (into.size() > max_written) into.resize(max_written);
}

}  // namespace

void merge_into(Row& row, Row&& other) {
    row.victim = row.victim || other.victim;
    row.level = std::max(row.level, other.level);
    row.first = earlier(row.first, other.first);
    row.last = later(row.last, other.last);
    row.count += other.count;
    if (row.domain.empty()) row.domain = std::move(other.domain);
    unite_spellings(row.written, std::move(other.written));
    unite(row.hosts, std::move(other.hosts), max_hosts);
    unite(row.lines, std::move(other.lines), max_lines);
}

TraceLine to_line(Row&& row) {
    TraceLine line{.type = row.type,
                   .value = std::move(row.value),
                   .written = {},
                   .first = row.first,
                   .last = row.last,
                   .count = row.count,
                   .hosts = std::move(row.hosts),
                   .lines = std::move(row.lines),
                   .domain = std::move(row.domain),
                   .level = row.level,
                   .victim = row.victim};
    for (Spelling& spelling : row.written) line.written.push_back(std::move(spelling.text));
    return line;
}

void encode(std::vector<std::byte>& out, const Row& row) {
    const std::size_t start = out.size();
    out.resize(start + 4);
    put_number(out, static_cast<std::uint64_t>(row.type) << 1 | (row.victim ? 1 : 0));
    put_number(out, row.level);
    put_number(out, static_cast<std::uint64_t>(row.first.ticks));
    put_number(out, static_cast<std::uint64_t>(row.last.ticks));
    put_number(out, row.count);
    put_text(out, row.value);
    put_text(out, row.domain);
    put_number(out, row.written.size());
    for (const Spelling& spelling : row.written) {
        put_place(out, spelling.first);
        put_text(out, spelling.text);
    }
    put_number(out, row.hosts.size());
    for (const std::string& host : row.hosts) put_text(out, host);
    put_number(out, row.lines.size());
    for (const Place& place : row.lines) put_place(out, place);
    const std::size_t size = out.size() - start - 4;
    require(size < max_row_bytes, "a trace row keeps to its caps");
    for (std::size_t i = 0; i < 4; ++i) out[start + i] = static_cast<std::byte>(size >> (8 * i));
}

bool decode(Bytes& bytes, Row& row) {
    if (bytes.size() < 4) return false;
    const std::size_t size = load_u32(bytes.data());
    if (size > max_row_bytes || size > bytes.size() - 4) return false;
    Reader reader(bytes.subspan(4, size));
    const std::uint64_t kind = reader.number();
    if ((kind >> 1) >= trace_type_count) return false;
    row.type = static_cast<TraceType>(kind >> 1);
    row.victim = (kind & 1) != 0;
    row.level = static_cast<std::uint8_t>(reader.number());
    row.first.ticks = static_cast<std::int64_t>(reader.number());
    row.last.ticks = static_cast<std::int64_t>(reader.number());
    row.count = reader.number();
    reader.text(row.value);
    reader.text(row.domain);
    row.written.resize(std::min(reader.count(), max_written));
    for (Spelling& spelling : row.written) {
        spelling.first = reader.place();
        reader.text(spelling.text);
    }
    row.hosts.resize(std::min(reader.count(), max_hosts));
    for (std::string& host : row.hosts) reader.text(host);
    row.lines.resize(std::min(reader.count(), max_lines));
    for (Place& place : row.lines) place = reader.place();
    if (!reader.is_done()) return false;
    bytes = bytes.subspan(4 + size);
    return true;
}

}  // namespace konseki::traces
