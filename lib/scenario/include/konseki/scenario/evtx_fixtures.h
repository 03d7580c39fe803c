#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "konseki/scenario/evtx_writer.h"

namespace konseki::scenario::evtx {

/// A made log with a name, for tests and by hand.
struct Fixture {
    std::string_view name, says;
};
/// All fixtures that make_fixture knows, in order.
std::vector<Fixture> fixtures();
/// The log of that name, or nothing where there is no such name.
std::optional<Image> make_fixture(std::string_view name);

/// `Data` of each value type but null with a typical value, named after the type; and one for each array type.
/// Old releases of libevtx refuse SID and boolean arrays, a null in a normal substitution, and character
/// references; the evtx crate reads all.
std::vector<std::pair<std::string, Value>> one_of_each_type();
std::vector<std::pair<std::string, Value>> one_of_each_array();

/// A log of one record whose one template is `<Event><Data>{0}</Data></Event>` around this value: the
/// smallest log that says something.
Image smallest_log(const Value& value);

/// `count` Sysmon process creations of one host with ids from `first_id`.
Image process_log(std::uint64_t count, std::uint64_t first_id = 1, LogOptions options = {});

}  // namespace konseki::scenario::evtx
