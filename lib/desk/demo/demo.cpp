#include "konseki/desk/demo.h"

#include <array>
#include <memory>
#include <vector>

#include "demo/maker.h"
#include "demo/years.h"

namespace konseki::desk {
namespace {

constexpr std::array worker_roles = {casebook::Role::viewer, casebook::Role::contributor,
                                     casebook::Role::lead, casebook::Role::approver,
                                     casebook::Role::custodian};

}  // namespace

Result<void> make_demo(store::Store& store, const DemoChoice& choice) {
    const std::unique_ptr<store::Writer> writer = TRY(store.write());
    const std::vector<store::User> users = TRY(writer->users());
    if (users.size() != 1) return fail(Error::usage("the desk is in use already"));
    const Ulid by = users.front().id;
    for (const casebook::Role role : worker_roles)
        TRY_VOID(writer->put_grant({by, {}, role, by, choice.now}));
    demo::Dice dice(choice.seed);
    demo::Maker maker(*writer, choice, by, dice);
    TRY_VOID(maker.add_organisations(demo::lines.front().period.begin()));
    TRY_VOID(demo::add_years(maker));
    TRY_VOID(demo::add_present(maker));
    return writer->commit();
}

}  // namespace konseki::desk
