#include "sigma/modifiers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace konseki::detect::sigma {
namespace {

struct Name {
    std::string_view text;
    Modifier modifier;
};
constexpr std::array<Name, 35> names = {{
    {"contains", Modifier::contains},
    {"startswith", Modifier::starts_with},
    {"endswith", Modifier::ends_with},
    {"windash", Modifier::windash},
    {"expand", Modifier::expand},
    {"base64", Modifier::base64},
    {"base64offset", Modifier::base64offset},
    {"utf16", Modifier::utf16},
    {"utf16le", Modifier::utf16le},
    {"wide", Modifier::utf16le},
    {"utf16be", Modifier::utf16be},
    {"all", Modifier::all},
    {"cased", Modifier::cased},
    {"neq", Modifier::neq},
    {"re", Modifier::re},
    {"i", Modifier::ignore_case},
    {"ignorecase", Modifier::ignore_case},
    {"m", Modifier::multi_line},
    {"multiline", Modifier::multi_line},
    {"s", Modifier::dot_all},
    {"dotall", Modifier::dot_all},
    {"cidr", Modifier::cidr},
    {"exists", Modifier::exists},
    {"fieldref", Modifier::field_ref},
    {"lt", Modifier::less},
    {"lte", Modifier::less_equal},
    {"gt", Modifier::greater},
    {"gte", Modifier::greater_equal},
    {"minute", Modifier::minute},
    {"hour", Modifier::hour},
    {"day", Modifier::day},
    {"week", Modifier::week},
    {"month", Modifier::month},
    {"year", Modifier::year},
}};

std::optional<Modifier> find_modifier(std::string_view text) {
    for (const Name& name : names)
        if (name.text == text && !text.empty()) return name.modifier;
    return std::nullopt;
}

bool is_in(Modifier modifier, Modifier first, Modifier last) {
    return modifier >= first && modifier <= last;
}
bool is_step(Modifier m) { return is_in(m, Modifier::contains, Modifier::utf16be); }
bool is_anchor(Modifier m) { return is_in(m, Modifier::contains, Modifier::ends_with); }
bool is_encoding(Modifier m) { return is_in(m, Modifier::base64, Modifier::utf16be); }
bool is_regex_flag(Modifier m) { return is_in(m, Modifier::ignore_case, Modifier::dot_all); }
bool is_kind(Modifier m) {
    return m == Modifier::re || is_in(m, Modifier::cidr, Modifier::greater_equal);
}
bool is_compare(Modifier m) { return is_in(m, Modifier::less, Modifier::greater_equal); }

class ChainReader {
  public:
    explicit ChainReader(std::uint32_t line) : line_(line) {}

    Parsed<Chain> read(std::string_view key) {
        const std::size_t bar = key.find('|');
        chain_.field = plain_field(key.substr(0, bar));
        while (bar != std::string_view::npos && !key.empty()) {
            const std::size_t start = key.find('|');
            if (start == std::string_view::npos) break;
            key.remove_prefix(start + 1);
            const std::string_view name = key.substr(0, key.find('|'));
            const auto modifier = find_modifier(name);
            if (!modifier) return refuse(line_, "unknown modifier `" + std::string(name) + "`");
            if (!take(*modifier, name)) return refuse(line_, std::move(reason_));
        }
        if (!check_company()) return refuse(line_, std::move(reason_));
        return std::move(chain_);
    }

  private:
    bool no(std::string reason) {
        reason_ = std::move(reason);
        return false;
    }

    bool take(Modifier modifier, std::string_view name) {
        if (is_step(modifier)) return take_step(modifier, name);
        if (is_regex_flag(modifier)) return take_flag(modifier, name);
        if (is_kind(modifier)) return take_kind(modifier, name);
        if (modifier == Modifier::all) chain_.all = true;
        if (modifier == Modifier::cased) chain_.cased = true;
        if (modifier == Modifier::neq) chain_.neq = true;
        if (is_in(modifier, Modifier::minute, Modifier::year))
            return take_time_part(modifier, name);
        return true;
    }

