// What somebody is writing and has not sent yet. Theirs alone: no role shows it to anybody else, the audit is silent.

#include <algorithm>

#include "konseki/base/text.h"
#include "logins.h"

namespace konseki::desk {

namespace {

/// Forms that one person leaves unfinished; what is more is refused, so that nothing older is lost for it.
constexpr std::size_t most_drafts = 100;
/// A pasted mail with its headers many times over.
constexpr std::size_t longest_draft = 1 << 20;
/// The names that the pages give to their forms have an id or two in them.
constexpr std::size_t longest_key = 200;

Time oldest_draft(Time now) { return Time{now.ticks - draft_ticks}; }

std::vector<Fault> faults_of_draft(const std::string& key, const std::string& body) {
    std::vector<Fault> faults;
    if (key.size() > longest_key) faults.push_back({"key", "too_long"});
    if (body.size() > longest_draft) faults.push_back({"body", "too_long"});
    if (!is_valid_utf8(body) || body.contains('\0')) faults.push_back({"body", "not_text"});
    return faults;
}

}  // namespace

Outcome<std::vector<store::Draft>> Desk::drafts(const Actor& actor) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    std::vector<store::Draft> drafts = TRY(reader->drafts_of(actor.user));
    const Time oldest = oldest_draft(inside_->now());
    std::erase_if(drafts, [oldest](const store::Draft& one) { return one.updated_at < oldest; });
    return drafts;
}

Outcome<store::Draft> Desk::draft(const Actor& actor, const std::string& key) {
    const std::unique_ptr<store::Reader> reader = TRY(inside_->store.read());
    std::optional<store::Draft> draft = TRY(reader->draft(actor.user, key));
    if (!draft || draft->updated_at < oldest_draft(inside_->now())) return hide();
    return *std::move(draft);
}

Outcome<store::Draft> Desk::put_draft(const Actor& actor, const std::string& key,
                                      std::string body) {
    std::vector<Fault> faults = faults_of_draft(key, body);
    if (!faults.empty()) return refuse_fields(std::move(faults));
    const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
    store::Draft draft{actor.user, key, std::move(body), inside_->now()};
    TRY_VOID(writer->forget_drafts(oldest_draft(draft.updated_at)));
    const std::vector<store::Draft> held = TRY(writer->drafts_of(actor.user));
    const bool is_new = std::ranges::find(held, key, &store::Draft::key) == held.end();
    if (is_new && held.size() >= most_drafts) return refuse(Refusal::conflict, "too_many_drafts");
    TRY_VOID(writer->put_draft(draft));
    TRY_VOID(writer->commit());
    return draft;
}

Outcome<void> Desk::remove_draft(const Actor& actor, const std::string& key) {
    const std::unique_ptr<store::Writer> writer = TRY(inside_->store.write());
    TRY_VOID(writer->remove_draft(actor.user, key));
    TRY_VOID(writer->commit());
    return {};
}

}  // namespace konseki::desk
