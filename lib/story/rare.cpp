#include "konseki/story/rare.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

namespace konseki::story {
namespace {

using traces::TraceType;

/// Endings of names that Windows runs, in the normal form of file names (lower case).
constexpr std::array<std::string_view, 12> program_endings = {
    ".exe", ".dll", ".sys", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".hta", ".msi"};

bool is_program(std::string_view name) {
    return std::ranges::any_of(program_endings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

bool is_of_interest(const traces::TraceLine& trace) {
    return trace.type == TraceType::service || trace.type == TraceType::task ||
           (trace.type == TraceType::file_name && is_program(trace.value));
}

bool comes_before(const Rare& a, const Rare& b) {
    return std::tuple(b.level, b.span.first, a.type, std::string_view(a.value)) <
           std::tuple(a.level, a.span.first, b.type, std::string_view(b.value));
}

}  // namespace

void RareBuilder::add(const traces::TraceLine& trace) {
    if (hosts_ < least_hosts || trace.hosts.size() != 1 || !is_of_interest(trace)) return;
    ++count_;
    Rare& rare = kept_.emplace_back();
    rare.type = trace.type;
    rare.value = trace.value;
    rare.host = trace.hosts.front();
    rare.span.add(trace.first);
    rare.span.add(trace.last);
    rare.count = trace.count;
    rare.level = trace.level;
    if (kept_.size() >= 2 * max_kept) cut();
}

std::vector<Rare> RareBuilder::finish() {
    cut();
    return std::move(kept_);
}

void RareBuilder::cut() {
    std::ranges::sort(kept_, comes_before);
    if (kept_.size() > max_kept) kept_.resize(max_kept);
}

}  // namespace konseki::story
