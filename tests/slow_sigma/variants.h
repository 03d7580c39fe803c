#pragma once

#include <random>
#include <string>
#include <string_view>

#include "glob.h"
#include "record_maker.h"
#include "slow_rule.h"

namespace konseki::slow_sigma {

/// A source of chance with a few shorthands.
struct Chance {
    std::mt19937_64 engine;
    std::size_t below(std::size_t count) { return count == 0 ? 0 : engine() % count; }
    bool in(std::size_t of, std::size_t per = 100) { return below(per) < of; }
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }
};

/// Text that may stand where a rule does not care: empty, plain, beyond ASCII, with line breaks.
std::string filler(Chance& chance);
/// The same text with other case, beyond ASCII too.
std::string other_case(std::string_view utf8, Chance& chance);
/// A text with one small change.
std::string nearly(std::string_view utf8, Chance& chance);
/// A text for steps [begin, end) of a glob.
std::string sample_glob(const Glob& glob, std::size_t begin, std::size_t end, Chance& chance);
/// An address inside a network, at one of its edges, or just outside; in one of its spellings.
std::string sample_cidr(std::string_view network, Chance& chance);
/// A time whose part is near a number.
std::string sample_time(std::string_view part, long long number, Chance& chance);
/// A text as one of the types it may have in a log.
MadeValue typed(const std::string& text, Chance& chance);

}  // namespace konseki::slow_sigma
