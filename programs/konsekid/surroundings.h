#pragma once

#include <filesystem>
#include <string_view>

#include "konseki/base/result.h"
#include "konseki/desk/desk.h"
#include "konseki/render/catalogue.h"

// What lies around the program: environment, clock, random numbers, files of the data folder.

namespace konseki::desk_program {

/// From LC_ALL, LC_MESSAGES or LANG, whichever is set first (POSIX).
render::Language language_of_locale();
/// $XDG_DATA_HOME/konseki/desk, else below the home folder.
std::filesystem::path usual_data_folder();
/// The system's clock, and its random numbers (getrandom(2)).
desk::Surroundings surroundings();
/// The key in the data folder; made where there is none yet. For its owner only.
Result<desk::SealKey> seal_key(const std::filesystem::path& file);
/// A folder for its owner only.
Result<void> make_private_folder(const std::filesystem::path& folder);
/// Writes all of it or as much as can be written.
void write_all(int file, std::string_view text);

}  // namespace konseki::desk_program
