#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "konseki/findings/finding.h"
#include "konseki/findings/rule.h"
#include "konseki/records/batch.h"
#include "konseki/traces/collect.h"

namespace konseki::findings {

/// A value that made a rule fire.
struct MatchedValue {
    std::string_view field, value, pattern;
};

/// A filter of a rule that could not be tested, since the log does not carry these fields.
struct UncheckedFilter {
    std::string_view selection;
    std::span<const std::string_view> fields;
};

/// Prints what findings show of a record while the record is at hand, so that nothing of it needs to be
/// kept in another form and read back. Given to the examination by whoever writes its result. One per
/// thread. Texts are valid until the next call of the same function.
class FindingPrinter {
  public:
    virtual ~FindingPrinter() = default;
    virtual RecordText record(const records::Batch& batch, const records::Record& record,
                              std::span<const traces::RecordTrace> traces) = 0;
    virtual MatchText match(std::span<const MatchedValue> matched,
                            std::span<const UncheckedFilter> unchecked) = 0;
    /// Fills the placeholders of a rule's own sentence, from what matched and from the record, into
    /// says_ja and says_en of `text`. Values are valid until the next call.
    virtual void say(const OwnTexts& own, std::span<const MatchedValue> matched,
                     const records::Batch& batch, const records::Record& record,
                     MatchText& text) = 0;
    /// The same from the group of a correlation.
    virtual void say(const OwnTexts& own,
                     std::span<const std::pair<std::string, std::string>> fields,
                     MatchText& text) = 0;
    /// Names and values of the group in which a correlation fired.
    virtual RecordText group(std::span<const std::pair<std::string, std::string>> fields) = 0;
};

}  // namespace konseki::findings
