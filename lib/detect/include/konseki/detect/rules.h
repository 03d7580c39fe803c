#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/findings/rule.h"

namespace konseki::detect {

/// One YAML file of rules, as read by the caller (detect opens no files).
struct RuleFile {
    std::string
        origin;        ///< rule set: the name of an installed set or the path that the person gave
    std::string path;  ///< of the file within it
    std::string text;
    std::string license = {};  ///< of the set, for rules that name none of their own
};

/// Values for `|expand` placeholders: name → values.
using Placeholders = std::map<std::string, std::vector<std::string>, std::less<>>;

struct CompileOptions {
    /// Text of rules/windows-logsources.yml, or of the caller's extended one.
    std::string_view log_sources;
    Placeholders placeholders;
};

/// Rules ready to match: parsed, checked and compiled, not yet bound to any evidence. Immutable.
class Rules {
  public:
    Rules();
    ~Rules();
    Rules(Rules&&) noexcept;
    Rules& operator=(Rules&&) noexcept;

    /// Never fails as a whole: what cannot be used is in problems().
    static Rules compile(const std::vector<RuleFile>& files, const CompileOptions& options);
    /// The compiled form as bytes, and back. A pack is read as if hostile: every index is checked.
    /// Fails with bad_value on another format version or any damage.
    std::vector<std::byte> to_pack() const;
    static Result<Rules> from_pack(Bytes pack);

    /// In the order (origin, file, document); Hit::rule and correlations index this.
    const std::vector<findings::RuleInfo>& info() const;
    const std::vector<findings::RuleProblem>& problems() const;

    struct Body;
    const Body& body() const { return *body_; }
    /// Takes over a body made inside the room.
    static Rules from_body(std::unique_ptr<Body> body);

  private:
    std::unique_ptr<Body> body_;
};

}  // namespace konseki::detect
