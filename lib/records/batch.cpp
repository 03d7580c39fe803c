#include "konseki/records/batch.h"

namespace konseki::records {

void Batch::clear() {
    bytes.clear();
    records.clear();
    values.clear();
    arena.clear();
    own_shapes.clear();
    damage.clear();
}

}  // namespace konseki::records
