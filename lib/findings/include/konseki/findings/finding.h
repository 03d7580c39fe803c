#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/base/time.h"

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

enum class FieldKind : std::uint8_t { text, integer, boolean, null };

/// One value of a field as it will be shown: `integer` is decimal, `boolean` is `true` or `false`.
struct FieldValue {
    FieldKind kind = FieldKind::text;
    std::string text;

    bool operator==(const FieldValue&) const = default;
};

/// A field of the record with its values in log order; `is_list` where the record has an array or the
/// name more than once.
struct ShownField {
    std::string name;
    std::vector<FieldValue> values;
    bool is_list = false;

    bool operator==(const ShownField&) const = default;
};

/// A value that made the rule fire.
struct MatchedValue {
    std::string field, value, pattern;

    bool operator==(const MatchedValue&) const = default;
};

/// A filter of the rule that could not be tested, since the log does not carry these fields.
struct UncheckedFilter {
    std::string selection;
    std::vector<std::string> fields;

    bool operator==(const UncheckedFilter&) const = default;
};

/// A trace of the record: type name and normal form.
struct FindingTrace {
    std::string type, value;

    bool operator==(const FindingTrace&) const = default;
};

/// A rule that fired on a record, or a correlation on several. Owns its text.
struct Finding {
    /// Same over runs and over versions of the rule's text: 32 lower hex digits made from the rule's id,
    /// the SHA-256 (or path) of the evidence, and the place in it.
    std::string id;
    std::uint32_t rule = 0;  ///< index into Examination::rules
    Time time;               ///< of the record; of a correlation its last event
    std::uint32_t host = 0;  ///< index into Examination::hosts
    std::string account;     ///< `DOMAIN\name`, `name` or a SID; empty where the record names none
    std::vector<EventRef> events;  ///< the first 100
    std::uint64_t count = 0;       ///< all events
    std::vector<ShownField> fields;
    std::vector<MatchedValue> matched;
    std::vector<UncheckedFilter> unchecked;
    std::vector<FindingTrace> traces;

    bool is_unchecked() const { return !unchecked.empty(); }
};

/// Findings one after another, ordered by (time, host, path, offset, rule id). Read once.
class FindingSource {
  public:
    virtual ~FindingSource() = default;
    /// Fills `finding` with the next; false at the end. Fails where the spill cannot be read. A caller that
    /// gives the same object again leaves it as it was filled: what several findings share is read once.
    virtual Result<bool> next(Finding& finding) = 0;
};

}  // namespace konseki::findings
