#include "inside.h"

namespace konseki::desk {

Desk::Desk(store::Store& store, Surroundings surroundings, const SealKey& key)
    : inside_(std::make_unique<Inside>(store, std::move(surroundings), key)) {}

Desk::~Desk() = default;

}  // namespace konseki::desk
