#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/findings/examination.h"
#include "konseki/render/catalogue.h"

namespace konseki::report {

/// What the lists of findings say about a rule, each piece as it stands in its file.
struct RulePieces {
    std::string member;    ///< `"rule":{…}`
    std::string attack;    ///< `["T1059.001"]`
    std::string title;     ///< inside of a JSON string
    std::string timeline;  ///< members timestamp_desc to rule_author
    std::string says;      ///< member `"says":{…}` of a rule that has no sentence of its own
    std::string advice;    ///< members why, other, next, do_not, each with a comma before it
    std::string level_cell, title_cell, id_cell, attack_cell, author_cell;  ///< of findings.csv
    std::string says_cell;  ///< where the rule has no sentence of its own
};
struct HostPieces {
    std::string json;  ///< inside of a JSON string
    std::string cell;
};
struct ItemPieces {
    std::string members;  ///< `"path":…,"also":[…],"sha256":…`
    std::string path;     ///< JSON string
    std::string cell;
};

/// Makes each piece once, and keeps those of the hosts and items that were asked for last.
class FindingPieces {
  public:
    /// The examination must outlive it; `language` is that of findings.csv.
    FindingPieces(const findings::Examination& examination, render::Language language);

    /// Valid until the next call of the same function.
    const RulePieces& rule(std::uint32_t index);
    const HostPieces& host(std::uint32_t index);
    const ItemPieces& item(std::uint32_t index);

  private:
    /// A run may have a million files: the memory for their pieces has an end.
    static constexpr std::size_t slots = 1'024;
    template <class Pieces>
    struct Slot {
        std::uint32_t index = UINT32_MAX;
        Pieces pieces;
    };
    RulePieces make_rule(const findings::RuleInfo& rule) const;
    HostPieces make_host(const findings::HostInfo& host) const;
    ItemPieces make_item(const findings::ItemInfo& item) const;

    const findings::Examination& examination_;
    render::Language language_;
    std::vector<Slot<RulePieces>> rules_;
    std::vector<Slot<HostPieces>> hosts_;
    std::vector<Slot<ItemPieces>> items_;
};

}  // namespace konseki::report
