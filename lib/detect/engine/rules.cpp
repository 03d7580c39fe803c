#include "konseki/detect/rules.h"

#include "engine/body.h"
#include "engine/flatten.h"
#include "engine/pack.h"

namespace konseki::detect {

std::unique_ptr<Rules::Body> make_body(sigma::RuleBook&& book, Flat&& flat) {
    auto body = std::make_unique<Rules::Body>();
    for (const sigma::RuleBook::Entry& entry : book.order)
        body->info.push_back(entry.is_correlation ? book.correlations[entry.index].info
                                                  : std::move(book.rules[entry.index].info));
    body->problems = std::move(book.problems);
    body->order = std::move(book.order);
    body->correlations = std::move(book.correlations);
    body->flat = std::move(flat);
    body->runtime = std::make_unique<Runtime>(body->flat);
    return body;
}

Rules::Rules() : body_(std::make_unique<Body>()) {
    body_->flat = flatten(sigma::RuleBook{}, std::span<const sigma::Route>{});
    body_->runtime = std::make_unique<Runtime>(body_->flat);
}
Rules::~Rules() = default;
Rules::Rules(Rules&&) noexcept = default;
Rules& Rules::operator=(Rules&&) noexcept = default;

Rules Rules::from_body(std::unique_ptr<Body> body) {
    Rules rules;
    rules.body_ = std::move(body);
    return rules;
}

std::vector<std::byte> Rules::to_pack() const { return write_pack(*body_); }

Result<Rules> Rules::from_pack(Bytes pack) { return from_body(TRY(read_pack(pack))); }

const std::vector<findings::RuleInfo>& Rules::info() const { return body_->info; }
const std::vector<findings::RuleProblem>& Rules::problems() const { return body_->problems; }

}  // namespace konseki::detect
