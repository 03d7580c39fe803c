#include "entry.h"

#include "entry_codec.h"

namespace konseki::examine {

void append_record_entry(std::vector<std::byte>& out, const findings::RecordText& text) {
    EntryWriter writer(out);
    for (const std::string_view part : {text.account, text.log, text.fields, text.traces})
        writer.text(part);
    writer.number(text.event_record_id);
}

Result<findings::RecordText> read_record_entry(Bytes entry) {
    EntryReader reader(entry);
    findings::RecordText text;
    for (std::string_view* const part : {&text.account, &text.log, &text.fields, &text.traces})
        *part = reader.view();
    text.event_record_id = reader.number();
    TRY_VOID(reader.result());
    return text;
}

void append_hit_entry(std::vector<std::byte>& out, const HitText& hit) {
    EntryWriter writer(out);
    writer.u8(hit.is_unchecked ? 1 : 0);
    for (const std::string_view part : {hit.text.matched, hit.text.unchecked, hit.text.message,
                                        hit.text.says_ja, hit.text.says_en})
        writer.text(part);
}

Result<HitText> read_hit_entry(Bytes entry) {
    EntryReader reader(entry);
    HitText hit;
    hit.is_unchecked = reader.u8() != 0;
    for (std::string_view* const part : {&hit.text.matched, &hit.text.unchecked, &hit.text.message,
                                         &hit.text.says_ja, &hit.text.says_en})
        *part = reader.view();
    TRY_VOID(reader.result());
    return hit;
}

}  // namespace konseki::examine
