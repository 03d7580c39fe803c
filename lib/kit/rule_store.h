#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "konseki/base/hash.h"
#include "konseki/base/result.h"
#include "konseki/detect/rules.h"
#include "konseki/findings/rule.h"
#include "konseki/kit/commands.h"

namespace konseki::kit {

/// The rules of a run with everything that could not be read.
struct LoadedRules {
    detect::Rules rules;
    std::vector<findings::RuleProblem>
        unreadable;  ///< files and sets that never reached the compiler
    bool is_empty() const { return rules.info().empty(); }
};

/// What a choice of rules comes to before it is compiled.
struct GatheredRules {
    std::vector<detect::RuleFile> files;
    std::string log_sources;  ///< the table, with what the person added to it
    detect::Placeholders placeholders;
    std::vector<findings::RuleProblem> unreadable;
};

/// Where the sets that were installed lie, and compiled loose rules.
class RuleStore {
  public:
    RuleStore(std::filesystem::path data_dir, std::filesystem::path cache_dir)
        : sets_(std::move(data_dir) / "rules"), cache_(std::move(cache_dir) / "rules") {}

    /// Names of the installed sets, sorted.
    std::vector<std::string> names() const;
    /// Compiles and installs; a set of that name is replaced.
    Result<LoadedRules> install(const std::filesystem::path& source, const std::string& name,
                                detect::Placeholders placeholders) const;
    /// Fails with not_found where there is no such set.
    Result<void> remove(const std::string& name) const;

    /// Installed sets and loose paths, as asked. Fails where a path that was named cannot be read.
    Result<LoadedRules> load(const RuleChoice& choice) const;
    /// The two steps of load() for who needs the sources too.
    Result<GatheredRules> gather(const RuleChoice& choice) const;
    LoadedRules compile(const GatheredRules& gathered, bool use_cache) const;

    /// A name that is safe as a file name, from that of an archive or folder: `sigma_core` for
    /// `/x/sigma_core.zip`.
    static std::string name_for(const std::filesystem::path& source);
    /// Letters, digits, `.`, `_`, `-`; at most 64; not beginning with a dot.
    static bool is_name(std::string_view name);

  private:
    std::filesystem::path set_path(const std::string& name) const {
        return sets_ / (name + ".pack");
    }
    Result<LoadedRules> load_one_set(const std::string& name) const;
    Result<LoadedRules> load_plain_set(const std::string& name) const;
    std::filesystem::path cached_path(const Sha256& key) const;
    detect::Rules compile_cached(const std::vector<detect::RuleFile>& files,
                                 const detect::CompileOptions& options) const;

    std::filesystem::path sets_;
    std::filesystem::path cache_;
};

/// Reads a YAML file of placeholders: `name: [values]`, one a line or as a list below.
Result<detect::Placeholders> read_placeholders(const std::filesystem::path& path);

/// The built-in table of log sources, extended by a file where one is given. Fails with a usage error
/// that says file and line.
Result<std::string> read_log_sources(const std::optional<std::filesystem::path>& own);

}  // namespace konseki::kit
