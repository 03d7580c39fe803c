#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "konseki/base/hash.h"
#include "konseki/base/time.h"
#include "konseki/server/http.h"

namespace konseki::server {

/// What was answered to requests with an Idempotency-Key, so that one sent again (a line that broke, a second tap)
/// is not done again. Kept in memory: one hour, the newest thousand and not
/// much more than 32 MiB. A restart forgets; the client then sees by a
/// list what was done.
class Idempotency {
  public:
    enum class Found : std::uint8_t { nothing, answer, running, other_request };
    struct Begun {
        Found found = Found::nothing;
        Response answer = {};
    };
    /// `key` holds who asks; `request` what. After `nothing` either end() or forget() has to follow.
    Begun begin(const std::string& key, const Sha256& request, Time now);
    void end(const std::string& key, const Response& answer);
    void forget(const std::string& key);

  private:
    struct Entry {
        Sha256 request = {};
        Time at;
        std::optional<Response> answer;
    };
    void drop_old(Time now);

    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::deque<std::string> order_;
    std::size_t bytes_ = 0;  ///< of the bodies kept
};

}  // namespace konseki::server
