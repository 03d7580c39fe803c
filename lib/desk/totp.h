#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "konseki/base/bytes.h"
#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/desk/desk.h"

namespace konseki::desk {

/// The step of 30 seconds in which a moment lies (RFC 6238, T0 = 0).
std::int64_t totp_step(Time time);
/// Six digits of HMAC-SHA-1 (RFC 4226 section 5.3), which is what telephones can do.
std::string totp_code(Bytes secret, std::int64_t step);
/// The step that a code is of: one step before or after now is taken, but none up to `last`, so that a code counts
/// once.
std::optional<std::int64_t> matching_step(Bytes secret, std::string_view code, Time now,
                                          std::int64_t last);
/// RFC 4648 section 6, without padding.
std::string to_base32(Bytes bytes);

/// AES-256-GCM; what is sealed for one purpose (a user's id) cannot be opened for another. Hex text.
Result<std::string> seal(std::string_view secret, const SealKey& key, std::string_view purpose,
                         std::string_view nonce_of_12_bytes);
Result<std::string> unseal(std::string_view sealed, const SealKey& key, std::string_view purpose);

/// Compares without telling by its time where two texts differ.
bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace konseki::desk
