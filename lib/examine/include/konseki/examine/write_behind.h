#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "konseki/base/result.h"

namespace konseki::examine {

/// Does jobs one after another on a thread of its own, so that whoever makes text need not wait until a file
/// has taken it. With one thread for the whole run a job is done at once.
class WriteBehind {
  public:
    using Job = std::function<Result<void>()>;

    explicit WriteBehind(unsigned threads);
    /// Waits for the jobs that were added. What they use must live until then.
    ~WriteBehind();
    WriteBehind(const WriteBehind&) = delete;
    WriteBehind& operator=(const WriteBehind&) = delete;

    /// False where a job is done before add() comes back.
    bool is_aside() const;
    /// Gives the job's number, counted from 1. After a job that failed no other is done.
    std::uint64_t add(Job job);
    /// Waits until the job of that number is done (0: at once). Fails with the first failure of any job.
    Result<void> wait(std::uint64_t number);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::examine
