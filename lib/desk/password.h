#pragma once

#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"

namespace konseki::desk {

/// Shortest and longest password, in characters and in bytes (ASVS 6.2: at least 8, at least 64 allowed).
inline constexpr std::size_t least_password_characters = 12;
inline constexpr std::size_t most_password_bytes = 256;

/// Argon2id with 46 MiB, two passes, one lane: a tenth of a second. At most four run at a time, so that many people
/// who log in at once do not take the memory of the machine; the others wait.
class PasswordWorker {
  public:
    /// In the standard encoding, with its parameters.
    Result<std::string> hash(std::string_view password, Bytes salt);
    bool is_right(const std::string& encoded, std::string_view password);
    /// Costs what is_right costs, for users that are not there.
    void waste(std::string_view password);

  private:
    std::counting_semaphore<4> places_{4};
};

/// The code of what is wrong with a new password; nothing where it will do.
std::optional<std::string_view> fault_of_password(std::string_view password, std::string_view login);

}  // namespace konseki::desk
