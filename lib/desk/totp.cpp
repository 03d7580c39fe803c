#include "totp.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>

namespace konseki::desk {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr std::uint32_t six_digits = 1'000'000;
constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;

const unsigned char* unsigned_of(std::string_view text) {
    return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}
unsigned char* unsigned_of(std::string& text) {
    return static_cast<unsigned char*>(static_cast<void*>(text.data()));
}
int size_of(std::string_view text) { return static_cast<int>(text.size()); }

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = digit_of(hex[i]), low = digit_of(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
    }
    return out;
}

}  // namespace

std::int64_t totp_step(Time time) { return time.unix_microseconds() / 1'000'000 / step_seconds; }

std::string totp_code(Bytes secret, std::int64_t step) {
    std::array<unsigned char, 8> counter = {};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[7 - i] = static_cast<unsigned char>(step >> (8 * i));
    std::array<unsigned char, 20> mac = {};
    unsigned size = 0;
    const unsigned char* const done = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                                           counter.data(), counter.size(), mac.data(), &size);
    require(done != nullptr && size == mac.size(), "HMAC-SHA-1 has 20 bytes");
    const std::size_t at = mac[19] & 0x0F;
    const std::uint32_t number = (mac[at] & 0x7Fu) << 24 | mac[at + 1] << 16u |
                                 mac[at + 2] << 8u | static_cast<std::uint32_t>(mac[at + 3]);
    return fmt::format("{:06}", number % six_digits);
}

std::optional<std::int64_t> matching_step(Bytes secret, std::string_view code, Time now,
                                          std::int64_t last) {
    const std::int64_t middle = totp_step(now);
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {middle - 1, middle, middle + 1})
        if (is_same_secret(totp_code(secret, step), code) && step > last) found = step;
    return found;
}

std::string to_base32(Bytes bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const std::byte byte : bytes) {
        held = held << 8 | static_cast<std::uint32_t>(byte);
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31];
    return out;
}

Result<std::string> seal(std::string_view secret, const SealKey& key, std::string_view purpose,
                         std::string_view nonce) {
    require(nonce.size() == nonce_bytes, "GCM takes 12 bytes");
    const Context context(EVP_CIPHER_CTX_new());
    std::string sealed(secret.size(), '\0'), tag(tag_bytes, '\0');
    int written = 0;
    const std::string_view key_text = as_text(key);
    const bool is_done =
        context &&
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, unsigned_of(key_text),
                           unsigned_of(nonce)) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &written, unsigned_of(purpose),
                          size_of(purpose)) == 1 &&
        EVP_EncryptUpdate(context.get(), unsigned_of(sealed), &written, unsigned_of(secret),
                          size_of(secret)) == 1 &&
        EVP_EncryptFinal_ex(context.get(), unsigned_of(tag), &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1;
    if (!is_done) return fail(Error::unsupported("libcrypto cannot seal"));
    return to_hex(as_bytes(std::string(nonce) + sealed + tag));
}

Result<std::string> unseal(std::string_view sealed, const SealKey& key, std::string_view purpose) {
    const std::optional<std::string> raw = from_hex(sealed);
    if (!raw || raw->size() < nonce_bytes + tag_bytes)
        return fail(Error::bad_value("a sealed secret is too short"));
    const std::string_view all = *raw;
    const std::string_view nonce = all.substr(0, nonce_bytes);
    const std::string_view body = all.substr(nonce_bytes, all.size() - nonce_bytes - tag_bytes);
    std::string tag(all.substr(all.size() - tag_bytes)), out(body.size(), '\0');
    const Context context(EVP_CIPHER_CTX_new());
    int written = 0;
    const std::string_view key_text = as_text(key);
    const bool is_right =
        context &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, unsigned_of(key_text),
                           unsigned_of(nonce)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &written, unsigned_of(purpose),
                          size_of(purpose)) == 1 &&
        EVP_DecryptUpdate(context.get(), unsigned_of(out), &written, unsigned_of(body),
                          size_of(body)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), unsigned_of(tag), &written) == 1;
    if (!is_right) return fail(Error::bad_value("a sealed secret is not of this desk's key"));
    return out;
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace konseki::desk
