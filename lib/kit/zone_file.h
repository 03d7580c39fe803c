#pragma once

#include <filesystem>
#include <string_view>

#include "konseki/base/result.h"
#include "konseki/base/time.h"

namespace konseki::kit {

/// The zone that a person names: as parse_zone knows it, else by its file in the folder of the system's
/// zone files. Fails with what parse_zone says where there is no such file.
Result<Zone> find_zone(std::string_view name, const std::filesystem::path& zone_folder);

}  // namespace konseki::kit
