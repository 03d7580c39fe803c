#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"

namespace konseki::slow_sigma {

/// One value of an event as the slow evaluator sees it: nothing but texts.
struct FlatField {
    enum class Kind : std::uint8_t {
        null,    ///< present without a value
        text,    ///< has a text, which may be empty
        hollow,  ///< an array without items: present, neither null nor any text
    };
    std::string name;  ///< as in the log
    std::string path;
    Kind kind = Kind::text;
    std::string text;           ///< as Windows prints it
    std::string folded;         ///< the same, case-folded
    std::u32string points;      ///< characters of `text`
    std::u32string low_points;  ///< characters of `folded`
};

/// An event as a list. Several fields of one name, and the items of an array, are several entries.
struct FlatRecord {
    std::vector<FlatField> fields;
};

/// Reads everything out of a record; absent fields are left out.
FlatRecord flatten(const records::Batch& batch, const records::Record& record);

/// Sets the text of a field with its other forms.
void set_text(FlatField& field, std::string text);

/// Text of the first field of this name, empty where there is none.
std::string_view first_text(const FlatRecord& record, std::string_view name);

}  // namespace konseki::slow_sigma
