// Built in where the user interface is not.

#include "assets.h"

namespace konseki::server {

std::span<const Asset> assets() { return {}; }

}  // namespace konseki::server
