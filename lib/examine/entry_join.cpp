#include <string>

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
    EntryWriter writer(out);
    append_place(writer, row.place);
    writer.number(row.rule);
    writer.number(row.correlation);
    writer.text(row.keys);
}

Result<detect::JoinRow> read_join_row(Bytes bytes) {
    EntryReader reader(bytes);
    detect::JoinRow row;
    row.place = read_place(reader);
    row.rule = static_cast<std::uint32_t>(reader.number());
    row.correlation = static_cast<std::uint32_t>(reader.number());
    row.keys = reader.view();
    TRY_VOID(reader.result());
    return row;
}

}  // namespace konseki::examine
