#include <algorithm>
#include <charconv>
#include <cmath>

#include "konseki/base/text.h"

#include <re2/re2.h>

#include "slow_rule.h"

// Reads `field|modifier|modifier: values` (sigma-appendix-modifiers 2.1.0; sigma.md sections 3 and
// 4).

namespace konseki::slow_sigma {

using detect::sigma::YamlNode;

namespace {

const GlobStep run{GlobStep::Kind::any_run, 0};

struct Modifiers {
    std::vector<std::string> names;
    bool has(std::string_view name) const {
        return std::find(names.begin(), names.end(), name) != names.end();
    }
    bool has_one_of(std::initializer_list<std::string_view> some) const {
        return std::any_of(some.begin(), some.end(), [&](auto name) { return has(name); });
    }
    std::string first_of(std::initializer_list<std::string_view> some) const {
        for (const auto name : some)
            if (has(name)) return std::string(name);
        return {};
    }
};

bool is_known(std::string_view name) {
    for (const std::string_view known :
         {"all",    "contains",     "startswith", "endswith", "exists", "cased",
          "neq",    "windash",      "re",         "i",        "m",      "s",
          "base64", "base64offset", "utf16le",    "utf16be",  "utf16",  "wide",
          "lt",     "lte",          "gt",         "gte",      "minute", "hour",
          "day",    "week",         "month",      "year",     "cidr",   "fieldref"})
        if (name == known) return true;
    return false;
}

std::string utf16(std::string_view utf8, bool big) {
    std::string out;
    const auto unit = [&](std::uint32_t value) {
        const char low = static_cast<char>(value & 0xff), high = static_cast<char>(value >> 8);
        out += big ? high : low;
        out += big ? low : high;
    };
    for (const char32_t c : code_points(utf8)) {
        if (c < 0x10000) {
            unit(c);
        } else {
            unit(0xd800 + ((c - 0x10000) >> 10));
            unit(0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
    return out;
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8 |
                    (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            out += at + i <= bytes.size() ? alphabet[group >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

/// The middle of the encoding that stays the same at offset 0, 1 or 2 (table in sigma.md section
/// 4).
std::string base64_at(std::string_view bytes, std::size_t offset) {
    static constexpr std::size_t drop_front[] = {0, 2, 3}, drop_back[] = {0, 3, 2};
    const std::string whole = base64(std::string(offset, ' ') + std::string(bytes));
    const std::size_t end = whole.size() - drop_back[(bytes.size() + offset) % 3];
    const std::size_t begin = drop_front[offset];
    return begin < end ? whole.substr(begin, end - begin) : std::string();
}

void add_runs(Glob& glob, bool front, bool back) {
    if (front && (glob.empty() || glob.front().kind != GlobStep::Kind::any_run))
        glob.insert(glob.begin(), run);
    if (back && (glob.empty() || glob.back().kind != GlobStep::Kind::any_run)) glob.push_back(run);
}

Want glob_want(Glob glob, bool cased) {
    Want want;
    want.cased = cased;
    want.glob = cased ? glob : folded(glob);
    if (!is_plain_contains(want.glob, want.literal)) want.literal.clear();
    return want;
}

/// Text values: encodings first, then windash and wildcards, in the order of the chain.
bool text_wants(const YamlNode& value, const Modifiers& modifiers, bool keyword,
                std::vector<Want>& out, std::string& reason) {
    bool cased = modifiers.has("cased"), encoded = false;
    std::vector<Glob> forms{read_glob(value.text)};
    std::string bytes;
    bool have_bytes = false;
    for (const std::string& name : modifiers.names) {
        const bool wide =
            name == "wide" || name == "utf16le" || name == "utf16be" || name == "utf16";
        if (wide || name == "base64" || name == "base64offset") {
            if (encoded || has_wildcard(forms[0])) return reason = "wildcard in " + name, false;
            if (!have_bytes) bytes = glob_text(forms[0]);
            have_bytes = true;
        }
        if (wide) bytes = (name == "utf16" ? "\xff\xfe" : "") + utf16(bytes, name == "utf16be");
        if (name == "base64") forms = {literal_glob(base64(bytes))};
        if (name == "base64offset")
            forms = {literal_glob(base64_at(bytes, 0)), literal_glob(base64_at(bytes, 1)),
                     literal_glob(base64_at(bytes, 2))};
        if (name == "base64" || name == "base64offset") cased = encoded = true;
        for (Glob& form : forms) {
            if (name == "windash") form = with_any_dash(form);
            if (name == "contains") add_runs(form, true, true);
            if (name == "startswith") add_runs(form, false, true);
            if (name == "endswith") add_runs(form, true, false);
        }
    }
    if (have_bytes && !encoded) return reason = "utf16 without base64", false;
    for (Glob& form : forms) {
        const bool anywhere = keyword && !modifiers.has_one_of({"startswith", "endswith"});
        if (anywhere) add_runs(form, true, true);
        out.push_back(glob_want(form, cased));
    }
    return true;
}

bool regex_want(const YamlNode& value, const Modifiers& modifiers, Want& want,
                std::string& reason) {
    if (modifiers.names[0] != "re") return reason = "re must come first", false;
    if (!value.is_scalar() || value.is_null()) return reason = "re needs text", false;
    std::string flags;
    for (const char* flag : {"i", "m", "s"})
        if (modifiers.has(flag)) flags += flag;
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(64 << 20);
    want.kind = Want::Kind::regex;
    want.regex = std::make_shared<RE2>(flags.empty() ? value.text : "(?" + flags + ")" + value.text,
                                       options);
    return want.regex->ok() || (reason = want.regex->error(), false);
}

bool read_number(std::string_view text, long double& out) {
    double parsed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(parsed))
        return false;
    out = parsed;
    std::int64_t exact = 0;
    const auto whole = std::from_chars(text.data(), text.data() + text.size(), exact);
    if (whole.ec == std::errc() && whole.ptr == text.data() + text.size()) out = exact;
    return true;
}

bool compare_want(const YamlNode& value, const Modifiers& modifiers, Want& want,
                  std::string& reason) {
    want.kind = Want::Kind::compare;
    want.op = modifiers.first_of({"lt", "lte", "gt", "gte"});
    want.part = modifiers.first_of({"minute", "hour", "day", "week", "month", "year"});
    if (want.op.empty()) want.op = "eq";
    return read_number(value.text, want.number) || (reason = "not a number: " + value.text, false);
}

bool exists_want(const YamlNode& value, const Modifiers& modifiers, Want& want,
                 std::string& reason) {
    if (modifiers.names.size() != 1 || !value.as_bool())
        return reason = "exists needs a boolean", false;
    want.kind = Want::Kind::exists;
    want.must_exist = *value.as_bool();
    return true;
}

void ref_want(const YamlNode& value, const Modifiers& modifiers, Want& want) {
    want.kind = Want::Kind::field_ref;
    want.written = value.text;
    want.ref = modifiers.first_of({"contains", "startswith", "endswith"});
    if (want.ref.empty()) want.ref = "equals";
}

bool is_text_only(const Modifiers& modifiers) {
    return modifiers.has_one_of({"contains", "startswith", "endswith", "windash", "cased", "base64",
                                 "base64offset", "wide", "utf16", "utf16le", "utf16be"});
}

/// The wants of one value: any of them.
bool value_wants(const YamlNode& value, const Modifiers& modifiers, bool keyword,
                 std::vector<Want>& out, std::string& reason) {
    Want want;
    bool good = true;
    if (!value.is_scalar()) return reason = "a value is no scalar", false;
    if (modifiers.has("re"))
        good = regex_want(value, modifiers, want, reason);
    else if (modifiers.has("exists"))
        good = exists_want(value, modifiers, want, reason);
    else if (modifiers.has("fieldref"))
        ref_want(value, modifiers, want);
    else if (modifiers.has_one_of(
                 {"lt", "lte", "gt", "gte", "minute", "hour", "day", "week", "month", "year"}))
        good = compare_want(value, modifiers, want, reason);
    else if (modifiers.has("cidr"))
        want.kind = Want::Kind::cidr, want.written = value.text;
    else if (value.is_null() && is_text_only(modifiers))
        return reason = "null with a text modifier", false;
    else if (value.as_bool() && is_text_only(modifiers))
        return reason = "boolean with a text modifier", false;
    else if (value.is_null())
        want.kind = Want::Kind::null;
    else if (value.as_integer() && !keyword && !is_text_only(modifiers))
        want.kind = Want::Kind::number, want.written = value.text,
        want.number = *value.as_integer();
    else
        return text_wants(value, modifiers, keyword, out, reason);
    out.push_back(std::move(want));
    return good;
}

Modifiers split_key(std::string_view key, std::string& field) {
    Modifiers modifiers;
    std::size_t at = key.find('|');
    field = std::string(key.substr(0, at));
    while (at != std::string_view::npos) {
        const std::size_t next = key.find('|', at + 1);
        modifiers.names.emplace_back(
            key.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
        at = next;
    }
    return modifiers;
}

}  // namespace

bool read_item(std::string_view key, const YamlNode& value, Item& item, std::string& reason) {
    Modifiers modifiers = split_key(key, item.field);
    for (const std::string& name : modifiers.names)
        if (!is_known(name)) return reason = "unknown modifier " + name, false;
    item.all = modifiers.has("all");
    item.negated = modifiers.has("neq");
    std::erase(modifiers.names, "all");
    std::erase(modifiers.names, "neq");
    std::vector<const YamlNode*> values;
    const YamlNode nothing;  // a plain empty scalar: null
    if (value.is_list())
        for (const YamlNode& one : value.items) values.push_back(&one);
    else
        values.push_back(&value);
    if (values.empty()) values.push_back(&nothing);
    for (const YamlNode* one : values) {
        item.wants.emplace_back();
        if (!value_wants(*one, modifiers, item.field.empty(), item.wants.back(), reason))
            return false;
    }
    return true;
}

}  // namespace konseki::slow_sigma
