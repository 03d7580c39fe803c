#pragma once

#include <atomic>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/desk/outcome.h"

namespace konseki::desk {

/// Shortest and longest password, in characters and in bytes (ASVS 6.2: at least 8, at least 64 allowed).
inline constexpr std::size_t least_password_characters = 12;
inline constexpr std::size_t most_password_bytes = 256;

/// Argon2id with 46 MiB, two passes, one lane: a tenth of a second. At most four run at a time, so that many people
/// who log in at once do not take the memory of the machine. As many more wait; others are told to come again, so that
/// logging in never keeps those from working who are in.
class PasswordWorker {
  public:
    /// A right to compute, given back at its end.
    class Place {
      public:
        explicit Place(PasswordWorker& worker);
        ~Place();
        Place(Place&& other) noexcept : worker_(std::exchange(other.worker_, nullptr)) {}
        Place& operator=(Place&&) = delete;

        /// In the standard encoding, with its parameters.
        Result<std::string> hash(std::string_view password, Bytes salt) const;
        bool is_right(const std::string& encoded, std::string_view password) const;
        /// Costs what is_right costs, for users that are not there.
        void waste(std::string_view password) const;

      private:
        PasswordWorker* worker_;
    };
    /// Refused as locked where too many wait.
    Outcome<Place> wait();

  private:
    static constexpr int most_waiting = 8;

    std::counting_semaphore<4> places_{4};
    std::atomic<int> waiting_ = 0;  ///< and computing
};

/// The code of what is wrong with a new password; nothing where it will do.
std::optional<std::string_view> fault_of_password(std::string_view password,
                                                  std::string_view login);

}  // namespace konseki::desk
