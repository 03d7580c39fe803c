#include "password.h"

#include "konseki/base/text.h"

#include <argon2.h>

#include <array>

namespace konseki::desk {
namespace {

constexpr std::uint32_t memory_kib = 47'104, passes = 2, lanes = 1;
constexpr std::size_t hash_bytes = 32;

/// Holds one of the places for as long as it lives.
class Held {
  public:
    explicit Held(std::counting_semaphore<4>& places) : places_(places) { places_.acquire(); }
    ~Held() { places_.release(); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

  private:
    std::counting_semaphore<4>& places_;
};

}  // namespace

Result<std::string> PasswordWorker::hash(std::string_view password, Bytes salt) {
    const Held held(places_);
    std::array<char, 256> encoded = {};
    const int status =
        argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(),
                              salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (status != ARGON2_OK) return fail(Error::limit(argon2_error_message(status)));
    return std::string(encoded.data());
}

bool PasswordWorker::is_right(const std::string& encoded, std::string_view password) {
    const Held held(places_);
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void PasswordWorker::waste(std::string_view password) {
    const std::array<std::byte, 16> salt = {};
    (void)hash(password, salt);
}

std::optional<std::string_view> fault_of_password(std::string_view password,
                                                  std::string_view login) {
    if (!is_valid_utf8(password) || password.contains('\0')) return "not_text";
    if (password.size() > most_password_bytes) return "too_long";
    std::size_t characters = 0;
    for (std::size_t at = 0; at < password.size(); ++characters) next_code_point(password, at);
    if (characters < least_password_characters) return "too_short";
    if (!login.empty() && fold(password).contains(fold(login))) return "holds_login";
    return std::nullopt;
}

}  // namespace konseki::desk
