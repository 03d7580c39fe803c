#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "konseki/casebook/enums.h"

namespace konseki::desk::demo {

/// An invented organisation; name and reading are messages.
struct MadeOrganisation {
    std::string_view name, kana;
    casebook::LegalKind legal_kind;
    std::optional<casebook::CiSector> ci_sector;
    std::optional<casebook::ThemeSector> theme;
    casebook::SizeBand size;
    std::string_view prefecture;
};
inline constexpr std::array<MadeOrganisation, 24> made_organisations = {{
    {"demo.organisation.chemical", "demo.kana.chemical", casebook::LegalKind::company,
     casebook::CiSector::chem, std::nullopt, casebook::SizeBand::small_team, "27"},
    {"demo.organisation.university", "demo.kana.university", casebook::LegalKind::school_university,
     std::nullopt, casebook::ThemeSector::academia, casebook::SizeBand::small_team, "13"},
    {"demo.organisation.think_tank", "demo.kana.think_tank",
     casebook::LegalKind::association_foundation, std::nullopt, casebook::ThemeSector::think_tank,
     casebook::SizeBand::one_admin, "13"},
    {"demo.organisation.newspaper", "demo.kana.newspaper", casebook::LegalKind::company,
     std::nullopt, casebook::ThemeSector::media, casebook::SizeBand::small_team, "13"},
    {"demo.organisation.research", "demo.kana.research", casebook::LegalKind::independent_agency,
     std::nullopt, casebook::ThemeSector::academia, casebook::SizeBand::csirt, "08"},
    {"demo.organisation.semiconductor", "demo.kana.semiconductor", casebook::LegalKind::company,
     std::nullopt, casebook::ThemeSector::semiconductor, casebook::SizeBand::csirt, "43"},
    {"demo.organisation.hospital", "demo.kana.hospital", casebook::LegalKind::other_public,
     casebook::CiSector::med, std::nullopt, casebook::SizeBand::one_admin, "40"},
    {"demo.organisation.city", "demo.kana.city", casebook::LegalKind::local_government,
     casebook::CiSector::gov, std::nullopt, casebook::SizeBand::small_team, "34"},
    {"demo.organisation.port", "demo.kana.port", casebook::LegalKind::association_foundation,
     casebook::CiSector::port, std::nullopt, casebook::SizeBand::none, "14"},
    {"demo.organisation.space", "demo.kana.space", casebook::LegalKind::company, std::nullopt,
     casebook::ThemeSector::space, casebook::SizeBand::small_team, "23"},
    {"demo.organisation.power", "demo.kana.power", casebook::LegalKind::company,
     casebook::CiSector::pow, std::nullopt, casebook::SizeBand::csirt, "13"},
    {"demo.organisation.trade", "demo.kana.trade", casebook::LegalKind::association_foundation,
     std::nullopt, casebook::ThemeSector::trade_policy, casebook::SizeBand::one_admin, "28"},
    {"demo.organisation.pharma", "demo.kana.pharma", casebook::LegalKind::company, std::nullopt,
     casebook::ThemeSector::pharma, casebook::SizeBand::small_team, "16"},
    {"demo.organisation.telecom", "demo.kana.telecom", casebook::LegalKind::company,
     casebook::CiSector::ict, std::nullopt, casebook::SizeBand::csirt, "13"},
    {"demo.organisation.games", "demo.kana.games", casebook::LegalKind::company, std::nullopt,
     casebook::ThemeSector::games, casebook::SizeBand::small_team, "26"},
    {"demo.organisation.travel", "demo.kana.travel", casebook::LegalKind::company, std::nullopt,
     casebook::ThemeSector::travel, casebook::SizeBand::one_admin, "01"},
    {"demo.organisation.defense", "demo.kana.defense", casebook::LegalKind::company, std::nullopt,
     casebook::ThemeSector::defense, casebook::SizeBand::csirt, "23"},
    {"demo.organisation.logistics", "demo.kana.logistics", casebook::LegalKind::company,
     casebook::CiSector::log, std::nullopt, casebook::SizeBand::small_team, "12"},
    {"demo.organisation.politics", "demo.kana.politics", casebook::LegalKind::other, std::nullopt,
     casebook::ThemeSector::politics, casebook::SizeBand::none, "13"},
    {"demo.organisation.ministry", "demo.kana.ministry", casebook::LegalKind::national_government,
     casebook::CiSector::gov, casebook::ThemeSector::diplomacy, casebook::SizeBand::csirt, "13"},
    {"demo.organisation.npo", "demo.kana.npo", casebook::LegalKind::npo, std::nullopt,
     casebook::ThemeSector::diplomacy, casebook::SizeBand::none, "47"},
    {"demo.organisation.overseas", "demo.kana.overseas", casebook::LegalKind::foreign_entity,
     std::nullopt, casebook::ThemeSector::high_tech, casebook::SizeBand::one_admin, "overseas"},
    {"demo.organisation.materials", "demo.kana.materials", casebook::LegalKind::company,
     casebook::CiSector::chem, casebook::ThemeSector::high_tech, casebook::SizeBand::small_team,
     "33"},
    {"demo.organisation.expert", "demo.kana.expert", casebook::LegalKind::individual, std::nullopt,
     casebook::ThemeSector::individual_expert, casebook::SizeBand::none, "13"},
}};

/// What somebody tells, by purpose; a purpose stands as often as it is to come up.
struct Told {
    casebook::Purpose purpose;
    std::string_view summary;
};
inline constexpr std::array<Told, 23> told = {{
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.a"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.b"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.c"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.a"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.b"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.c"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.a"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.b"},
    {casebook::Purpose::victim_suspected, "demo.summary.victim_suspected.c"},
    {casebook::Purpose::attack_failed, "demo.summary.attack_failed.a"},
    {casebook::Purpose::attack_failed, "demo.summary.attack_failed.b"},
    {casebook::Purpose::attack_failed, "demo.summary.attack_failed.a"},
    {casebook::Purpose::attack_failed, "demo.summary.attack_failed.b"},
    {casebook::Purpose::past_attack_information, "demo.summary.past_attack_information.a"},
    {casebook::Purpose::past_attack_information, "demo.summary.past_attack_information.b"},
    {casebook::Purpose::health_check, "demo.summary.health_check.a"},
    {casebook::Purpose::health_check, "demo.summary.health_check.b"},
    {casebook::Purpose::self_investigation, "demo.summary.self_investigation.a"},
    {casebook::Purpose::plan_review, "demo.summary.plan_review.a"},
    {casebook::Purpose::information_sharing, "demo.summary.information_sharing.a"},
    {casebook::Purpose::general_advice, "demo.summary.general_advice.a"},
    {casebook::Purpose::general_advice, "demo.summary.general_advice.b"},
    {casebook::Purpose::other, "demo.summary.other.a"},
}};

}  // namespace konseki::desk::demo
