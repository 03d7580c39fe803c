#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/findings/collection.h"
#include "konseki/findings/examination.h"
#include "konseki/findings/profile.h"

namespace konseki::story {

/// Rules by what people call them: the short id, the id or the title in either language, in any case.
class RuleNames {
  public:
    explicit RuleNames(const std::vector<findings::RuleInfo>& rules);
    /// Indexes of the rules of this name, ascending.
    std::span<const std::uint32_t> of(std::string_view name) const;

  private:
    void add(std::string_view name, std::uint32_t rule);

    std::unordered_map<std::string, std::vector<std::uint32_t>> of_name_;
};

/// Says which findings are shown and not counted: those of the collection itself, and those that the organisation
/// allows. A record of the collection comes with the evidence and may be forged, so it covers as little as it can:
/// only rules that say that collecting makes them fire; only an event that names one of its commands (the same
/// command line, and where the image is known too, that of the command; else the same file that is written; else the same program); only on its host, by its account,
/// from 5 s before its start to 60 s after its end.
class Labeller {
  public:
    /// Events are written a little after what they tell of; clocks of scripts count whole seconds.
    static constexpr std::int64_t seconds_before = 5, seconds_after = 60;

    /// Keeps a reference to the examination. Its rules and hosts are those of the findings.
    Labeller(const findings::Examination& examination,
             std::vector<findings::CollectionCommand> commands,
             std::vector<findings::ProfileHost> hosts, std::vector<findings::Sanction> sanctioned);
    ~Labeller();

    /// Sets label and label_reason.
    void label(findings::Finding& finding) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::story
