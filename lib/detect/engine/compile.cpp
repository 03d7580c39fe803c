#include "engine/body.h"
#include "engine/flatten.h"
#include "konseki/detect/rules.h"
#include "sigma/front.h"
#include "sigma/log_sources.h"

namespace konseki::detect {

Rules Rules::compile(const std::vector<RuleFile>& files, const CompileOptions& options) {
    Rules rules;
    const Result<sigma::LogSources> sources = sigma::LogSources::parse(options.log_sources);
    if (!sources) {
        rules.body_->problems.push_back({.kind = findings::RuleProblem::Kind::refused,
                                         .origin = "windows-logsources.yml",
                                         .file = {},
                                         .line = 0,
                                         .id = {},
                                         .title = {},
                                         .reason = sources.error().message});
        return rules;
    }
    sigma::RuleBook book = sigma::read_rules(files, options.placeholders, *sources);
    Flat flat = flatten(book, *sources);
    return from_body(make_body(std::move(book), std::move(flat)));
}

}  // namespace konseki::detect
