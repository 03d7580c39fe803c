#include "konseki/story/label.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "command_text.h"
#include "finding_fields.h"
#include "konseki/base/text.h"

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
    explicit Prepared(CollectionCommand from)
        : command(std::move(from)), text(command.command), actor(command.sid, command.user) {}
    CollectionCommand command;
    CommandText text;
    Actor actor;
};

bool is_in_time(const CollectionCommand& command, Time time) {
    return time.ticks >= command.start.ticks - Labeller::seconds_before * Time::per_second &&
           time.ticks <= command.end.ticks + Labeller::seconds_after * Time::per_second;
}

bool fits_field(const findings::FieldCondition& condition, const FindingFields& fields) {
    if (condition.field.empty()) return true;
    const std::string wanted = fold(condition.value);
    for (const string_view value : fields.all(condition.field)) {
        const std::string folded = fold(value);
        if (condition.contains ? folded.contains(wanted) : folded == wanted) return true;
    }
    return false;
}

}  // namespace

bool is_rule(const RuleInfo& rule, std::string_view wanted) {
    if (wanted.empty()) return false;
    const std::string name = fold(wanted);
    return fold(rule.id) == name || fold(rule.title) == name ||
           (rule.own && (fold(rule.own->id) == name || fold(rule.own->title_ja) == name));
}

struct Labeller::State {
    State(const findings::Examination& from, std::vector<findings::ProfileHost> known_hosts,
          std::vector<Sanction> allowed)
        : examination(from), hosts(std::move(known_hosts)), sanctioned(std::move(allowed)) {}

    bool is_host(string_view host, string_view wanted) const {
        if (findings::is_same_host(host, wanted)) return true;
        for (const findings::ProfileHost& known : hosts)
            if (is_named(known, host) && is_named(known, wanted)) return true;
        return false;
    }
    static bool is_named(const findings::ProfileHost& host, string_view name) {
        const auto is_it = [&](const std::string& other) {
            return findings::is_same_host(name, other);
        };
        return is_it(host.name) || std::ranges::any_of(host.aliases, is_it);
    }

    const CollectionCommand* command_of(const Finding& finding) const {
        if (commands.empty()) return nullptr;
        const std::string& host = examination.hosts[finding.host].name;
        const FindingFields fields(finding);
        const Actor actor = actor_of(fields, finding.record.account);
        const Act act(fields);
        for (const Prepared& one : commands)
            if (is_in_time(one.command, finding.time) && actor.is(one.actor) &&
                act.is_of(one.text) && is_host(host, one.command.host))
                return &one.command;
        return nullptr;
    }

    bool allows(const Sanction& sanction, const Finding& finding,
                const FindingFields& fields) const {
        if (sanction.until && finding.time >= *sanction.until) return false;
        if (!sanction.host.empty() && !is_host(examination.hosts[finding.host].name, sanction.host))
            return false;
        if (!sanction.account.empty()) {
            const Actor actor = actor_of(fields, finding.record.account);
            const Actor allowed = looks_like_sid(sanction.account) ? Actor(sanction.account, {})
                                                                   : Actor({}, sanction.account);
            if (!actor.is(allowed)) return false;
        }
        return fits_field(sanction.field, fields);
    }

    const findings::Examination& examination;
    std::vector<Prepared> commands;
    std::vector<findings::ProfileHost> hosts;
    std::vector<Sanction> sanctioned;
    std::vector<std::vector<std::size_t>> of_rule;  ///< per rule: its sanctions
};

Labeller::Labeller(const findings::Examination& examination,
                   std::vector<CollectionCommand> commands,
                   std::vector<findings::ProfileHost> hosts, std::vector<Sanction> sanctioned)
    : state_(std::make_unique<State>(examination, std::move(hosts), std::move(sanctioned))) {
    for (CollectionCommand& command : commands) state_->commands.emplace_back(std::move(command));
    state_->of_rule.resize(examination.rules.size());
    for (std::size_t rule = 0; rule < examination.rules.size(); ++rule)
        for (std::size_t i = 0; i < state_->sanctioned.size(); ++i)
            if (is_rule(examination.rules[rule], state_->sanctioned[i].rule))
                state_->of_rule[rule].push_back(i);
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
    if (state_->of_rule[finding.rule].empty()) return;
    const FindingFields fields(finding);
    for (const std::size_t i : state_->of_rule[finding.rule]) {
        if (!state_->allows(state_->sanctioned[i], finding, fields)) continue;
        finding.label = Label::sanctioned;
        finding.label_reason = state_->sanctioned[i].reason;
        return;
    }
}

}  // namespace konseki::story
