#pragma once

// A second reading of Sigma, to compare the engine with: as plain as the specification
// (SigmaHQ/sigma-specification 2.1.0), without any of the engine's means. It shares the YAML reader
// and the tables of case folding with the product, nothing else. Slow on purpose.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flat_record.h"
#include "glob.h"
#include "sigma/yaml.h"

namespace re2 {
class RE2;
}

namespace konseki::slow_sigma {

/// How a Sigma field name finds its values in an event of one log.
class FieldLookup {
  public:
    virtual ~FieldLookup() = default;
    /// The values of the field; empty = absent.
    virtual std::vector<FlatField> values(const FlatRecord& record,
                                          std::string_view name) const = 0;
};

/// One value of a rule after its modifiers: true for a value of an event, or not.
struct Want {
    enum class Kind : std::uint8_t { glob, number, regex, cidr, compare, field_ref, null, exists };
    Kind kind = Kind::glob;
    Glob glob;
    std::string literal;  ///< of a plain `*literal*`, else empty
    bool cased = false;
    std::string written;  ///< number, cidr, name of the other field
    std::shared_ptr<re2::RE2> regex;
    std::string op;    ///< compare: `lt`, `lte`, `gt`, `gte`, `eq`
    std::string part;  ///< compare: `minute` … `year`, or empty for the value itself
    std::string ref;   ///< field_ref: `equals`, `contains`, `startswith`, `endswith`
    long double number = 0;
    bool must_exist = true;
};

/// `field|modifiers: values`. Each value may have become several (base64offset): any of them.
struct Item {
    std::string field;  ///< empty = keyword
    std::vector<std::vector<Want>> wants;
    bool all = false;
    bool negated = false;  ///< neq
};

/// A detection: all or any of its parts.
struct Detection {
    bool any = false;
    std::vector<Item> items;
    std::vector<Detection> parts;
};

/// The condition as it is written.
struct Expression {
    enum class Kind : std::uint8_t { all, any, negation, name };
    Kind kind = Kind::name;
    std::string name;
    std::vector<Expression> parts;
};

struct SlowRule {
    std::string id, title, product, category, service;
    std::vector<std::pair<std::string, Detection>> detections;
    std::vector<Expression> conditions;
};

/// Reads one YAML document; false with a reason where the rule cannot be used.
bool read_rule(const detect::sigma::YamlNode& root, SlowRule& rule, std::string& reason);
bool read_detection(const detect::sigma::YamlNode& node, Detection& out, std::string& reason);
bool read_item(std::string_view key, const detect::sigma::YamlNode& value, Item& item,
               std::string& reason);
bool read_condition(std::string_view text, const std::vector<std::string>& names, Expression& out,
                    std::string& reason);

bool matches(const SlowRule& rule, const FlatRecord& record, const FieldLookup& lookup);
bool matches(const Detection& detection, const FlatRecord& record, const FieldLookup& lookup);

}  // namespace konseki::slow_sigma
