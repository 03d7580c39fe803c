#include "organisation.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "built_in.h"
#include "konseki/base/text.h"
#include "konseki/detect/organisation.h"
#include "konseki/evidence/file.h"
#include "konseki/render/numbers.h"
#include "konseki/render/reword.h"
#include "konseki/story/label.h"
#include "rule_files.h"

namespace konseki::kit {
namespace {

namespace fs = std::filesystem;

/// A profile is written by hand.
constexpr std::size_t max_profile_bytes = std::size_t{4} << 20;
/// Lines named on standard error; the rest is counted.
constexpr std::size_t max_said = 5;
constexpr std::string_view record_name = "collection.json";

std::string reason_of(const Talk& talk, const detect::LineProblem& problem) {
    return render::reword(talk.language(), "reason.", problem.reason);
}

Error wrong_line(const fs::path& file, const detect::LineProblem& problem, const Talk& talk) {
    return Error::usage(file.string() + ':' + std::to_string(problem.line) + ": " +
                        reason_of(talk, problem));
}

/// One byte more than what is read says that the file is too long.
Result<std::string> read_record(const fs::path& path) {
    const evidence::File file = TRY(evidence::File::open(path));
    std::string text(std::min<std::uint64_t>(file.size(), detect::max_collection_bytes + 1), '\0');
    const std::size_t got = TRY(file.read_at(0, std::as_writable_bytes(std::span(text))));
    text.resize(got);
    return text;
}

class Collection {
  public:
    explicit Collection(const Talk& talk) : talk_(talk) {}

    Result<void> read(const fs::path& path) {
        const std::string text = TRY(read_record(path));
        detect::CollectionRecord record = detect::read_collection(text);
        for (const detect::LineProblem& problem : record.problems) {
            if (said_ == max_said) break;
            ++said_;
            talk_.warn("kit.collection_line", {{"path", path.string()},
                                               {"line", std::to_string(problem.line)},
                                               {"reason", reason_of(talk_, problem)}});
        }
        refused_ += record.refused;
        std::ranges::move(record.commands, std::back_inserter(commands_));
        return {};
    }

    std::vector<findings::CollectionCommand> finish() {
        if (refused_ > said_)
            talk_.warn("kit.collection_more", {{"count", render::to_grouped(refused_ - said_)}});
        return std::move(commands_);
    }

  private:
    const Talk& talk_;
    std::vector<findings::CollectionCommand> commands_;
    std::uint64_t refused_ = 0, said_ = 0;
};

/// A link may lead anywhere.
bool is_plain_file(const fs::path& path) {
    std::error_code error;
    return fs::symlink_status(path, error).type() == fs::file_type::regular;
}

/// A folder in a folder by its name in any case: a mounted image keeps the case of its own.
bool has_folder(const fs::path& in, std::string_view name, std::string_view below) {
    std::error_code error;
    for (fs::directory_iterator at(in, error), end; !error && at != end; at.increment(error)) {
        std::error_code status_error;
        if (!at->is_directory(status_error) || fold(at->path().filename().string()) != name)
            continue;
        if (below.empty() || has_folder(at->path(), below, {})) return true;
    }
    return false;
}

/// The disk of a host, as an image of it is mounted: what stands there was perhaps put there by an intruder.
bool looks_like_windows_volume(const fs::path& root) {
    return has_folder(root, "users", {}) || has_folder(root, "windows", "system32");
}

/// A record below the root: perhaps of a host that was collected into a folder of its own.
void warn_of_deeper(const std::vector<evidence::Item>& items, const std::vector<fs::path>& roots,
                    const Talk& talk) {
    const auto is_deeper = [&](const evidence::Item& item) {
        if (fold(item.absolute.filename().string()) != record_name) return false;
        return std::ranges::none_of(roots, [&](const fs::path& root) {
            std::error_code error;
            return fs::equivalent(root, item.absolute.parent_path(), error);
        });
    };
    const auto first = std::ranges::find_if(items, is_deeper);
    if (first == items.end()) return;
    talk.warn("kit.collection_deeper", {{"path", first->path}});
}

}  // namespace

Result<findings::Profile> load_profile(const CheckOptions& options, const Environment& environment,
                                       const Talk& talk) {
    if (!options.profile) return findings::Profile{};
    const std::string text = TRY(read_small_file(*options.profile, max_profile_bytes));
    auto profile = detect::read_profile(text, environment.zone);
    if (profile) return std::move(*profile);
    return fail(wrong_line(*options.profile, profile.error(), talk));
}

Result<findings::VerdictRules> load_verdict_rules(const CheckOptions& options, const Talk& talk) {
    findings::VerdictRules rules = built_in_verdict_rules();
    if (!options.verdict) return rules;
    const std::string text = TRY(read_small_file(*options.verdict, max_profile_bytes));
    auto own = detect::read_verdict_rules(text, std::move(rules));
    if (!own) return fail(wrong_line(*options.verdict, own.error(), talk));
    return std::move(*own);
}

std::map<std::string, std::string> aliases_of(const findings::Profile& profile) {
    std::map<std::string, std::string> aliases;
    for (const findings::ProfileHost& host : profile.hosts)
        for (const std::string& alias : host.aliases) aliases.emplace(fold(alias), fold(host.name));
    return aliases;
}

void warn_of_idle_sanctions(const findings::Profile& profile,
                            const std::vector<findings::RuleInfo>& rules,
                            const CheckOptions& options, const Talk& talk) {
    std::size_t said = 0;
    const story::RuleNames names(rules);
    for (const findings::Sanction& sanction : profile.sanctioned) {
        if (said == max_said) return;
        if (!names.of(sanction.rule).empty()) continue;
        ++said;
        talk.warn("kit.sanction_idle", {{"path", options.profile->string()},
                                        {"line", std::to_string(sanction.line)},
                                        {"rule", sanction.rule}});
    }
}

void warn_of_unclear_hosts(const Organisation& organisation,
                           const std::vector<std::string_view>& marked,
                           const findings::HostNames& names,
                           const findings::Examination& examination, const Talk& talk) {
    std::vector<std::string_view> named = marked;
    for (const findings::Sanction& sanction : organisation.profile.sanctioned)
        named.push_back(sanction.host);
    for (const findings::CollectionCommand& command : organisation.commands)
        named.push_back(command.host);
    for (const std::string_view host : named) {
        const std::vector<std::uint32_t> rivals = names.rivals_for(host);
        if (rivals.empty()) continue;
        return talk.warn("kit.host_unclear", {{"host", std::string(host)},
                                              {"first", examination.hosts[rivals[0]].name},
                                              {"second", examination.hosts[rivals[1]].name}});
    }
}

Result<std::vector<findings::CollectionCommand>> load_collection(
    const CheckOptions& options, const std::vector<evidence::Item>& items, const Talk& talk) {
    Collection collection(talk);
    std::vector<fs::path> roots;
    for (const fs::path& path : options.read.paths) {
        if (!fs::is_directory(path)) continue;
        roots.push_back(path);
        const fs::path record = path / record_name;
        if (!is_plain_file(record)) continue;
        if (!looks_like_windows_volume(path)) {
            TRY_VOID(collection.read(record));
        } else if (options.collection.empty()) {
            talk.warn("kit.collection_volume", {{"path", record.string()}});
        }
    }
    for (const fs::path& path : options.collection) TRY_VOID(collection.read(path));
    if (options.collection.empty()) warn_of_deeper(items, roots, talk);
    return collection.finish();
}

}  // namespace konseki::kit
