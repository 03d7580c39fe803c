#include "evidence_input.h"

#include <string>

#include "konseki/render/numbers.h"

namespace konseki::kit {
namespace {

/// Places named on standard error; the rest is counted.
constexpr std::size_t max_said = 5;

std::string first_reason(const findings::Reading& reading) {
    for (const findings::ItemInfo& item : reading.items)
        if (item.state == findings::ItemState::unreadable) return item.path + ": " + item.reason;
    return {};
}

}  // namespace

examine::Options read_options(const ReadChoice& choice, const Environment& environment) {
    examine::Options options;
    options.threads = environment.threads;
    options.since = choice.since;
    options.until = choice.until;
    options.code_page = choice.code_page;
    options.recover = choice.recover;
    options.cancelled = environment.cancelled;
    options.seed = environment.seed;
    options.spill_folder = environment.temp_dir;
    return options;
}

ExitStatus reading_status(const findings::Reading& reading, const Talk& talk) {
    if (reading.partial) return ExitStatus::interrupted;
    const findings::Totals& totals = reading.totals;
    if (totals.files == 0) {
        talk.warn("kit.nothing_recognised", {{"files", render::to_grouped(reading.items.size())}});
        return ExitStatus::failed;
    }
    if (totals.files == totals.unreadable) {
        talk.warn("kit.nothing_readable", {{"reason", first_reason(reading)}});
        return ExitStatus::failed;
    }
    const bool is_whole = totals.unreadable == 0 && reading.damage.empty();
    return is_whole ? ExitStatus::done : ExitStatus::incomplete;
}

void warn_of_damage(const findings::Reading& reading, const Talk& talk) {
    std::uint64_t said = 0;
    const std::uint64_t all = reading.totals.unreadable + reading.damage.count();
    for (const findings::ItemInfo& item : reading.items) {
        if (item.state != findings::ItemState::unreadable || said == max_said) continue;
        ++said;
        talk.warn("kit.unreadable", {{"path", item.path}, {"reason", item.reason}});
    }
    for (const findings::DamagedPlace& place : reading.damage.sorted()) {
        if (said == max_said) break;
        ++said;
        talk.warn("kit.damage", {{"path", reading.items[place.item].path},
                                 {"offset", std::to_string(place.offset)},
                                 {"reason", place.reason}});
    }
    if (all > said) talk.warn("kit.more_damage", {{"count", render::to_grouped(all - said)}});
}

}  // namespace konseki::kit
