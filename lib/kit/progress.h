#pragma once

#include <string>

#include "konseki/examine/options.h"
#include "talk.h"

namespace konseki::kit {

/// One line on standard error that is written over while a command runs: share done, rate, time left.
/// Silent where standard error is no terminal.
class ProgressLine {
  public:
    ProgressLine(Environment& environment, bool is_wanted);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const examine::Progress& progress);
    void clear();
    bool is_shown() const { return is_shown_; }

  private:
    Environment& environment_;
    Talk talk_;
    bool is_wanted_;
    bool is_shown_ = false;
    Time start_;
};

}  // namespace konseki::kit
