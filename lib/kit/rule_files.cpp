#include "rule_files.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "konseki/containers/archive.h"
#include "licence.h"
#include "os_file.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

/// Folders of SigmaHQ-like sets whose YAML is not meant to run.
constexpr std::array<std::string_view, 7> left_out = {
    "deprecated", "unsupported", "tests", "regression_data", "documentation", ".github", ".git"};
/// The largest archive of rules that is read: SigmaHQ's whole repository is 40 MB.
constexpr std::uint64_t max_archive_bytes = 512u << 20;

bool is_left_out(std::string_view folder) {
    return std::find(left_out.begin(), left_out.end(), folder) != left_out.end();
}

findings::RuleProblem refused(std::string_view origin, std::string_view file, std::string reason) {
    findings::RuleProblem problem;
    problem.origin = origin;
    problem.file = file;
    problem.reason = std::move(reason);
    return problem;
}

std::string_view file_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(slash + 1);
}

/// A licence file lies at the root, or in the one folder that archives of a repository have there.
bool is_licence_path(std::string_view path) {
    return licence_rank(file_name(path)) > 0 && std::ranges::count(path, '/') <= 1;
}

/// Chooses among the licence files of a set: that at the root first, then by name.
class LicenceChoice {
  public:
    void take(std::string_view path, std::string_view text) {
        constexpr int above_any_name = 100;
        const int rank = licence_rank(file_name(path)) + (path.contains('/') ? 0 : above_any_name);
        if (rank <= rank_) return;
        std::string name = licence_name(text);
        if (name.empty()) return;
        rank_ = rank;
        folder_ = path.substr(0, path.size() - file_name(path).size());
        name_ = std::move(name);
    }
    /// One in a folder is that of the set only where all rules lie in the folder.
    std::string for_rules(const std::vector<detect::RuleFile>& files) const {
        const bool is_of_all = std::ranges::all_of(
            files, [this](const detect::RuleFile& file) { return file.path.starts_with(folder_); });
        return is_of_all ? name_ : std::string();
    }

  private:
    int rank_ = 0;
    std::string folder_, name_;
};

/// Gathers the rules of an archive.
class RuleSink final : public containers::EntrySink {
  public:
    RuleSink(RuleSources& sources, std::string_view origin) : sources_(sources), origin_(origin) {}

    containers::EntryWish wish(const containers::Entry& entry) override {
        if (is_licence_path(entry.path) && entry.size <= max_licence_bytes)
            return containers::EntryWish::read;
        if (!is_rule_path(entry.path)) return containers::EntryWish::skip;
        if (sources_.files.size() >= max_rule_files) return containers::EntryWish::stop;
        if (entry.size <= max_rule_file_bytes) return containers::EntryWish::read;
        sources_.problems.push_back(refused(origin_, entry.path, "file is too long for a rule"));
        return containers::EntryWish::skip;
    }
    void take(const containers::Entry& entry, Bytes contents) override {
        if (!is_rule_path(entry.path)) return licence_.take(entry.path, as_text(contents));
        sources_.files.push_back(
            {std::string(origin_), entry.path, std::string(as_text(contents))});
    }
    void note(const containers::EntryDamage& damage) override {
        sources_.problems.push_back(refused(origin_, damage.path, damage.reason));
    }
    const LicenceChoice& licence() const { return licence_; }

  private:
    RuleSources& sources_;
    std::string_view origin_;
    LicenceChoice licence_;
};

/// The licence file in the folder itself, where there is one that can be read.
std::string licence_in(const fs::path& folder) {
    LicenceChoice choice;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (licence_rank(name) == 0 || !entry.is_regular_file(error)) continue;
        if (const Result<std::string> text = read_small_file(entry.path(), max_licence_bytes); text)
            choice.take(name, *text);
    }
    return choice.for_rules({});
}

Result<void> read_folder(const fs::path& folder, std::string_view origin, RuleSources& sources) {
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                        error);
    if (error) return fail(Error::io("open " + folder.string(), error.value()));
    for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
        if (error) return fail(Error::io("read " + folder.string(), error.value()));
        const std::string path = at->path().lexically_relative(folder).generic_string();
        if (!at->is_regular_file(error) || !is_rule_path(path)) continue;
        if (sources.files.size() >= max_rule_files)
            return fail(Error::limit("too many rule files in " + folder.string()));
        Result<std::string> text = read_small_file(at->path(), max_rule_file_bytes);
        if (text)
            sources.files.push_back({std::string(origin), path, std::move(*text)});
        else
            sources.problems.push_back(refused(origin, path, text.error().message));
    }
    // A failing step ends the walk.
    if (error) return fail(Error::io("read " + folder.string(), error.value()));
    sources.license = licence_in(folder);
    return {};
}

Result<void> read_one(const fs::path& path, std::string_view origin, RuleSources& sources) {
    const std::string name = path.filename().string();
    if (name.ends_with(".yml") || name.ends_with(".yaml")) {
        std::string text = TRY(read_small_file(path, max_rule_file_bytes));
        sources.files.push_back({std::string(origin), name, std::move(text)});
        return {};
    }
    const OsFile file = TRY(OsFile::open(path));
    if (file.size() > max_archive_bytes)
        return fail(Error::limit(path.string() + " is too large for an archive of rules"));
    RuleSink sink(sources, origin);
    Result<void> read = containers::for_each_entry(file, name, containers::Limits{}, sink);
    sources.license = sink.licence().for_rules(sources.files);
    if (!read && read.error().kind == ErrorKind::unsupported)
        return fail(Error::usage(path.string() +
                                 " is no rule file (.yml), folder or archive (.zip, .tar.gz)"));
    return read;
}

}  // namespace

bool is_rule_path(std::string_view path) {
    const std::size_t name_at = path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1;
    const std::string_view name = path.substr(name_at);
    if (name.starts_with('.') || name.ends_with(trial_ending) ||
        !(name.ends_with(".yml") || name.ends_with(".yaml")))
        return false;
    for (std::size_t at = 0; at < name_at;) {
        const std::size_t end = path.find('/', at);
        if (is_left_out(path.substr(at, end - at))) return false;
        at = end + 1;
    }
    return true;
}

Result<std::vector<fs::path>> files_below(
    const std::vector<fs::path>& folders,
    const std::function<bool(const std::string& name)>& wanted) {
    std::vector<fs::path> found;
    for (const fs::path& folder : folders) {
        std::error_code error;
        fs::recursive_directory_iterator at(folder, error);
        if (error) return fail(Error::io("open " + folder.string(), error.value()));
        for (; at != fs::recursive_directory_iterator(); at.increment(error))
            if (wanted(at->path().filename().string())) found.push_back(at->path());
        // A failing step ends the walk.
        if (error) return fail(Error::io("read " + folder.string(), error.value()));
    }
    std::sort(found.begin(), found.end());
    return found;
}

Result<RuleSources> read_rule_sources(const fs::path& path, std::string_view origin) {
    RuleSources sources;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) return fail(Error::io("open " + path.string(), error.value()));
    if (fs::is_directory(status))
        TRY_VOID(read_folder(path, origin, sources));
    else
        TRY_VOID(read_one(path, origin, sources));
    if (sources.files.empty() && sources.problems.empty())
        return fail(Error{.kind = ErrorKind::not_found,
                          .message = path.string() + " holds no Sigma rule (.yml)"});
    for (detect::RuleFile& file : sources.files) file.license = sources.license;
    std::sort(sources.files.begin(), sources.files.end(),
              [](const detect::RuleFile& a, const detect::RuleFile& b) { return a.path < b.path; });
    return sources;
}

}  // namespace konseki::kit
