#include "engine/field_names.h"

#include <algorithm>
#include <string>

namespace konseki::detect {
namespace {

/// `Event/EventData/Data[@Name='X']` as `Event.EventData.X`; an attribute without its `@`.
std::string dotted(std::string_view path) {
    constexpr std::string_view named_data = "Data[@Name='";
    std::string out;
    while (!path.empty()) {
        std::string_view step = path.substr(0, path.find('/'));
        if (path.starts_with(named_data)) {
            // The name may hold a slash, so this step ends with its bracket.
            const std::size_t end = path.find("']");
            step = end == std::string_view::npos ? path : path.substr(0, end + 2);
            const std::string_view name = step.substr(named_data.size());
            out.append(name.substr(0, name.size() >= 2 ? name.size() - 2 : 0));
        } else {
            out.append(step.starts_with('@') ? step.substr(1) : step);
        }
        path.remove_prefix(std::min(path.size(), step.size() + 1));
        if (!path.empty()) out += '.';
    }
    return out;
}

std::string without_blanks(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (c != ' ') out += c;
    return out;
}

}  // namespace

bool is_hash_name(std::string_view name) {
    return name == "md5" || name == "sha1" || name == "sha256" || name == "imphash";
}

std::span<const std::uint16_t> ShapeFields::of(std::uint32_t name) const {
    const auto first =
        std::lower_bound(found_.begin(), found_.end(), std::pair{name, std::uint16_t{0}});
    auto last = first;
    while (last != found_.end() && last->first == name) ++last;
    return std::span(fields_).subspan(static_cast<std::size_t>(first - found_.begin()),
                                      static_cast<std::size_t>(last - first));
}

SourceFields ShapeFields::of(const Flat& flat, const FieldSource& source) const {
    SourceFields out{of(source.name), {}, {}};
    if (!source.map) return out;
    const auto from = Flat::part(flat.refs, source.map->from);
    out.first = of(from[0]);
    if (from.size() > 1) out.second = of(from[1]);
    return out;
}

FieldNames::FieldNames(const Flat& flat) {
    for (std::uint32_t i = 1; i < flat.names.size(); ++i) {
        const std::string_view name = flat.name(i);
        index_.emplace(name, i);
        if (name.contains('.')) has_paths_ = true;
    }
    const auto alias = [&](std::string_view name, std::string_view stands_for) {
        const std::uint32_t from = find(name), to = find(stands_for);
        if (from != no_index && to != no_index) aliases_.push_back({from, to});
    };
    alias("Source", "Provider_Name");
    for (const std::string_view name : {"md5", "sha1", "sha256", "imphash"}) alias(name, "Hashes");
}

std::uint32_t FieldNames::find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? no_index : found->second;
}

ShapeFields FieldNames::resolve(const records::Shape& shape) const {
    ShapeFields out;
    const auto note = [&](std::string_view name, std::uint16_t field) {
        if (const std::uint32_t index = find(name); index != no_index)
            out.found_.emplace_back(index, field);
    };
    for (std::size_t i = 0; i < shape.fields.size() && i < records::no_slot; ++i) {
        const records::Field& field = shape.fields[i];
        const auto number = static_cast<std::uint16_t>(i);
        note(field.name, number);
        if (field.name.contains(' ')) note(without_blanks(field.name), number);
        if (!has_paths_) continue;
        const std::string path = dotted(field.path);
        note(path, number);
        if (path.starts_with("Event.")) note(std::string_view(path).substr(6), number);
    }
    std::sort(out.found_.begin(), out.found_.end());
    const std::size_t direct = out.found_.size();
    const auto has = [&](std::uint32_t name, auto each) {
        for (std::size_t i = 0; i < direct; ++i)
            if (out.found_[i].first == name) each(out.found_[i].second);
    };
    for (const Alias alias : aliases_) {
        bool own = false;
        has(alias.name, [&](std::uint16_t) { own = true; });
        if (!own)
            has(alias.stands_for,
                [&](std::uint16_t field) { out.found_.emplace_back(alias.name, field); });
    }
    std::sort(out.found_.begin(), out.found_.end());
    out.found_.erase(std::unique(out.found_.begin(), out.found_.end()), out.found_.end());
    for (const auto& [name, field] : out.found_) out.fields_.push_back(field);
    return out;
}

}  // namespace konseki::detect
