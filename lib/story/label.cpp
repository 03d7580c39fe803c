#include "konseki/story/label.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "command_text.h"
#include "finding_fields.h"
#include "konseki/base/text.h"
#include "konseki/findings/host_names.h"

namespace konseki::story {
namespace {

using findings::CollectionCommand;
using findings::Finding;
using findings::Label;
using findings::RuleInfo;
using findings::Sanction;
using std::string_view;

// Fields of the logs, and those that Sigma's rules name them by.
constexpr std::array<string_view, 3> command_line_fields = {"CommandLine", "ProcessCommandLine",
                                                            "HostApplication"};
constexpr std::array<string_view, 2> image_fields = {"NewProcessName", "Image"};
constexpr std::array<string_view, 3> written_file_fields = {"HiveName", "TargetFilename",
                                                            "BackupPath"};
constexpr std::array<string_view, 5> program_fields = {"Image", "NewProcessName", "ProcessName",
                                                       "CallerProcessName", "Application"};

bool looks_like_sid(string_view text) {
    return text.starts_with("S-1-") || text.starts_with("s-1-");
}

/// `name` of `DOMAIN\name`, folded; the domain, where there is one.
struct AccountName {
    AccountName() = default;
    explicit AccountName(string_view written) {
        std::string folded = fold(written);
        const std::size_t slash = folded.find('\\');
        if (slash != folded.npos) domain = folded.substr(0, slash);
        name = slash == folded.npos ? std::move(folded) : folded.substr(slash + 1);
    }
    bool is(const AccountName& other) const {
        return !name.empty() && name == other.name &&
               (domain.empty() || other.domain.empty() || domain == other.domain);
    }
    std::string domain, name;
};

/// Who acted, as far as the event says: not the one that was acted on.
struct Actor {
    Actor() = default;
    Actor(string_view with_sid, string_view with_name) : sid(fold(with_sid)), name(with_name) {}
    /// A SID decides where both sides have one: names can be given to somebody else.
    bool is(const Actor& other) const {
        if (!sid.empty() && !other.sid.empty()) return sid == other.sid;
        return name.is(other.name);
    }
    std::string sid;  ///< folded
    AccountName name;
};

Actor actor_of(const FindingFields& fields, string_view account) {
    string_view sid = fields.first("SubjectUserSid");
    std::string name(fields.first("SubjectUserName"));
    const string_view domain = fields.first("SubjectDomainName");
    if (!name.empty() && !domain.empty()) name = std::string(domain) + '\\' + name;
    if (name.empty()) name = fields.first("User");
    // VSSAudit writes values without names: the SID, then the name.
    const std::vector<string_view> data = fields.all("Data");
    if (sid.empty() && name.empty() && data.size() > 1 && looks_like_sid(data[0])) {
        sid = data[0];
        name = data[1];
    }
    if (sid.empty() && name.empty())
        return looks_like_sid(account) ? Actor(account, {}) : Actor({}, account);
    return {sid, name};
}

/// What an event says of a command. The narrowest decides: a program that was recorded with one file is not
/// covered for another.
class Act {
  public:
    explicit Act(const FindingFields& fields)
        : image_(first_of(image_fields, fields)),
          file_(first_of(written_file_fields, fields)),
          program_(first_of(program_fields, fields)) {
        if (const string_view line = first_of(command_line_fields, fields); !line.empty())
            line_.emplace(line);
    }
    bool is_of(const CommandText& command) const {
        if (line_) return *line_ == command && (image_.empty() || line_->is_image(image_));
        return file_.empty() ? command.is_program(program_) : command.has_path(file_);
    }

  private:
    static string_view first_of(std::span<const string_view> names, const FindingFields& fields) {
        for (const string_view name : names)
            if (const string_view value = fields.first(name); !value.empty()) return value;
        return {};
    }

    std::optional<CommandText> line_;
    string_view image_, file_, program_;
};

/// A command of the record, ready to be compared.
struct Prepared {
    Prepared(CollectionCommand from, const findings::HostNames& names)
        : command(std::move(from)),
          text(command.command),
          actor(command.sid, command.user),
          hosts(names.meant_by(command.host)) {}
    CollectionCommand command;
    CommandText text;
    Actor actor;
    std::vector<std::uint32_t> hosts;
};

bool is_in_time(const CollectionCommand& command, Time time) {
    return time.ticks >= command.start.ticks - Labeller::seconds_before * Time::per_second &&
           time.ticks <= command.end.ticks + Labeller::seconds_after * Time::per_second;
}

/// A sanction, ready to be compared.
struct Allowed {
    Allowed(Sanction from, const findings::HostNames& names)
        : sanction(std::move(from)),
          value(fold(sanction.field.value)),
          hosts(names.meant_by(sanction.host)),
          actor(looks_like_sid(sanction.account) ? Actor(sanction.account, {})
                                                 : Actor({}, sanction.account)) {}
    bool asks_for_equal() const {
        return !sanction.field.field.empty() && !sanction.field.contains;
    }
    Sanction sanction;
    std::string value;                 ///< of its field, folded
    std::vector<std::uint32_t> hosts;  ///< that it names
    Actor actor;
};

/// What sanctions ask of a finding, worked out once for all of them.
class Asked {
  public:
    explicit Asked(const Finding& finding)
        : finding_(finding), fields_(finding), actor_(actor_of(fields_, finding.record.account)) {}
    std::uint32_t host() const { return finding_.host; }

