#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "record_maker.h"
#include "slow_logs.h"
#include "variants.h"

namespace konseki::slow_sigma {

/// Makes events out of a rule's own values: some that it should hit, some that miss it by a hair.
class Generator {
  public:
    /// `route`: where the events of the rule stand.
    Generator(const SlowRule& rule, const SlowRoute& route, std::uint64_t seed);

    /// Names of all fields that its events may have, in order.
    const std::vector<std::string>& names() const { return names_; }
    /// A value, or absence, for each name.
    std::vector<std::optional<MadeValue>> next();

  private:
    struct Draft {
        std::string front, back;
        std::vector<std::string> middles;
        std::optional<std::string> whole;
        std::optional<MadeValue> value;
        bool absent = false;
        bool touched = false;
    };
    using Drafts = std::map<std::string, Draft>;

    void collect_names(const Detection& detection);
    void add_name(const std::string& name);
    void satisfy(const Detection& detection, Drafts& drafts);
    void satisfy(const Item& item, Drafts& drafts);
    void satisfy(const Want& want, const std::string& field, Drafts& drafts);
    void satisfy_glob(const Want& want, Draft& draft);
    void satisfy_reference(const Want& want, const std::string& field, Drafts& drafts);
    std::string text_of(const Draft& draft);
    void through_map(const std::string& name, std::string text, Drafts& drafts);
    void set_system(std::map<std::string, MadeValue>& values, const Drafts& drafts);

    const SlowRule* rule_;
    const SlowRoute* route_;
    Chance chance_;
    std::vector<std::string> names_;
};

}  // namespace konseki::slow_sigma
