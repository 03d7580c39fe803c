#include "zone_file.h"

#include "konseki/base/bytes.h"
#include "rule_files.h"

namespace konseki::kit {
namespace {

/// The largest zone file of tzdata has 4 KB.
constexpr std::size_t max_zone_bytes = 256 * 1024;

}  // namespace

Result<Zone> find_zone(std::string_view name, const std::filesystem::path& zone_folder) {
    Result<Zone> zone = parse_zone(name);
    if (zone || zone_folder.empty() || !is_zone_name(name)) return zone;
    const Result<std::string> file = read_small_file(zone_folder / name, max_zone_bytes);
    if (!file || !file->starts_with("TZif")) return zone;
    return read_zone(name, as_bytes(*file));
}

}  // namespace konseki::kit
