#include <algorithm>
#include <utility>

#include "konseki/base/time.h"
#include "time_zone_rule.h"

// Zone files as RFC 8536 describes them: a block with 32-bit times, and from version 2 on a second one
// with 64-bit times and a rule for the time after its last change.

namespace konseki {
namespace {

constexpr std::size_t max_name = 64, max_name_parts = 4;
constexpr std::string_view magic = "TZif";
/// RFC 8536, 3.2 allows -25 to 26 hours, no zone ever had 16; an offset of a day could not be read again.
constexpr std::int32_t max_offset_seconds = 24 * 3600 - 1;

/// Numbers in network byte order.
std::uint32_t be32(Cursor& in, const char* what) { return __builtin_bswap32(in.u32(what)); }
std::uint64_t be64(Cursor& in, const char* what) { return __builtin_bswap64(in.u64(what)); }

struct Counts {
    std::uint8_t version = 0;
    std::uint64_t ut_marks = 0, standard_marks = 0, leaps = 0, times = 0, types = 0, chars = 0;

    std::uint64_t size(std::uint64_t time_bytes) const {
        return times * (time_bytes + 1) + types * 6 + chars + leaps * (time_bytes + 4) +
               standard_marks + ut_marks;
    }
};

Result<Counts> read_counts(Cursor& in) {
    const Bytes found = in.take(magic.size(), "magic of a zone file");
    Counts counts;
    counts.version = in.u8("version of a zone file");
    in.skip(15, "reserved bytes of a zone file");
    for (std::uint64_t* count : {&counts.ut_marks, &counts.standard_marks, &counts.leaps,
                                 &counts.times, &counts.types, &counts.chars})
        *count = be32(in, "count of a zone file");
    if (in.failed()) return fail(in.error());
    if (as_text(found) != magic) return fail(Error::bad_value("this is no zone file"));
    if (counts.types == 0) return fail(Error::bad_value("a zone file without a local time type"));
    if (counts.leaps > 0) return fail(Error::bad_value("a zone file that counts leap seconds"));
    return counts;
}

bool is_offset(std::int32_t seconds) {
    return seconds >= -max_offset_seconds && seconds <= max_offset_seconds;
}

/// A time and the offset shown with it must give UTC again, and people are shown minutes.
std::int32_t whole_minutes(std::int32_t seconds) { return seconds - seconds % 60; }

/// The data block: times of changes, the type that each changes to, and the types.
Result<Zone> read_block(Cursor& in, const Counts& counts, std::uint64_t time_bytes) {
    const std::uint64_t start = in.offset();
    if (counts.size(time_bytes) > in.left())
        return fail(
            Error::truncated("data of a zone file", start, counts.size(time_bytes), in.left()));
    std::vector<OffsetChange> changes(counts.times);
    for (OffsetChange& change : changes) {
        const std::int64_t seconds = time_bytes == 8
                                         ? static_cast<std::int64_t>(be64(in, "time of a change"))
                                         : static_cast<std::int32_t>(be32(in, "time of a change"));
        change.from = Time::from_unix_seconds(seconds);
    }
    const Bytes types_of = in.take(counts.times, "types of changes");
    std::vector<std::int32_t> offsets(counts.types);
    for (std::int32_t& offset : offsets) {
        offset = static_cast<std::int32_t>(be32(in, "offset from UTC"));
        in.skip(2, "local time type");
        if (!is_offset(offset)) return fail(Error::bad_value("an offset of a day or more", start));
        offset = whole_minutes(offset);
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::uint8_t type = load_u8(&types_of[i]);
        if (type >= offsets.size())
            return fail(Error::bad_value("a change to a type that is not there", start));
        changes[i].offset_seconds = offsets[type];
        if (i > 0 && changes[i].from < changes[i - 1].from)
            return fail(Error::bad_value("changes that are not in order of time", start));
    }
    in.skip(counts.chars + counts.standard_marks + counts.ut_marks,
            "rest of the data of a zone file");
    Zone zone;
    zone.offset_seconds = offsets.front();
    zone.changes = std::move(changes);
    return zone;
}

/// The rule between two line feeds; an empty one says nothing.
Result<std::vector<OffsetChange>> with_rule(std::vector<OffsetChange> changes,
                                            std::string_view footer) {
    const std::size_t end = footer.find('\n', 1);
    if (!footer.starts_with('\n') || end == footer.npos)
        return fail(Error::bad_value("the rule at the end of a zone file is cut"));
    const std::string_view text = footer.substr(1, end - 1);
    if (text.empty()) return changes;
    std::optional<ZoneRule> rule = parse_zone_rule(text);
    if (!rule || !is_offset(rule->standard_seconds) || !is_offset(rule->daylight_seconds))
        return fail(Error::bad_value("the rule at the end of a zone file makes no sense"));
    rule->standard_seconds = whole_minutes(rule->standard_seconds);
    rule->daylight_seconds = whole_minutes(rule->daylight_seconds);
    append_yearly_changes(*rule, changes);
    return changes;
}

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '-';
}

}  // namespace

std::int32_t Zone::offset_at(Time time) const {
    if (!has_changes()) return offset_seconds;
    const auto next = std::ranges::upper_bound(changes, time, {}, &OffsetChange::from);
    return next == changes.begin() ? offset_seconds : std::prev(next)->offset_seconds;
}

bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > max_name) return false;
    std::size_t parts = 1;
    char before = '/';
    for (const char c : name) {
        if (c == '/' ? before == '/' || ++parts > max_name_parts : !is_name_char(c)) return false;
        before = c;
    }
    return before != '/';
}

Result<Zone> read_zone(std::string_view name, Bytes tzif) {
    Cursor in(tzif);
    Counts counts = TRY(read_counts(in));
    std::uint64_t time_bytes = 4;
    if (counts.version >= '2') {
        const std::uint64_t size = counts.size(time_bytes);
        if (size > in.left())
            return fail(Error::truncated("data of a zone file", in.offset(), size, in.left()));
        in.skip(size, "first block of a zone file");
        counts = TRY(read_counts(in));
        time_bytes = 8;
    }
    Zone zone = TRY(read_block(in, counts, time_bytes));
    zone.name = name;
    if (time_bytes == 8) {
        const std::string_view footer = as_text(tzif.subspan(in.offset()));
        zone.changes = TRY(with_rule(std::move(zone.changes), footer));
    }
    return zone;
}

}  // namespace konseki
