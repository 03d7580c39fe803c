#include "konseki/base/time.h"

namespace konseki {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from the left; the first mismatch makes it bad for good.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    /// Exactly `digits` decimal digits.
    std::uint32_t number(std::size_t digits) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (at_ >= text_.size() || !is_digit(text_[at_])) {
                good_ = false;
                return 0;
            }
            value = value * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
        }
        return value;
    }
    bool accept(std::string_view any_of) {
        if (at_ >= text_.size() || !any_of.contains(text_[at_])) return false;
        ++at_;
        return true;
    }
    void expect(std::string_view any_of) {
        if (!accept(any_of)) good_ = false;
    }
    /// Digits after a decimal point as ticks; past the seventh they are dropped. At least one.
    std::uint32_t fraction() {
        std::uint32_t ticks = 0;
        std::size_t digits = 0;
        for (; at_ < text_.size() && is_digit(text_[at_]); ++at_, ++digits)
            if (digits < 7) ticks = ticks * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
        if (digits == 0) good_ = false;
        for (; digits < 7; ++digits) ticks *= 10;
        return ticks;
    }
    char last() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
    bool at_end() const { return at_ == text_.size(); }
    bool good() const { return good_; }
    void spoil() { good_ = false; }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool good_ = true;
};

/// `09:00` after its sign, in seconds.
std::int32_t read_offset(Scanner& in, bool is_negative) {
    const std::uint32_t hours = in.number(2);
    in.expect(":");
    const std::uint32_t minutes = in.number(2);
    if (hours > 23 || minutes > 59) in.spoil();
    const std::int32_t seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60);
    return is_negative ? -seconds : seconds;
}

/// Hour and what follows it; returns the offset that the text names, if it does.
std::optional<std::int32_t> read_clock(Scanner& in, Calendar& calendar) {
    calendar.hour = in.number(2);
    in.expect(":");
    calendar.minute = in.number(2);
    if (in.accept(":")) {
        calendar.second = in.number(2);
        if (in.accept(".,")) calendar.ticks = in.fraction();
    }
    if (in.accept("Zz")) return 0;
    in.accept(" ");
    if (in.accept("+-")) return read_offset(in, in.last() == '-');
    return std::nullopt;
}

/// A time of the clocks in a zone as UTC.
Time to_utc(Time local, const Zone& zone) {
    constexpr std::int64_t day = 86'400 * Time::per_second;
    const auto with = [&](std::int32_t offset) {
        return Time{local.ticks - offset * Time::per_second};
    };
    // Offsets of the days around: no zone changes twice within two days.
    const std::int32_t earlier = zone.offset_at(Time{local.ticks - day});
    const std::int32_t later = zone.offset_at(Time{local.ticks + day});
    for (const std::int32_t offset : {earlier, later})
        if (zone.offset_at(with(offset)) == offset) return with(offset);
    return with(earlier);
}

}  // namespace

Result<Zone> parse_zone(std::string_view text) {
    if (text == "UTC" || text == "utc" || text == "Z" || text == "z")
        return Zone{.name = "UTC", .offset_seconds = 0};
    if (text == "Asia/Tokyo") return Zone{.name = "Asia/Tokyo", .offset_seconds = 9 * 3600};
    Scanner in(text);
    in.expect("+-");
    const std::int32_t offset = read_offset(in, in.last() == '-');
    if (in.good() && in.at_end()) return Zone{.name = std::string(text), .offset_seconds = offset};
    return fail(Error::usage("\"" + std::string(text) +
                             "\" is no zone: UTC, +09:00 or Asia/Tokyo is understood"));
}

Result<Time> parse_time(std::string_view text, const Zone& zone) {
    Scanner in(text);
    Calendar calendar;
    calendar.year = static_cast<std::int32_t>(in.number(4));
    in.expect("-");
    calendar.month = in.number(2);
    in.expect("-");
    calendar.day = in.number(2);
    std::optional<std::int32_t> offset;
    if (in.good() && in.accept("Tt ")) offset = read_clock(in, calendar);
    if (!in.good() || !in.at_end())
        return fail(Error::usage("\"" + std::string(text) +
                                 "\" is no time: 2019-04-17, 2019-04-17 10:02:03 or "
                                 "2019-04-17T10:02:03+09:00 is understood"));
    const Result<Time> local = from_calendar(calendar);
    if (!local)
        return fail(
            Error::usage("\"" + std::string(text) + "\" is no time: " + local.error().message));
    if (!offset) return to_utc(*local, zone);
    return Time{local->ticks - *offset * Time::per_second};
}

}  // namespace konseki
