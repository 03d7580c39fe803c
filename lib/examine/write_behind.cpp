#include "konseki/examine/write_behind.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace konseki::examine {

struct WriteBehind::State {
    void work() {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [&] { return !jobs.empty() || is_over; });
            if (jobs.empty()) return;
            const Job job = std::move(jobs.front());
            jobs.pop_front();
            const bool is_needed = !error;
            lock.unlock();
            std::optional<Error> failure;
            if (is_needed) failure = failure_of(job);
            lock.lock();
            if (failure) error = std::move(failure);
            ++done;
            changed.notify_all();
        }
    }

    /// The door at which exceptions of libraries end.
    static std::optional<Error> failure_of(const Job& job) {
        try {
            const Result<void> result = job();
            if (!result) return result.error();
        } catch (const std::exception& exception) {
            return Error::limit(std::string("the run had to stop: ") + exception.what());
        }
        return {};
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    std::uint64_t added = 0, done = 0;
    std::optional<Error> error;
    bool is_over = false;
    std::jthread thread;  ///< last: it ends before what it uses
};

WriteBehind::WriteBehind(unsigned threads) : state_(std::make_unique<State>()) {
    if (threads > 1) state_->thread = std::jthread([state = state_.get()] { state->work(); });
}

WriteBehind::~WriteBehind() {
    const std::lock_guard lock(state_->mutex);
    state_->is_over = true;
    state_->changed.notify_all();
}

bool WriteBehind::is_aside() const { return state_->thread.joinable(); }

std::uint64_t WriteBehind::add(Job job) {
    const std::lock_guard lock(state_->mutex);
    if (state_->thread.joinable()) {
        state_->jobs.push_back(std::move(job));
        state_->changed.notify_all();
    } else {
        if (!state_->error) state_->error = State::failure_of(job);
        ++state_->done;
    }
    return ++state_->added;
}

Result<void> WriteBehind::wait(std::uint64_t number) {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->done >= number; });
    if (state_->error) return fail(*state_->error);
    return {};
}

}  // namespace konseki::examine
