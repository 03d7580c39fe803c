#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace konseki::findings {

/// Sigma's five levels, in order. A rule without one has std::nullopt and sorts as medium.
enum class Level : std::uint8_t { informational, low, medium, high, critical };
std::string_view name_of(Level level);
std::optional<Level> parse_level(std::string_view text);
inline Level sort_level(std::optional<Level> level) { return level.value_or(Level::medium); }

enum class RuleKind : std::uint8_t { sigma, correlation, own, known, yara };
std::string_view name_of(RuleKind kind);

/// A text in both languages.
struct Bilingual {
    std::string ja, en;
    bool operator==(const Bilingual&) const = default;
};

/// What a rule of our own form asks of an event besides what Sigma can say.
struct OwnCheck {
    enum class Kind : std::uint8_t {
        near,   ///< a field holds a word that is nearly, but not quite, one of `words`
        apart,  ///< two fields hold times that lie more than `limit` minutes apart
        off_hours,  ///< the record's time is none of work by the organisation's calendar; without one it never fires
    };
    Kind kind = Kind::near;
    std::vector<std::string>
        fields;  ///< near: one; apart: two; off_hours: none. The detection must name them, too.
    std::vector<std::string> words;
    std::uint32_t limit = 0;  ///< near: edits at most; apart: minutes
    bool operator==(const OwnCheck&) const = default;
};

/// What a rule of our own form says to people besides its title: the `konseki:` block of its file.
struct OwnTexts {
    std::string id;               ///< short, for people: `E001`
    std::string title_ja;         ///< the title for Japanese readers; empty: as the rule's
    std::string needs;            ///< what must be switched on: letters c d A P S O F
    bool own_collection = false;  ///< fires on what collecting evidence does
    Bilingual says;               ///< one sentence; `{Field}` stands for a value of the event
    Bilingual why, other;         ///< why it matters; what else explains it
    std::vector<std::string> next, do_not;  ///< ids of advice
    std::optional<OwnCheck> check = {};
    bool operator==(const OwnTexts&) const = default;
};

/// What every output says about a rule (SigmaHQ's licence asks for author and references).
struct RuleInfo {
    std::string id;  ///< as written; a rule without one gets `file:<path>`
    std::string title;
    std::optional<Level> level;
    RuleKind kind = RuleKind::sigma;
    std::string origin;  ///< rule set it came from: installed set's name, or the path given
    std::string file;    ///< within the origin
    std::uint32_t line = 1;
    std::string status, author, license, description, date, modified;
    std::vector<std::string> references, tags, false_positives, fields;
    std::vector<std::string> attack;  ///< technique ids from the tags, `T1543.003`, sorted
    std::string logsource;            ///< `windows/process_creation`, for lists
    std::optional<OwnTexts> own = {};
};

/// A rule or file that cannot be used, or can but probably not as meant.
struct RuleProblem {
    enum class Kind : std::uint8_t {
        refused,    ///< something is wrong with it
        warning,    ///< usable, but probably not as meant
        other_log,  ///< nothing is wrong with it, but no log that is read here has its events
    };
    Kind kind = Kind::refused;
    bool is_unusable() const { return kind != Kind::warning; }
    std::string origin, file;
    std::uint32_t line = 0;
    std::string id, title;  ///< where known
    std::string reason;     ///< one clause: "unknown modifier `contain`"
};

/// Whether a rule could fire on this evidence.
enum class RuleState : std::uint8_t {
    possible,  ///< its log source was there with every field that it needs
    blind,     ///< its log source was there, but never a field that it cannot do without
    idle,      ///< nothing of its log source was there
    refused,   ///< it could not be used at all
};
std::string_view name_of(RuleState state);

}  // namespace konseki::findings
