#include "progress.h"

#include <algorithm>

#include "konseki/base/text.h"
#include "konseki/render/numbers.h"

namespace konseki::kit {
namespace {

/// Nothing is shown for runs shorter than this.
constexpr std::int64_t first_shown_ticks = Time::per_second / 2;
/// Carriage return and "erase to the end of the line" (ECMA-48 8.3.41).
constexpr std::string_view restart = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(Environment& environment, bool is_wanted)
    : environment_(environment),
      talk_(environment),
      is_wanted_(is_wanted && environment.err_is_terminal),
      start_(environment.now()) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const examine::Progress& progress) {
    if (!is_wanted_ || progress.bytes_total == 0) return;
    const std::int64_t ticks = environment_.now().ticks - start_.ticks;
    if (ticks < first_shown_ticks) return;
    const double seconds = static_cast<double>(ticks) / static_cast<double>(Time::per_second);
    const double done = static_cast<double>(std::min(progress.bytes_done, progress.bytes_total));
    const double share = done / static_cast<double>(progress.bytes_total);
    const double rate = done / seconds;
    const double left = rate > 0 ? (static_cast<double>(progress.bytes_total) - done) / rate : 0;
    const std::string line =
        talk_.say("kit.progress", {{"percent", std::to_string(static_cast<int>(share * 100))},
                                   {"records", render::to_grouped(progress.records)},
                                   {"rate", render::to_size(static_cast<std::uint64_t>(rate))},
                                   {"left", std::to_string(static_cast<std::int64_t>(left) + 1)}});
    environment_.err(std::string(restart) +
                     cut_to_width(line, environment_.width > 1 ? environment_.width - 1 : 79));
    is_shown_ = true;
}

void ProgressLine::clear() {
    if (is_shown_) environment_.err(restart);
    is_shown_ = false;
}

}  // namespace konseki::kit
