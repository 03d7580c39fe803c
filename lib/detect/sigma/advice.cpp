#include "konseki/detect/advice.h"

#include <utility>

#include "sigma/rule_info.h"
#include "sigma/yaml.h"

namespace konseki::detect {
namespace {

Error wrong(std::uint32_t line, std::string_view what) {
    return Error::bad_value("advice, line " + std::to_string(line) + ": " + std::string(what));
}

}  // namespace

Result<Advice> read_advice(std::string_view yaml) {
    const std::vector<sigma::YamlDocument> documents = sigma::read_yaml(yaml);
    if (documents.empty()) return fail(wrong(1, "the file is empty"));
    const sigma::YamlDocument& document = documents.front();
    if (document.error) return fail(wrong(document.error->line, document.error->message));
    if (!document.root.is_list()) return fail(wrong(document.root.line, "must be a list"));
    Advice advice;
    for (const sigma::YamlNode& item : document.root.items) {
        const std::string id = sigma::text_of(item, "id");
        findings::Bilingual text{sigma::text_of(item, "ja"), sigma::text_of(item, "en")};
        if (id.empty() || text.ja.empty() || text.en.empty())
            return fail(wrong(item.line, "needs id, ja and en"));
        if (!advice.emplace(id, std::move(text)).second)
            return fail(wrong(item.line, "`" + id + "` stands twice"));
    }
    return advice;
}

}  // namespace konseki::detect