    /// The values of a field, folded.
    const std::vector<std::string>& values(const std::string& field) {
        const auto [at, is_new] = values_.try_emplace(field);
        if (is_new)
            for (const string_view value : fields_.all(field)) at->second.push_back(fold(value));
        return at->second;
    }
    bool holds(const Allowed& allowed) {
        const Sanction& sanction = allowed.sanction;
        if (sanction.until && finding_.time >= *sanction.until) return false;
        if (!sanction.account.empty() && !actor_.is(allowed.actor)) return false;
        if (!sanction.field.contains || sanction.field.field.empty()) return true;
        return std::ranges::any_of(values(sanction.field.field), [&](const std::string& value) {
            return value.contains(allowed.value);
        });
    }

  private:
    const Finding& finding_;
    FindingFields fields_;
    Actor actor_;
    std::map<std::string, std::vector<std::string>> values_;
};

/// The sanctions of one rule by what they ask of the field and the host, so that of thousands few are looked at.
class RuleSanctions {
  public:
    void add(std::uint32_t number, const Allowed& allowed) {
        const bool by_value = allowed.asks_for_equal();
        Places& places = by_field_[by_value ? allowed.sanction.field.field : std::string()];
        const std::string value = by_value ? allowed.value : std::string();
        if (allowed.sanction.host.empty()) places[{value, any_host}].push_back(number);
        for (const std::uint32_t host : allowed.hosts) places[{value, host}].push_back(number);
    }
    bool is_empty() const { return by_field_.empty(); }

    /// The first that allows the finding.
    const Allowed* first_of(const std::vector<Allowed>& all, Asked& asked) const {
        std::size_t best = all.size();
        const auto look = [&](const Places& places, const std::string& value) {
            for (const std::uint32_t host : {any_host, asked.host()}) {
                const auto place = places.find({value, host});
                if (place == places.end()) continue;
                for (const std::uint32_t number : place->second) {
                    if (number >= best) break;
                    if (asked.holds(all[number])) best = number;
                }
            }
        };
        for (const auto& [field, places] : by_field_) {
            if (field.empty()) {
                look(places, {});
                continue;
            }
            for (const std::string& value : asked.values(field)) look(places, value);
        }
        return best == all.size() ? nullptr : &all[best];
    }

  private:
    static constexpr std::uint32_t any_host = 0xffff'ffff;
    /// By value and host: numbers, ascending.
    using Places = std::map<std::pair<std::string, std::uint32_t>, std::vector<std::uint32_t>>;
    std::map<std::string, Places> by_field_;  ///< without a name: those that ask for no equal value
};

}  // namespace

RuleNames::RuleNames(const std::vector<RuleInfo>& rules) {
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
        add(rules[i].id, i);
        add(rules[i].title, i);
        if (!rules[i].own) continue;
        add(rules[i].own->id, i);
        add(rules[i].own->title_ja, i);
    }
}

void RuleNames::add(string_view name, std::uint32_t rule) {
    if (name.empty()) return;
    std::vector<std::uint32_t>& rules = of_name_[fold(name)];
    if (rules.empty() || rules.back() != rule) rules.push_back(rule);
}

std::span<const std::uint32_t> RuleNames::of(string_view name) const {
    const auto found = of_name_.find(fold(name));
    if (found == of_name_.end()) return {};
    return found->second;
}

struct Labeller::State {
    explicit State(const findings::Examination& from) : examination(from) {}

    const CollectionCommand* command_of(const Finding& finding) const {
        if (commands.empty()) return nullptr;
        const FindingFields fields(finding);
        const Actor actor = actor_of(fields, finding.record.account);
        const Act act(fields);
        for (const Prepared& one : commands)
            if (is_in_time(one.command, finding.time) && actor.is(one.actor) &&
                act.is_of(one.text) && std::ranges::binary_search(one.hosts, finding.host))
                return &one.command;
        return nullptr;
    }

    const findings::Examination& examination;
    std::vector<Prepared> commands;
    std::vector<Allowed> sanctioned;
    std::vector<RuleSanctions> of_rule;
};

Labeller::Labeller(const findings::Examination& examination,
                   std::vector<CollectionCommand> commands,
                   std::vector<findings::ProfileHost> hosts, std::vector<Sanction> sanctioned)
    : state_(std::make_unique<State>(examination)) {
    const findings::HostNames names(examination.hosts, hosts);
    for (CollectionCommand& command : commands)
        state_->commands.emplace_back(std::move(command), names);
    state_->of_rule.resize(examination.rules.size());
    const RuleNames rules(examination.rules);
    for (Sanction& sanction : sanctioned) {
        const std::uint32_t number = static_cast<std::uint32_t>(state_->sanctioned.size());
        const Allowed& allowed = state_->sanctioned.emplace_back(std::move(sanction), names);
        for (const std::uint32_t rule : rules.of(allowed.sanction.rule))
            state_->of_rule[rule].add(number, allowed);
    }
}

Labeller::~Labeller() = default;

void Labeller::label(Finding& finding) const {
    finding.label = Label::none;
    finding.label_reason.clear();
    const RuleInfo& rule = state_->examination.rules[finding.rule];
    if (rule.own && rule.own->own_collection) {
        if (const CollectionCommand* const command = state_->command_of(finding)) {
            finding.label = Label::own_collection;
            finding.label_reason = command->command;
            return;
        }
    }
    const RuleSanctions& sanctions = state_->of_rule[finding.rule];
    if (sanctions.is_empty()) return;
    Asked asked(finding);
    if (const Allowed* const allowed = sanctions.first_of(state_->sanctioned, asked)) {
        finding.label = Label::sanctioned;
        finding.label_reason = allowed->sanction.reason;
    }
}

}  // namespace konseki::story
