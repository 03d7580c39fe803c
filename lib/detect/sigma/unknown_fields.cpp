#include <unordered_set>
#include <utility>

#include "konseki/detect/lint.h"
#include "sigma/document.h"
#include "sigma/log_sources.h"
#include "sigma/modifiers.h"

namespace konseki::detect {
namespace {

using namespace sigma;

/// Unknown fields told of one rule: a rule with more is no rule for this log source.
constexpr std::size_t max_unknown = 100;

struct NamedField {
    std::string name;
    std::uint32_t line;
};

/// Names in the order in which they are first asked for.
class NamedFields {
  public:
    void add(std::string name, std::uint32_t line) {
        if (!name.empty() && seen_.insert(name).second) fields_.push_back({std::move(name), line});
    }
    std::vector<NamedField>& all() { return fields_; }

  private:
    std::vector<NamedField> fields_;
    std::unordered_set<std::string> seen_;
};

/// Names that one `field|modifier: value` of a selection asks for, each with its first line.
void add_fields(const YamlEntry& entry, NamedFields& fields) {
    const Parsed<Chain> chain = read_chain(entry.key, entry.line);
    if (!chain) return;
    fields.add(chain->field, entry.line);
    if (chain->kind != Modifier::field_ref) return;
    if (entry.value.is_scalar()) fields.add(plain_field(entry.value.text), entry.value.line);
    for (const YamlNode& item : entry.value.items)
        if (item.is_scalar()) fields.add(plain_field(item.text), item.line);
}

NamedFields fields_of(const YamlNode& detection) {
    NamedFields fields;
    for (const YamlEntry& identifier : detection.entries) {
        for (const YamlEntry& entry : identifier.value.entries) add_fields(entry, fields);
        for (const YamlNode& item : identifier.value.items)
            for (const YamlEntry& entry : item.entries) add_fields(entry, fields);
    }
    return fields;
}

/// Looks at one document; what is no rule, or cannot be read, is left to the compiler.
void look_at(const YamlDocument& document, findings::RuleInfo info, const LogSources& sources,
             std::vector<UnknownField>& unknown) {
    const YamlNode* detection = document.root.find("detection");
    const Parsed<LogSource> source = read_log_source(document.root);
    if (document.error || detection == nullptr || !source) return;
    if (const auto routes = sources.routes(*source); !routes || routes->empty()) return;
    NamedFields fields = fields_of(*detection);
    const std::vector<std::string> known = sources.fields_of(*source);
    std::size_t count = 0;
    for (NamedField& field : fields.all()) {
        if (sources.knows_field(*source, field.name)) continue;
        if (count++ == max_unknown) return;
        UnknownField found;
        found.rule = info;
        found.rule.line = field.line;
        found.field = std::move(field.name);
        found.known = known;
        unknown.push_back(std::move(found));
    }
}

}  // namespace

std::vector<UnknownField> unknown_fields(const std::vector<RuleFile>& files,
                                         std::string_view log_sources) {
    std::vector<UnknownField> unknown;
    const Result<LogSources> sources = LogSources::parse(log_sources);
    if (!sources) return unknown;
    for (const RuleFile& file : files) {
        std::size_t number = 0;
        for (const YamlDocument& document : read_yaml(file.text)) {
            Warnings unused;
            look_at(document, read_info(document.root, file, number++, unused), *sources, unknown);
        }
    }
    return unknown;
}

}  // namespace konseki::detect
