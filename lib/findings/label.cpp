#include "konseki/findings/finding.h"

namespace konseki::findings {

std::string_view name_of(Label label) {
    switch (label) {
        case Label::none: return {};
        case Label::own_collection: return "own_collection";
        case Label::sanctioned: return "sanctioned";
    }
    return {};
}

}  // namespace konseki::findings
