#include "call.h"

#include <algorithm>
#include <charconv>

#include "konseki/base/text.h"

namespace konseki::server {
namespace {

constexpr std::size_t most_segments = 12;
constexpr std::size_t most_parameters = 32;
constexpr std::size_t token_characters = 64;

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

/// Percent-decoded; nothing where that is not valid UTF-8 without control characters.
std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const std::optional<int> high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            out += static_cast<char>(*high << 4 | *low);
            i += 2;
        } else {
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    const bool has_control =
        std::ranges::any_of(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (has_control || !is_valid_utf8(out)) return std::nullopt;
    return out;
}

bool parse_path(std::string_view path, Target& out) {
    if (!path.starts_with('/')) return false;
    path.remove_prefix(1);
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::optional<std::string> segment = decode(path.substr(0, end), false);
        if (!segment || segment->empty() || out.segments.size() == most_segments) return false;
        out.segments.push_back(*segment);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return true;
}

bool parse_query(std::string_view query, Target& out) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::optional<std::string> name = decode(pair.substr(0, equals), true);
        const std::optional<std::string> value =
            decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value || out.query.size() == most_parameters) return false;
        const bool is_repeated =
            std::ranges::any_of(out.query, [&](const auto& one) { return one.first == *name; });
        if (is_repeated) return false;
        out.query.emplace_back(*name, *value);
    }
    return true;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    Target out;
    const std::size_t mark = std::min(target.find('?'), target.size());
    const std::string_view query = target.substr(std::min(mark + 1, target.size()));
    if (!parse_path(target.substr(0, mark), out) || !parse_query(query, out)) return std::nullopt;
    return out;
}

desk::Outcome<Ulid> Call::id(std::size_t at) const {
    const std::optional<Ulid> id = parse_ulid(captured.at(at));
    if (!id) return desk::hide();
    return *id;
}

desk::Outcome<casebook::Entity> Call::entity() const {
    const std::optional<casebook::Entity> entity = casebook::entity_in_path(captured.at(0));
    if (!entity) return desk::hide();
    return *entity;
}

desk::Outcome<desk::Seen> Call::seen(std::size_t at) const {
    const Ulid which = TRY(id(at));
    std::string_view version = request.header("if-match");
    if (version.empty()) return desk::refuse(desk::Refusal::invalid, "if_match_missing");
    const bool is_quoted = version.size() > 2 && version.starts_with('"') && version.ends_with('"');
    const std::optional<std::int64_t> number =
        is_quoted ? whole_number(version.substr(1, version.size() - 2)) : std::nullopt;
    if (!number) return desk::refuse_fields({{"If-Match", "wrong_type"}});
    return desk::Seen{which, *number};
}

desk::Outcome<Members> Call::members() const {
    if (request.body.empty()) return Members({});
    std::optional<Json::Object> object = read_object(request.body);
    if (!object) return desk::refuse(desk::Refusal::invalid, "not_json");
    return Members(*std::move(object));
}

std::string_view Call::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return {};
}

desk::Outcome<void> Call::only_parameters(std::initializer_list<std::string_view> names) const {
    std::vector<desk::Fault> faults;
    for (const auto& [key, value] : query)
        if (std::ranges::find(names, key) == names.end()) faults.push_back({key, "unknown_field"});
    if (!faults.empty()) return desk::refuse_fields(std::move(faults));
    return {};
}

desk::Outcome<std::optional<std::int64_t>> Call::number(std::string_view name) const {
    const std::string_view text = parameter(name);
    if (text.empty()) return std::optional<std::int64_t>();
    const std::optional<std::int64_t> number = whole_number(text);
    if (!number) return desk::refuse_fields({{std::string(name), "wrong_type"}});
    return number;
}

std::string_view cookie_name(const Settings& settings) {
    return settings.is_secure ? "__Host-konseki" : "konseki";
}

std::string_view token_of(const Request& request, const Settings& settings) {
    std::string_view cookies = request.header("cookie");
    const std::string_view name = cookie_name(settings);
    while (!cookies.empty()) {
        const std::size_t end = std::min(cookies.find(';'), cookies.size());
        std::string_view one = cookies.substr(0, end);
        cookies.remove_prefix(std::min(end + 1, cookies.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) {
            const std::string_view token = one.substr(name.size() + 1);
            return token.size() == token_characters ? token : std::string_view();
        }
    }
    return {};
}

std::string set_cookie(const Settings& settings, std::string_view token) {
    std::string cookie(cookie_name(settings));
    cookie += '=';
    cookie += token;
    cookie += "; Path=/; HttpOnly; SameSite=Lax";
    if (settings.is_secure) cookie += "; Secure";
    if (token.empty()) cookie += "; Max-Age=0";
    return cookie;
}

}  // namespace konseki::server
