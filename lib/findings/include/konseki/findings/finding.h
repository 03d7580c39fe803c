#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/findings/mark.h"

namespace konseki::findings {

/// One event of the evidence.
struct EventRef {
    Time time;
    std::uint32_t host = 0;  ///< index into Examination::hosts
    std::uint32_t item = 0;  ///< index into Examination::items
    std::uint64_t offset = 0;
    std::uint64_t record = 0;  ///< record number
    bool recovered = false;

    bool operator==(const EventRef&) const = default;
};

/// What outputs show of a record: JSON without white space, but for the account. It is printed once, when
/// the record is at hand; a finding only carries it.
struct RecordText {
    std::string_view
        account;  ///< `DOMAIN\name`, `name` or a SID; empty where the record names none
    std::string_view
        log;  ///< members `"channel":…,"provider":…,"event_identifier":…`, those there are
    std::string_view fields;  ///< object: names and values in log order
    std::string_view traces;  ///< array of `{"type","value"}`
    /// System/EventRecordID: in an exported log another number than that of the record. 0: it has none.
    std::uint64_t event_record_id = 0;
};

/// What Windows says of a record in one language, by its own message texts.
struct WindowsText {
    std::uint32_t lcid = 0;  ///< 1033 is English (United States), 1041 Japanese
    std::string text;
};

/// What outputs show of the reasons why a rule fired, in the same form.
struct MatchText {
    std::string_view matched;    ///< array of `{"field","value","pattern"}`
    std::string_view unchecked;  ///< array of `{"selection","fields"}`
    std::string_view message;    ///< the inside of a string: `field=value, field=value`
    /// What a rule of our own form says, as plain text; empty for other rules.
    std::string_view says_ja = {}, says_en = {};
};

/// Why a finding is shown and not counted.
enum class Label : std::uint8_t {
    none,            ///< it counts
    own_collection,  ///< the collection of the evidence itself, by its record of what it ran
    sanctioned,      ///< the organisation's profile says that this is allowed
};
/// `own_collection`, `sanctioned`; empty for none.
std::string_view name_of(Label label);

/// A rule that fired on a record, or a correlation on several. Texts that are views belong to the source
/// and are valid until its next().
struct Finding {
    /// Same over runs and over versions of the rule's text: 32 lower hex digits made from the rule's id,
    /// the SHA-256 (or path) of the evidence, and the place in it.
    std::string id;
    std::uint32_t rule = 0;        ///< index into Examination::rules
    Time time;                     ///< of the record; of a correlation its last event
    std::uint32_t host = 0;        ///< index into Examination::hosts
    std::vector<EventRef> events;  ///< the first 100
    std::uint64_t count = 0;       ///< all events
    RecordText record;             ///< of a correlation: its group
    MatchText match;
    /// A filter of the rule could not be tested, since the log does not carry its fields.
    bool is_unchecked = false;
    /// Set by whoever knows the collection and the organisation (story::Labeller), after next().
    Label label = Label::none;
    std::string label_reason = {};  ///< the command that was recorded, or the profile's reason
    bool is_new = false;            ///< not in the earlier report that this one is compared with
    /// Where the evidence brings Windows' own texts along (LocaleMetaData), ordered by language.
    std::vector<WindowsText> windows = {};
    const Mark* mark = nullptr;  ///< what a person made of it; lives as long as the run
};

/// Findings one after another, ordered by (time, host, path, offset, rule id). Read once.
class FindingSource {
  public:
    virtual ~FindingSource() = default;
    /// Fills `finding` with the next; false at the end. Fails where the spill cannot be read.
    virtual Result<bool> next(Finding& finding) = 0;
};

}  // namespace konseki::findings
