#include "account.h"

#include <string_view>

namespace konseki::examine {
namespace {

std::string text_of(const records::Batch& batch, const records::Record& record,
                    std::string_view name) {
    const records::Shape& shape = *record.shape;
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
        if (shape.fields[i].name != name) continue;
        std::string text = records::to_text(batch.field(record, static_cast<std::uint16_t>(i)));
        return text == "-" ? std::string() : text;
    }
    return {};
}

}  // namespace

std::string account_of(const records::Batch& batch, const records::Record& record) {
    for (const std::string_view who : {"Target", "Subject"}) {
        std::string name = text_of(batch, record, std::string(who) + "UserName");
        if (name.empty()) continue;
        const std::string domain = text_of(batch, record, std::string(who) + "DomainName");
        return domain.empty() ? name : domain + "\\" + name;
    }
    for (const std::string_view field : {"User", "AccountName", "Security_UserID"}) {
        std::string name = text_of(batch, record, field);
        if (!name.empty()) return name;
    }
    return {};
}

}  // namespace konseki::examine
