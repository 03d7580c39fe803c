#include "konseki/desk/demo.h"

#include <memory>

#include "demo/maker.h"
#include "demo/years.h"

namespace konseki::desk {

Result<void> make_demo(store::Store& store, const DemoChoice& choice) {
    const std::unique_ptr<store::Writer> writer = TRY(store.write());
    demo::Dice dice(choice.seed);
    demo::Maker maker(*writer, choice, dice);
    TRY_VOID(maker.add_organisations(demo::lines.front().period.begin()));
    TRY_VOID(demo::add_years(maker));
    TRY_VOID(demo::add_present(maker));
    return writer->commit();
}

}  // namespace konseki::desk
