#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "slow_rule.h"

namespace konseki::slow_sigma {

/// How one field is made; see the head of rules/windows-logsources.yml.
struct SlowMap {
    std::string sigma;
    enum class How : std::uint8_t { field, join, table, line, value } how = How::field;
    std::vector<std::string> from;
    std::vector<std::pair<std::string, std::string>> table;  ///< folded key, value
    std::string key;
    std::size_t position = 0;
    bool if_absent = false;
};

/// One place where events of a log source stand.
struct SlowRoute {
    std::vector<std::string> channels;  ///< folded, `*` at the end for any rest
    std::string provider;               ///< folded
    std::vector<std::string> event_ids;
    Detection where;
    bool has_where = false;
    std::vector<SlowMap> maps;
};

/// Field names of one route: its maps, then the event's own names, then aliases.
class RouteLookup : public FieldLookup {
  public:
    RouteLookup(const SlowRoute* route, const std::vector<SlowMap>* aliases)
        : route_(route), aliases_(aliases) {}
    std::vector<FlatField> values(const FlatRecord& record, std::string_view name) const override;

  private:
    const SlowRoute* route_;
    const std::vector<SlowMap>* aliases_;
};

/// The table of log sources, read straight from its YAML.
class SlowLogs {
  public:
    /// Stops the test with a reason where the file is not understood.
    explicit SlowLogs(std::string_view yaml);

    /// Whether any event log carries such events at all.
    bool knows(const SlowRule& rule) const;
    /// The first route of the rule's log source that takes the event, or null.
    const SlowRoute* route(const SlowRule& rule, const FlatRecord& record) const;
    RouteLookup lookup(const SlowRoute& route) const { return {&route, &aliases_}; }

    struct Source {
        std::vector<std::string> products, categories, services;
        std::vector<SlowRoute> routes;
    };
    /// Sources that a rule's product, category and service all fit.
    std::vector<const Source*> sources(const SlowRule& rule) const;

  private:
    std::vector<Source> sources_;
    std::vector<SlowMap> aliases_;
};

}  // namespace konseki::slow_sigma
