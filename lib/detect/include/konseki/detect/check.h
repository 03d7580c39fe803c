#pragma once

#include <memory>

#include "konseki/detect/match.h"
#include "konseki/findings/work_days.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Whether a rule can only fire with a calendar of the organisation.
bool needs_calendar(const findings::RuleInfo& rule);

/// Asks of hits what Sigma cannot say: the `check` of rules of our own form. One per thread.
class HitCheck {
  public:
    /// `days` is the calendar of the organisation; both are kept by reference.
    HitCheck(const Engine& engine, const findings::WorkDays& days);
    ~HitCheck();
    /// A batch must be begun before its hits are asked about, and stay unchanged meanwhile.
    void begin(const records::Batch& batch);
    /// True for hits of rules without a check.
    bool passes(const Hit& hit);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::detect
