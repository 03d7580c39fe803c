#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "konseki/casebook/codes.h"

namespace konseki::casebook {

/// Who turns to the desk.
enum class AskerKind : std::uint8_t { organisation, individual, anonymous, agency };
inline constexpr std::array<std::string_view, 4> asker_kind_codes = {"organisation", "individual",
                                                                     "anonymous", "agency"};
constexpr std::span<const std::string_view> codes(AskerKind) { return asker_kind_codes; }

/// Why they turn to the desk (the desk's own list, after the public reports).
enum class Purpose : std::uint8_t {
    victim_suspected,
    attack_failed,
    past_attack_information,
    health_check,
    self_investigation,
    plan_review,
    information_sharing,
    general_advice,
    other
};
inline constexpr std::array<std::string_view, 9> purpose_codes = {
    "victim_suspected",    "attack_failed",      "past_attack_information",
    "health_check",        "self_investigation", "plan_review",
    "information_sharing", "general_advice",     "other"};
constexpr std::span<const std::string_view> codes(Purpose) { return purpose_codes; }

/// What a case is about.
enum class CaseKind : std::uint8_t {
    incident,  ///< an attack, or the suspicion of one
    health_check,
    advice,
    donated_traces,  ///< traces given without a running case
};
inline constexpr std::array<std::string_view, 4> case_kind_codes = {"incident", "health_check",
                                                                    "advice", "donated_traces"};
constexpr std::span<const std::string_view> codes(CaseKind) { return case_kind_codes; }

/// What the attacker is after: espionage is counted, crime is referred.
enum class Motive : std::uint8_t { espionage, crime, unclear };
inline constexpr std::array<std::string_view, 3> motive_codes = {"espionage", "crime", "unclear"};
constexpr std::span<const std::string_view> codes(Motive) { return motive_codes; }

/// How it came to light.
enum class NoticedBy : std::uint8_t {
    own_staff,
    own_monitoring,
    antivirus_alert,
    outside_agency,
    police,
    vendor,
    partner,
    media,
    attacker_contact,
    other_case,
    health_check
};
inline constexpr std::array<std::string_view, 11> noticed_by_codes = {
    "own_staff", "own_monitoring", "antivirus_alert",  "outside_agency", "police",      "vendor",
    "partner",   "media",          "attacker_contact", "other_case",     "health_check"};
constexpr std::span<const std::string_view> codes(NoticedBy) { return noticed_by_codes; }

/// The way on which a consultation came.
enum class IntakeChannel : std::uint8_t { phone, mail, form, visit, partner, other };
inline constexpr std::array<std::string_view, 6> intake_channel_codes = {
    "phone", "mail", "form", "visit", "partner", "other"};
constexpr std::span<const std::string_view> codes(IntakeChannel) { return intake_channel_codes; }

enum class ConsultationState : std::uint8_t { received, in_progress, waiting_for_them, closed };
inline constexpr std::array<std::string_view, 4> consultation_state_codes = {
    "received", "in_progress", "waiting_for_them", "closed"};
constexpr std::span<const std::string_view> codes(ConsultationState) {
    return consultation_state_codes;
}

/// How a consultation ended.
enum class ConsultationOutcome : std::uint8_t {
    advised,
    moved_to_rescue,
    referred,
    information_received,
    out_of_scope_crime,
    duplicate_of,
    no_answer,
    withdrawn
};
inline constexpr std::array<std::string_view, 8> consultation_outcome_codes = {
    "advised",      "moved_to_rescue", "referred", "information_received", "out_of_scope_crime",
    "duplicate_of", "no_answer",       "withdrawn"};
constexpr std::span<const std::string_view> codes(ConsultationOutcome) {
    return consultation_outcome_codes;
}

/// What became of the attack.
enum class AttackOutcome : std::uint8_t { succeeded, failed, blocked };
inline constexpr std::array<std::string_view, 3> attack_outcome_codes = {"succeeded", "failed",
                                                                         "blocked"};
constexpr std::span<const std::string_view> codes(AttackOutcome) { return attack_outcome_codes; }

/// What was done before the desk was asked: what of the evidence is gone.
enum class DoneAlready : std::uint8_t {
    nothing,
    cut_network,
    switched_off,
    cleaned,
    reinstalled,
    passwords_changed,
    logs_saved
};
inline constexpr std::array<std::string_view, 7> done_already_codes = {
    "nothing",     "cut_network",       "switched_off", "cleaned",
    "reinstalled", "passwords_changed", "logs_saved"};
constexpr std::span<const std::string_view> codes(DoneAlready) { return done_already_codes; }

enum class CaseState : std::uint8_t { open, closed };
inline constexpr std::array<std::string_view, 2> case_state_codes = {"open", "closed"};
constexpr std::span<const std::string_view> codes(CaseState) { return case_state_codes; }

/// Where the response stands.
enum class CasePhase : std::uint8_t {
    assess,
    preserve,
    scope,
    decide,
    contain,
    evict,
    recover,
    follow_up,
    watching
};
inline constexpr std::array<std::string_view, 9> case_phase_codes = {
    "assess", "preserve", "scope",     "decide",  "contain",
    "evict",  "recover",  "follow_up", "watching"};
constexpr std::span<const std::string_view> codes(CasePhase) { return case_phase_codes; }

/// What becomes of the evidence when a case is closed.
enum class EvidenceDecision : std::uint8_t { keep, give_back, destroy, none };
inline constexpr std::array<std::string_view, 4> evidence_decision_codes = {"keep", "give_back",
                                                                            "destroy", "none"};
constexpr std::span<const std::string_view> codes(EvidenceDecision) {
    return evidence_decision_codes;
}

enum class RescueState : std::uint8_t { proposed, active, ended, declined };
inline constexpr std::array<std::string_view, 4> rescue_state_codes = {"proposed", "active",
                                                                       "ended", "declined"};
constexpr std::span<const std::string_view> codes(RescueState) { return rescue_state_codes; }

/// The criterion by which a consultation became a rescue.
enum class RescueReason : std::uint8_t {
    harm_by_delay,  ///< damage is foreseen, and delay would harm society or industry
    root_of_chain,  ///< the organisation looks like the root of a chain of attacks
    health_check,   ///< offered in peace time
};
inline constexpr std::array<std::string_view, 3> rescue_reason_codes = {
    "harm_by_delay", "root_of_chain", "health_check"};
constexpr std::span<const std::string_view> codes(RescueReason) { return rescue_reason_codes; }

enum class VisitState : std::uint8_t { planned, done, cancelled };
inline constexpr std::array<std::string_view, 3> visit_state_codes = {"planned", "done",
                                                                      "cancelled"};
constexpr std::span<const std::string_view> codes(VisitState) { return visit_state_codes; }

/// What an organisation is by law.
enum class LegalKind : std::uint8_t {
    company,
    association_foundation,
    independent_agency,
    national_government,
    local_government,
    school_university,
    research_institute,
    think_tank,
    media,
    npo,
    other_public,
    foreign_entity,
    individual,
    other
};
inline constexpr std::array<std::string_view, 14> legal_kind_codes = {"company",
                                                                      "association_foundation",
                                                                      "independent_agency",
                                                                      "national_government",
                                                                      "local_government",
                                                                      "school_university",
                                                                      "research_institute",
                                                                      "think_tank",
                                                                      "media",
                                                                      "npo",
                                                                      "other_public",
                                                                      "foreign_entity",
                                                                      "individual",
                                                                      "other"};
constexpr std::span<const std::string_view> codes(LegalKind) { return legal_kind_codes; }

/// What an organisation has of people who look after its computers.
enum class SizeBand : std::uint8_t { none, one_admin, small_team, csirt };
inline constexpr std::array<std::string_view, 4> size_band_codes = {"none", "one_admin",
                                                                    "small_team", "csirt"};
constexpr std::span<const std::string_view> codes(SizeBand) { return size_band_codes; }

/// Japan's critical infrastructure: 15 sectors (14 before `port`).
enum class CiSector : std::uint8_t {
    ict,
    fin,
    avi,
    apt,
    rail,
    pow,
    gas,
    gov,
    med,
    wat,
    log,
    chem,
    cred,
    oil,
    port
};
inline constexpr std::array<std::string_view, 15> ci_sector_codes = {
    "ict", "fin", "avi", "apt",  "rail", "pow", "gas", "gov",
    "med", "wat", "log", "chem", "cred", "oil", "port"};
constexpr std::span<const std::string_view> codes(CiSector) { return ci_sector_codes; }

/// Fields that espionage is after, beyond infrastructure; several may hold.
enum class ThemeSector : std::uint8_t {
    academia,
    think_tank,
    media,
    high_tech,
    semiconductor,
    defense,
    space,
    pharma,
    games,
    travel,
    diplomacy,
    trade_policy,
    politics,
    individual_expert
};
inline constexpr std::array<std::string_view, 14> theme_sector_codes = {
    "academia", "think_tank",       "media", "high_tech", "semiconductor", "defense",
    "space",    "pharma",           "games", "travel",    "diplomacy",     "trade_policy",
    "politics", "individual_expert"};
constexpr std::span<const std::string_view> codes(ThemeSector) { return theme_sector_codes; }

/// How far an organisation is in dealing with espionage.
enum class Maturity : std::uint8_t {
    m0,  ///< for the first time
    m1,  ///< has been rescued before
    m2,  ///< improves by itself
    m3,  ///< shares what it finds
};
inline constexpr std::array<std::string_view, 4> maturity_codes = {"m0", "m1", "m2", "m3"};
constexpr std::span<const std::string_view> codes(Maturity) { return maturity_codes; }

/// Traffic Light Protocol 2.0, most secret first.
enum class Tlp : std::uint8_t { red, amber_strict, amber, green, clear };
inline constexpr std::array<std::string_view, 5> tlp_codes = {"red", "amber_strict", "amber",
                                                              "green", "clear"};
constexpr std::span<const std::string_view> codes(Tlp) { return tlp_codes; }

/// Permissible Actions Protocol, most careful first.
enum class Pap : std::uint8_t { red, amber, green, clear };
inline constexpr std::array<std::string_view, 4> pap_codes = {"red", "amber", "green", "clear"};
constexpr std::span<const std::string_view> codes(Pap) { return pap_codes; }

/// A way to reach a person.
enum class ChannelKind : std::uint8_t { phone, mail, fax, post, chat, other };
inline constexpr std::array<std::string_view, 6> channel_kind_codes = {"phone", "mail", "fax",
                                                                       "post",  "chat", "other"};
constexpr std::span<const std::string_view> codes(ChannelKind) { return channel_kind_codes; }

/// Whether the attacker may read or hear a channel.
enum class Safety : std::uint8_t { unknown, safe, unsafe };
inline constexpr std::array<std::string_view, 3> safety_codes = {"unknown", "safe", "unsafe"};
constexpr std::span<const std::string_view> codes(Safety) { return safety_codes; }

/// How two cases belong together.
enum class CaseLinkKind : std::uint8_t {
    same_as,  ///< a merge that can be taken back
    part_of,
    related,
    split_from,
};
inline constexpr std::array<std::string_view, 4> case_link_kind_codes = {"same_as", "part_of",
                                                                         "related", "split_from"};
constexpr std::span<const std::string_view> codes(CaseLinkKind) { return case_link_kind_codes; }

enum class TaskState : std::uint8_t { open, done, dropped };
inline constexpr std::array<std::string_view, 3> task_state_codes = {"open", "done", "dropped"};
constexpr std::span<const std::string_view> codes(TaskState) { return task_state_codes; }

/// What a person may do, on one case or on the whole desk. Each stands alone: a custodian reads no notes because of it.
enum class Role : std::uint8_t {
    viewer,       ///< reads, without contact data
    contributor,  ///< writes, puts nothing into the bin
    lead,         ///< closes, plans visits, puts into the bin, drafts what is shared
    approver,   ///< shares, publishes, decides on eviction, opens what is closed off with a reason
    custodian,  ///< holds the evidence
    administrator,  ///< users and settings of the desk, nothing of a case
    organisation,   ///< the victim's own contact: what was released to them
    partner,        ///< an acting agency: what was released to them
};
inline constexpr std::array<std::string_view, 8> role_codes = {
    "viewer",    "contributor",   "lead",         "approver",
    "custodian", "administrator", "organisation", "partner"};
constexpr std::span<const std::string_view> codes(Role) { return role_codes; }

/// What was done, as the audit names it.
enum class AuditAction : std::uint8_t {
    made,
    changed,
    binned,
    restored,
    purged,
    revealed,
    exported,
    opened_by_force,
    decided,
    undone,
    logged_in,
    login_refused,
    logged_out,
    locked_out,
    credential_changed,
    granted,
    revoked,
    set_up,
    backed_up,
    refused
};
inline constexpr std::array<std::string_view, 20> audit_action_codes = {
    "made",      "changed",       "binned",          "restored",   "purged",
    "revealed",  "exported",      "opened_by_force", "decided",    "undone",
    "logged_in", "login_refused", "logged_out",      "locked_out", "credential_changed",
    "granted",   "revoked",       "set_up",          "backed_up",  "refused"};
constexpr std::span<const std::string_view> codes(AuditAction) { return audit_action_codes; }

}  // namespace konseki::casebook
