#include "password.h"

#include "konseki/base/text.h"

#include <argon2.h>

#include <array>

namespace konseki::desk {
namespace {

constexpr std::uint32_t memory_kib = 47'104, passes = 2, lanes = 1;
constexpr std::size_t hash_bytes = 32;

}  // namespace

PasswordWorker::Place::Place(PasswordWorker& worker) : worker_(&worker) {
    worker.places_.acquire();
}

PasswordWorker::Place::~Place() {
    if (worker_ == nullptr) return;
    worker_->places_.release();
    --worker_->waiting_;
}

Outcome<PasswordWorker::Place> PasswordWorker::wait() {
    if (++waiting_ > most_waiting) {
        --waiting_;
        Refused busy(Refusal::locked, "busy");
        busy.retry_after_seconds = 1;
        return std::unexpected(std::move(busy));
    }
    return Place(*this);
}

Result<std::string> PasswordWorker::Place::hash(std::string_view password, Bytes salt) const {
    std::array<char, 256> encoded = {};
    const int status =
        argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(),
                              salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (status != ARGON2_OK) return fail(Error::limit(argon2_error_message(status)));
    return std::string(encoded.data());
}

bool PasswordWorker::Place::is_right(const std::string& encoded, std::string_view password) const {
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

void PasswordWorker::Place::waste(std::string_view password) const {
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
