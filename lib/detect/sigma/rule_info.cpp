#include "sigma/rule_info.h"

#include <utility>

#include "konseki/base/text.h"
#include "konseki/findings/attack.h"

namespace konseki::detect::sigma {
namespace {

/// A list of texts, or one text.
std::vector<std::string> list_of(const YamlNode& document, std::string_view key) {
    std::vector<std::string> texts;
    const YamlNode* node = document.find(key);
    if (node == nullptr) return texts;
    if (node->is_scalar() && !node->is_null()) texts.push_back(node->text);
    for (const YamlNode& item : node->items)
        if (item.is_scalar() && !item.is_null()) texts.push_back(item.text);
    return texts;
}

}  // namespace

std::string text_of(const YamlNode& document, std::string_view key) {
    const YamlNode* node = document.find(key);
    return node != nullptr && node->is_scalar() && !node->is_null() ? node->text : std::string();
}

findings::RuleInfo read_info(const YamlNode& document, const RuleFile& file, std::size_t number,
                             Warnings& warnings) {
    findings::RuleInfo info;
    info.id = text_of(document, "id");
    if (info.id.empty())
        info.id = "file:" + file.path + (number > 0 ? "#" + std::to_string(number + 1) : "");
    info.title = text_of(document, "title");
    info.origin = file.origin;
    info.file = file.path;
    info.line = document.line;
    if (const YamlNode* level = document.find("level"); level != nullptr && !level->is_null()) {
        info.level = findings::parse_level(fold(level->text));
        if (!info.level) warnings.push_back({level->line, "unknown level `" + level->text + "`"});
    }
    info.status = text_of(document, "status");
    info.author = text_of(document, "author");
    info.license = text_of(document, "license");
    if (info.license.empty()) info.license = file.license;
    info.description = text_of(document, "description");
    info.date = text_of(document, "date");
    info.modified = text_of(document, "modified");
    info.references = list_of(document, "references");
    if (info.references.empty()) info.references = list_of(document, "reference");
    info.tags = list_of(document, "tags");
    info.false_positives = list_of(document, "falsepositives");
    info.fields = list_of(document, "fields");
    info.attack = findings::attack_techniques(info.tags);
    return info;
}

Parsed<LogSource> read_log_source(const YamlNode& document) {
    const YamlNode* node = document.find("logsource");
    if (node == nullptr) return refuse(document.line, "the rule has no logsource");
    if (!node->is_map()) return refuse(node->line, "`logsource` must be a map");
    LogSource source;
    source.product = fold(text_of(*node, "product"));
    source.category = fold(text_of(*node, "category"));
    source.service = fold(text_of(*node, "service"));
    if (source.product.empty() && source.category.empty() && source.service.empty())
        return refuse(node->line, "the logsource gives no product, category or service");
    return source;
}

std::string to_text(const LogSource& source) {
    std::string text;
    for (const std::string* part : {&source.product, &source.category, &source.service}) {
        if (part->empty()) continue;
        if (!text.empty()) text += '/';
        text += *part;
    }
    return text;
}

}  // namespace konseki::detect::sigma
