#include "slow_rule.h"

namespace konseki::slow_sigma {

using detect::sigma::YamlEntry;
using detect::sigma::YamlNode;

namespace {

std::string scalar(const YamlNode& root, std::string_view key) {
    const YamlNode* const node = root.find(key);
    return node != nullptr && node->is_scalar() ? node->text : std::string();
}

bool read_list(const YamlNode& node, Detection& out, std::string& reason) {
    out.any = true;
    YamlNode keywords;
    keywords.kind = YamlNode::Kind::list;
    for (const YamlNode& entry : node.items) {
        if (entry.is_scalar()) {
            keywords.items.push_back(entry);
            continue;
        }
        out.parts.emplace_back();
        if (!read_detection(entry, out.parts.back(), reason)) return false;
    }
    if (keywords.items.empty()) return true;
    out.items.emplace_back();
    return read_item("", keywords, out.items.back(), reason);
}

bool read_conditions(const YamlNode& node, const std::vector<std::string>& names, SlowRule& rule,
                     std::string& reason) {
    std::vector<const YamlNode*> texts;
    if (node.is_scalar())
        texts.push_back(&node);
    else
        for (const YamlNode& item : node.items) texts.push_back(&item);
    for (const YamlNode* text : texts) {
        rule.conditions.emplace_back();
        if (!read_condition(text->text, names, rule.conditions.back(), reason)) return false;
    }
    return !rule.conditions.empty();
}

}  // namespace

bool read_detection(const YamlNode& node, Detection& out, std::string& reason) {
    if (node.is_list()) {
        if (node.items.empty()) return reason = "detection is empty", false;
        return read_list(node, out, reason);
    }
    if (node.is_scalar()) {
        out.items.emplace_back();
        return read_item("", node, out.items.back(), reason);
    }
    if (node.entries.empty()) return reason = "detection is empty", false;
    for (const YamlEntry& entry : node.entries) {
        out.items.emplace_back();
        if (!read_item(entry.key, entry.value, out.items.back(), reason)) return false;
    }
    return true;
}

bool read_rule(const YamlNode& root, SlowRule& rule, std::string& reason) {
    rule.id = scalar(root, "id");
    rule.title = scalar(root, "title");
    const YamlNode* const source = root.find("logsource");
    const YamlNode* const detection = root.find("detection");
    if (source == nullptr || detection == nullptr || !detection->is_map())
        return reason = "no logsource or no detection", false;
    rule.product = scalar(*source, "product");
    rule.category = scalar(*source, "category");
    rule.service = scalar(*source, "service");
    std::vector<std::string> names;
    for (const YamlEntry& entry : detection->entries) {
        if (entry.key == "condition" || entry.key == "timeframe") continue;
        names.push_back(entry.key);
        rule.detections.emplace_back(entry.key, Detection{});
        if (!read_detection(entry.value, rule.detections.back().second, reason)) return false;
    }
    const YamlNode* const condition = detection->find("condition");
    if (condition == nullptr) return reason = "no condition", false;
    return read_conditions(*condition, names, rule, reason);
}

}  // namespace konseki::slow_sigma
