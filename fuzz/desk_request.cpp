// What a client of the desk sends: the first line is a target, the rest a body. What is read of the body and fits an
// entity is written as an answer, which is JSON again.

#include <cstdint>
#include <string>

#include "call.h"
#include "json_in.h"
#include "json_out.h"
#include "konseki/casebook/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace konseki;
    using namespace konseki::server;
    const std::string_view all = as_text(std::as_bytes(std::span(data, size)));
    const std::size_t line = std::min(all.find('\n'), all.size());
    (void)parse_target(all.substr(0, line));
    const std::string_view body = all.substr(std::min(line + 1, all.size()));
    for (std::size_t i = 0; i < casebook::entity_count; ++i) {
        std::optional<Json::Object> object = read_object(body);
        if (!object) return 0;
        casebook::Row row = casebook::new_row(static_cast<casebook::Entity>(i));
        Members members(*std::move(object));
        for (const desk::Edit& edit : members.edits(row.entity))
            casebook::value_of(row, edit.field) = edit.value;
        if (!members.finish() || !casebook::check_row(row).empty()) continue;
        require(read_object(row_answer(200, row).body).has_value(), "an answer is JSON");
    }
    return 0;
}
