#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "konseki/story/told.h"
#include "page.h"

namespace konseki::report {

// Keys of the catalogue.
std::string_view movement_key(findings::MovementKind kind);
std::string_view unusual_key(story::Unusual reason);
std::string_view audit_key(story::Audit part);
std::string_view command_lines_key(story::CommandLines state);
/// Empty for a time of work.
std::string_view off_hours_key(findings::WorkTime time);
std::string_view entry_key(story::Entry entry);
std::string_view entry_state_key(story::EntryState state);
std::string_view unchecked_key(story::Unchecked kind);

/// The reasons of a movement with commas between.
std::string unusual_words(const Page& page, const std::vector<story::Unusual>& reasons);

/// How somebody moved, with administrator rights or not, and how long the longest session was.
std::string how_words(const Page& page, const story::Move& move);

/// `DC01 (10.1.0.5)`, or the name alone.
std::string place_words(const Page& page, const story::Move& move);

}  // namespace konseki::report