    bool take_step(Modifier modifier, std::string_view name) {
        const bool opened = std::ranges::any_of(chain_.steps, is_anchor);
        const bool encoded = chain_.has(Modifier::base64) || chain_.has(Modifier::base64offset);
        if (is_encoding(modifier) && opened)
            return no("`" + std::string(name) +
                      "` cannot encode wildcards: write it before `contains`");
        if (encoded && !is_anchor(modifier))
            return no("`" + std::string(name) + "` cannot stand after an encoding");
        chain_.steps.push_back(modifier);
        return true;
    }

    bool take_flag(Modifier modifier, std::string_view name) {
        if (chain_.kind != Modifier::re)
            return no("`" + std::string(name) + "` stands without `re` before it");
        if (modifier == Modifier::ignore_case) chain_.ignore_case = true;
        if (modifier == Modifier::multi_line) chain_.multi_line = true;
        if (modifier == Modifier::dot_all) chain_.dot_all = true;
        return true;
    }

    bool take_kind(Modifier modifier, std::string_view name) {
        if (!chain_.is_plain())
            return no("`" + std::string(name) + "` cannot follow another such modifier");
        const auto allowed_before = [&](Modifier step) {
            return step == Modifier::expand || (modifier == Modifier::field_ref && is_anchor(step));
        };
        if (!std::ranges::all_of(chain_.steps, allowed_before))
            return no("`" + std::string(name) + "` must be the first modifier");
        chain_.kind = modifier;
        return true;
    }

    bool take_time_part(Modifier modifier, std::string_view name) {
        if (chain_.has_time_part() || !chain_.is_plain() || !chain_.steps.empty())
            return no("`" + std::string(name) + "` must be the first modifier");
        chain_.time_part = modifier;
        return true;
    }

    bool check_company() {
        if (chain_.field.empty()) {
            if (chain_.neq) return no("`neq` needs a field name");
            const bool searchable =
                chain_.is_plain() || chain_.kind == Modifier::re || chain_.kind == Modifier::cidr;
            if (!searchable || chain_.has_time_part())
                return no("keywords cannot take this modifier: it needs a field name");
        }
        if (chain_.has_time_part()) {
            if (!chain_.is_plain() && !is_compare(chain_.kind))
                return no("a part of a time can only be compared with a number");
            if (!chain_.steps.empty() || chain_.cased)
                return no("a part of a time can only be compared with a number");
        }
        if (chain_.is_plain()) return true;
        if (chain_.cased) return no("`cased` works on plain values only");
        if (chain_.kind == Modifier::exists) {
            if (!chain_.steps.empty() || chain_.all || chain_.neq)
                return no("`exists` must be the only modifier");
        }
        return check_steps();
    }

    bool check_steps() {
        for (const Modifier step : chain_.steps) {
            if (step == Modifier::expand && !is_compare(chain_.kind)) continue;
            if (chain_.kind == Modifier::field_ref && is_anchor(step)) continue;
            if (chain_.kind == Modifier::re && step == Modifier::contains) continue;
            return no("these modifiers do not go together");
        }
        return true;
    }

    std::uint32_t line_;
    Chain chain_;
    std::string reason_;
};

bool cut_front(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

bool Chain::has(Modifier step) const { return std::ranges::find(steps, step) != steps.end(); }

Parsed<Chain> read_chain(std::string_view key, std::uint32_t line) {
    return ChainReader(line).read(key);
}

std::string plain_field(std::string_view name) {
    std::string_view rest = name;
    cut_front(rest, "Event.");
    if (cut_front(rest, "EventData.")) return std::string(rest);
    if (cut_front(rest, "UserData.")) return std::string(rest.substr(rest.rfind('.') + 1));
    if (!cut_front(rest, "System.")) return std::string(name);
    // `System.Provider.#attributes.Name` (evtx_dump), `System.Provider.Name`,
    // `System.Provider_Name`
    std::string out;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (part == "#attributes" || part == "#text") continue;
        if (!out.empty()) out += '_';
        out += part.ends_with("_attributes") ? part.substr(0, part.size() - 11) : part;
    }
    return out;
}

}  // namespace konseki::detect::sigma
