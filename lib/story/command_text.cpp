#include "command_text.h"

#include <algorithm>
#include <array>

#include "konseki/base/text.h"

namespace konseki::story {
namespace {

constexpr std::string_view exe = ".exe";

constexpr std::array<std::string_view, 3> system_folders = {"system32\\", "syswow64\\",
                                                            "sysnative\\"};
constexpr std::array<std::string_view, 3> program_folders = {"", "wbem\\",
                                                             "windowspowershell\\v1.0\\"};

/// Folders whose programs are called by their bare names: these and none below them, for some of those anybody may
/// write to. A tool of the same name elsewhere is another program.
bool is_system_folder(std::string_view folder) {
    constexpr std::string_view windows = ":\\windows\\";
    const std::size_t at = folder.find(windows);
    if (at != 1) return false;
    folder.remove_prefix(at + windows.size());
    for (const std::string_view system : system_folders)
        if (folder.starts_with(system))
            return std::ranges::find(program_folders, folder.substr(system.size())) !=
                   program_folders.end();
    return false;
}

std::string program_of(std::string word) {
    if (word.ends_with(exe)) word.resize(word.size() - exe.size());
    const std::size_t slash = word.rfind('\\');
    if (slash != word.npos && is_system_folder(std::string_view(word).substr(0, slash + 1)))
        word.erase(0, slash + 1);
    return word;
}

std::vector<std::string> words_of(std::string_view folded) {
    std::vector<std::string> words;
    bool inside = false, is_open = false;
    for (const char c : folded) {
        if (c == '"') {
            inside = !inside;
        } else if (!inside && (c == ' ' || c == '\t')) {
            is_open = false;
            continue;
        }
        if (!is_open) words.emplace_back();
        is_open = true;
        if (c != '"') words.back() += c;
    }
    return words;
}

}  // namespace

CommandText::CommandText(std::string_view written) {
    std::vector<std::string> words = words_of(fold(written));
    if (words.empty()) return;
    image = program_of(words.front());
    // A batch file starts some programs through another shell.
    if (words.size() > 2 && image == "cmd" && words[1] == "/c")
        words.erase(words.begin(), words.begin() + 2);
    program = program_of(std::move(words.front()));
    arguments.assign(std::move_iterator(words.begin() + 1), std::move_iterator(words.end()));
}

bool CommandText::is_image(std::string_view path) const {
    return !image.empty() && program_of(fold(path)) == image;
}

bool CommandText::is_program(std::string_view path) const {
    return !program.empty() && program_of(fold(path)) == program;
}

bool CommandText::has_path(std::string_view path) const {
    constexpr std::string_view kernel_prefix = "\\??\\";
    std::string wanted = fold(path);
    if (wanted.starts_with(kernel_prefix)) wanted.erase(0, kernel_prefix.size());
    return !wanted.empty() && std::ranges::find(arguments, wanted) != arguments.end();
}

}  // namespace konseki::story
