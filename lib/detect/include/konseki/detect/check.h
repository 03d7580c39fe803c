#pragma once

#include <memory>

#include "konseki/detect/match.h"
#include "konseki/records/batch.h"

namespace konseki::detect {

/// Asks of hits what Sigma cannot say: the `check` of rules of our own form. One per thread.
class HitCheck {
  public:
    explicit HitCheck(const Engine& engine);
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
