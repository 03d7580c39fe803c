#include <cstring>
#include <string>
#include <tuple>

#include "entry.h"
#include "entry_codec.h"

namespace konseki::examine {
namespace {

void append_place(EntryWriter& writer, const detect::EventPlace& place) {
    writer.number(static_cast<std::uint64_t>(place.time.ticks));
    writer.number(place.item);
    writer.number(place.offset);
    writer.number(place.record_id);
    writer.number(place.host);
    writer.u8(place.recovered ? 1 : 0);
}

detect::EventPlace read_place(EntryReader& reader) {
    detect::EventPlace place;
    place.time.ticks = static_cast<std::int64_t>(reader.number());
    place.item = static_cast<std::uint32_t>(reader.number());
    place.offset = reader.number();
    place.record_id = reader.number();
    place.host = static_cast<std::uint32_t>(reader.number());
    place.recovered = reader.u8() != 0;
    return place;
}

/// A row of a correlation, its keys behind it. What rows are sorted by is read without reading the rest.
struct JoinHead {
    std::int64_t time = 0;
    std::uint64_t record_id = 0, offset = 0;
    std::uint32_t item = 0, host = 0, correlation = 0, rule = 0;
    std::uint64_t recovered = 0;

    static JoinHead of(const detect::JoinRow& row) {
        const detect::EventPlace& place = row.place;
        return {place.time.ticks, place.record_id, place.offset, place.item,
                place.host,       row.correlation, row.rule,     place.recovered ? 1u : 0u};
    }
    /// Rows are whole: the sorter gives them as they were added.
    static JoinHead from(Bytes bytes) {
        require(bytes.size() >= sizeof(JoinHead), "a row for correlations was changed on disk");
        JoinHead head;
        std::memcpy(&head, bytes.data(), sizeof head);
        return head;
    }
};

}  // namespace

void append_joined_entry(std::vector<std::byte>& out, const detect::JoinedFinding& joined,
                         const findings::RecordText& group, const findings::MatchText& match) {
    EntryWriter writer(out);
    writer.number(joined.count);
    writer.number(joined.events.size());
    for (const detect::EventPlace& place : joined.events) append_place(writer, place);
    std::string lines;
    for (const auto& [name, value] : joined.fields) lines += name + '=' + value + '\n';
    writer.text(lines);
    writer.text(match.says_ja);
    writer.text(match.says_en);
    append_record_entry(out, group);
}

Result<std::string_view> read_joined_entry(Bytes entry, findings::Finding& finding) {
    EntryReader reader(entry);
    finding.match = {
        .matched = "[]", .unchecked = "[]", .message = {}, .says_ja = {}, .says_en = {}};
    finding.is_unchecked = false;
    finding.count = reader.number();
    const std::size_t events = reader.count();
    for (std::size_t i = 0; i < events && !reader.failed(); ++i) {
        const detect::EventPlace place = read_place(reader);
        finding.events.push_back({.time = place.time,
                                  .host = place.host,
                                  .item = place.item,
                                  .offset = place.offset,
                                  .record = place.record_id,
                                  .recovered = place.recovered});
    }
    const std::string_view lines = reader.view();
    finding.match.says_ja = reader.view();
    finding.match.says_en = reader.view();
    TRY_VOID(reader.result());
    finding.record = TRY(read_record_entry(reader.rest()));
    return lines;
}

void append_join_row(std::vector<std::byte>& out, const detect::JoinRow& row) {
    const JoinHead head = JoinHead::of(row);
    const std::size_t at = out.size();
    out.resize(at + sizeof head + row.keys.size());
    std::memcpy(out.data() + at, &head, sizeof head);
    if (!row.keys.empty())
        std::memcpy(out.data() + at + sizeof head, row.keys.data(), row.keys.size());
}

Result<detect::JoinRow> read_join_row(Bytes bytes) {
    if (bytes.size() < sizeof(JoinHead)) return fail(Error::bad_value("a cut row"));
    const JoinHead head = JoinHead::from(bytes);
    detect::JoinRow row;
    row.place = {Time{head.time}, head.item, head.offset,
                 head.record_id,  head.host, head.recovered != 0};
    row.rule = head.rule;
    row.correlation = head.correlation;
    row.keys = as_text(bytes.subspan(sizeof head));
    return row;
}

bool join_row_less(Bytes a, Bytes b) {
    const JoinHead one = JoinHead::from(a), other = JoinHead::from(b);
    const auto key = [](const JoinHead& head) {
        return std::tie(head.time, head.record_id, head.item, head.offset, head.correlation,
                        head.rule);
    };
    if (key(one) != key(other)) return key(one) < key(other);
    return as_text(a.subspan(sizeof one)) < as_text(b.subspan(sizeof other));
}

}  // namespace konseki::examine
