#include <algorithm>
#include <string>
#include <string_view>

#include "built_in.h"
#include "collect_script.h"
#include "konseki/base/text.h"
#include "konseki/kit/commands.h"
#include "konseki/kit/help.h"
#include "konseki/render/terminal.h"
#include "os_file.h"
#include "talk.h"

namespace konseki::kit {
namespace {

using std::string_view;

/// Wider lines are hard to read.
constexpr std::size_t widest_page = 100;
/// Lines that begin so are typed as they stand.
constexpr string_view typed = "    ";

string_view page_of(GuideSize size, Language language) {
    const bool is_ja = language == Language::ja;
    switch (size) {
        case GuideSize::none: return is_ja ? built_in_guide_ja_none() : built_in_guide_en_none();
        case GuideSize::one: break;
        case GuideSize::sme: return is_ja ? built_in_guide_ja_sme() : built_in_guide_en_sme();
        case GuideSize::csirt: return is_ja ? built_in_guide_ja_csirt() : built_in_guide_en_csirt();
    }
    return is_ja ? built_in_guide_ja_one() : built_in_guide_en_one();
}

/// Columns of `12. ` or `- ` at the start of a line; 0 where there is none.
std::size_t marker_columns(string_view line) {
    if (line.starts_with("- ")) return 2;
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    return digits > 0 && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

std::string shown_line(string_view line, std::size_t width) {
    if (line.empty() || line.starts_with(typed)) return std::string(line) + '\n';
    const std::size_t marker = marker_columns(line);
    return std::string(line.substr(0, marker)) +
           render::wrapped(line.substr(marker), width, marker) + '\n';
}

}  // namespace

CommandResult guide(const GuideOptions& options, Environment& environment) {
    if (options.script) {
        environment.out(collect_script(Talk(environment).language()));
        return {};
    }
    string_view page = page_of(options.size, environment.language);
    std::string out;
    while (!page.empty()) {
        const std::size_t end = std::min(page.find('\n'), page.size());
        out += shown_line(page.substr(0, end), std::min(environment.width, widest_page));
        page.remove_prefix(std::min(end + 1, page.size()));
    }
    environment.out(out);
    return {};
}

CommandResult profile_init(const ProfileInitOptions& options, Environment& environment) {
    const string_view text =
        environment.language == Language::ja ? built_in_profile_ja() : built_in_profile_en();
    if (options.file.empty()) {
        environment.out(text);
        return {};
    }
    const Talk talk(environment);
    Result<OutFile> file = OutFile::create(options.file);
    if (!file) return talk.fail_with(file.error());
    Result<void> written = file->write(text);
    if (written) written = file->finish();
    return written ? CommandResult{} : talk.fail_with(written.error());
}

}  // namespace konseki::kit
