#include "previous.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <string>

#include "os_file.h"

namespace konseki::kit {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;
constexpr std::string_view schema_line = R"({"schema":"konseki/finding/1"})";
constexpr std::string_view before_id = R"({"id":")";
constexpr std::size_t half_digits = 16;

std::optional<std::uint64_t> hex_in(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_id(std::string_view id) {
    if (id.size() != 2 * half_digits) return std::nullopt;
    const std::optional<std::uint64_t> high = hex_in(id.substr(0, half_digits));
    const std::optional<std::uint64_t> low = hex_in(id.substr(half_digits));
    if (!high || !low) return std::nullopt;
    return std::pair{*high, *low};
}

/// Gives the first bytes of each line: an id stands there, and lines may be long.
template <class Take>
Result<void> for_each_line_start(const OsFile& file, Take&& take) {
    constexpr std::size_t wanted = before_id.size() + 2 * half_digits;
    std::string block(block_bytes, '\0'), start;
    bool is_open = true;
    for (std::uint64_t at = 0; at < file.size();) {
        const std::size_t got = TRY(file.read_at(at, std::as_writable_bytes(std::span(block))));
        if (got == 0) break;
        at += got;
        std::string_view rest = std::string_view(block).substr(0, got);
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            if (is_open) start += rest.substr(0, std::min(end, wanted - start.size()));
            if (is_open && (start.size() == wanted || end < rest.size())) {
                TRY_VOID(take(start));
                start.clear();
                is_open = false;
            }
            if (end < rest.size()) is_open = true;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return {};
}

}  // namespace

Result<PreviousFindings> PreviousFindings::read(const std::filesystem::path& report) {
    const std::filesystem::path path = report / "findings.jsonl";
    const OsFile file = TRY(OsFile::open(path));
    PreviousFindings previous;
    bool is_first = true;
    TRY_VOID(for_each_line_start(file, [&](std::string_view start) -> Result<void> {
        if (std::exchange(is_first, false)) {
            if (schema_line.starts_with(start) && start.size() >= before_id.size()) return {};
            return fail(Error::bad_value(path.string() + " is no list of findings"));
        }
        if (!start.starts_with(before_id)) return {};
        const auto id = parse_id(start.substr(before_id.size()));
        if (!id) return {};
        if (previous.ids_.size() == max_findings)
            return fail(Error::limit(path.string() + " has too many findings"));
        previous.ids_.push_back(*id);
        return {};
    }));
    if (is_first) return fail(Error::bad_value(path.string() + " is no list of findings"));
    std::ranges::sort(previous.ids_);
    const auto repeated = std::ranges::unique(previous.ids_);
    previous.ids_.erase(repeated.begin(), repeated.end());
    previous.taken_.resize(previous.ids_.size());
    return previous;
}

bool PreviousFindings::take(std::string_view id) {
    const auto wanted = parse_id(id);
    if (!wanted) return false;
    const auto found = std::ranges::lower_bound(ids_, *wanted);
    if (found == ids_.end() || *found != *wanted) return false;
    const auto index = static_cast<std::size_t>(found - ids_.begin());
    if (!taken_[index]) ++taken_count_;
    taken_[index] = true;
    return true;
}

}  // namespace konseki::kit
