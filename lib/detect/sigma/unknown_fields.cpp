#include <algorithm>
#include <utility>

#include "konseki/detect/lint.h"
#include "sigma/document.h"
#include "sigma/log_sources.h"
#include "sigma/modifiers.h"

namespace konseki::detect {
namespace {

using namespace sigma;

struct NamedField {
    std::string name;
    std::uint32_t line;
};

void add_once(std::vector<NamedField>& fields, std::string name, std::uint32_t line) {
    if (!name.empty() && std::ranges::find(fields, name, &NamedField::name) == fields.end())
        fields.push_back({std::move(name), line});
}

/// Names that one `field|modifier: value` of a selection asks for, each with its first line.
void add_fields(const YamlEntry& entry, std::vector<NamedField>& fields) {
    const Parsed<Chain> chain = read_chain(entry.key, entry.line);
    if (!chain) return;
    add_once(fields, chain->field, entry.line);
    if (chain->kind != Modifier::field_ref) return;
    if (entry.value.is_scalar()) add_once(fields, plain_field(entry.value.text), entry.value.line);
    for (const YamlNode& item : entry.value.items)
        if (item.is_scalar()) add_once(fields, plain_field(item.text), item.line);
}

std::vector<NamedField> fields_of(const YamlNode& detection) {
    std::vector<NamedField> fields;
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
    for (NamedField& field : fields_of(*detection)) {
        if (sources.knows_field(*source, field.name)) continue;
        UnknownField found;
        found.rule = info;
        found.rule.line = field.line;
        found.field = std::move(field.name);
        found.known = sources.fields_of(*source);
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
