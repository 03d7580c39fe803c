#include "sigma/log_sources.h"

#include <algorithm>
#include <utility>

#include "sigma/route.h"

namespace konseki::detect::sigma {
namespace {

bool fits(const std::string& wanted, const std::string& have) {
    return wanted.empty() || wanted == have;
}

/// Entries of a category or a service whose product, where both say one, is the same.
std::vector<const LogSources::Entry*> entries_of(const std::vector<LogSources::Entry>& entries,
                                                 const LogSource& source,
                                                 std::string LogSource::* part) {
    std::vector<const LogSources::Entry*> found;
    for (const LogSources::Entry& entry : entries) {
        const bool product_fits =
            source.product.empty() || fits(entry.source.product, source.product);
        if (product_fits && entry.source.*part == source.*part) found.push_back(&entry);
    }
    return found;
}

/// Entries for exactly what a source gives: of a product alone, of a category, of a service.
std::vector<const LogSources::Entry*> matching(const std::vector<LogSources::Entry>& entries,
                                               const LogSource& source) {
    std::vector<const LogSources::Entry*> found;
    if (!source.category.empty()) return entries_of(entries, source, &LogSource::category);
    if (!source.service.empty()) return entries_of(entries, source, &LogSource::service);
    for (const LogSources::Entry& entry : entries)
        if (entry.source.product == source.product && entry.source.category.empty() &&
            entry.source.service.empty())
            found.push_back(&entry);
    return found;
}

/// An entry that says of all sources with its product, category or service that no event log has
/// them.
const LogSources::Entry* elsewhere(const std::vector<LogSources::Entry>& entries,
                                   const LogSource& source) {
    for (const LogSources::Entry& entry : entries)
        if (!entry.why_none.empty() && fits(entry.source.product, source.product) &&
            fits(entry.source.category, source.category) &&
            fits(entry.source.service, source.service))
            return &entry;
    return nullptr;
}

}  // namespace

Result<LogSources> LogSources::parse(std::string_view yaml) {
    auto file = read_log_sources(yaml);
    if (!file)
        return fail(Error::bad_value("log sources, line " + std::to_string(file.error().line) +
                                     ": " + file.error().reason));
    LogSources sources;
    sources.entries_ = std::move(file->entries);
    sources.common_fields_ = std::move(file->common_fields);
    return sources;
}

std::optional<std::vector<const Route*>> LogSources::routes(const LogSource& source) const {
    std::vector<const Route*> routes;
    const auto entries = matching(entries_, source);
    if (entries.empty()) {
        if (elsewhere(entries_, source) == nullptr) return std::nullopt;
        return routes;
    }
    for (const Entry* entry : entries)
        for (const Route& route : entry->routes) routes.push_back(&route);
    if (source.category.empty() || source.service.empty()) return routes;
    // A category within a service: what the category has in the service's channels.
    const auto services = entries_of(entries_, source, &LogSource::service);
    if (services.empty()) return std::nullopt;
    std::erase_if(routes, [&](const Route* route) {
        return std::ranges::none_of(services, [&](const Entry* service) {
            return std::ranges::find(service->routes, route->channel, &Route::channel) !=
                   service->routes.end();
        });
    });
    return routes;
}

std::string_view LogSources::why_none(const LogSource& source) const {
    for (const Entry* entry : matching(entries_, source))
        if (!entry->why_none.empty()) return entry->why_none;
    if (const Entry* entry = elsewhere(entries_, source)) return entry->why_none;
    return "the category is not written to the channels of the service";
}

bool LogSources::knows_field(const LogSource& source, std::string_view field) const {
    if (std::ranges::find(common_fields_, field) != common_fields_.end()) return true;
    for (const Entry* entry : matching(entries_, source)) {
        if (entry->known_fields.empty() && entry->why_none.empty()) return true;
        if (std::ranges::find(entry->known_fields, field) != entry->known_fields.end()) return true;
        for (const Route& route : entry->routes)
            if (std::ranges::find(route.lacks, field) != route.lacks.end()) return true;
    }
    return false;
}

std::vector<std::string> LogSources::fields_of(const LogSource& source) const {
    std::vector<std::string> names;
    for (const Entry* entry : matching(entries_, source))
        names.insert(names.end(), entry->known_fields.begin(), entry->known_fields.end());
    names.insert(names.end(), common_fields_.begin(), common_fields_.end());
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

}  // namespace konseki::detect::sigma
