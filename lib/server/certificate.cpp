// A certificate of one's own, for a desk that is reached over the network before it has been given one.

#include <arpa/inet.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "konseki/base/hash.h"
#include "konseki/server/listen.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace konseki::server {
namespace {

constexpr std::int64_t valid_seconds = std::int64_t{2} * 365 * 86'400;
constexpr std::int64_t early_seconds = 86'400;  // clocks of others may be behind

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// Whole or not there, also when the program is killed meanwhile.
Result<void> write_whole(const std::filesystem::path& path, std::string_view text) {
    const std::string begun = path.string() + ".begun";
    ::unlink(begun.c_str());
    const int file = ::open(begun.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return fail(Error::io("make " + begun, errno));
    const bool is_written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    if (!is_written) return fail(Error::io("write " + begun, error));
    if (std::rename(begun.c_str(), path.c_str()) != 0)
        return fail(Error::io("make " + path.string(), errno));
    return {};
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

bool add_extension(X509* certificate, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension(
        X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool fill(X509* certificate, EVP_PKEY* key, const std::string& name, Time now) {
    std::int64_t serial = 0;
    if (RAND_bytes(static_cast<unsigned char*>(static_cast<void*>(&serial)), sizeof serial) != 1)
        return false;
    const std::int64_t seconds = now.unix_microseconds() / 1'000'000;
    X509_NAME* const subject = X509_get_subject_name(certificate);
    const unsigned char* const text =
        static_cast<const unsigned char*>(static_cast<const void*>(name.c_str()));
    std::array<unsigned char, 16> ignored = {};
    const bool is_address = inet_pton(AF_INET, name.c_str(), ignored.data()) == 1 ||
                            inet_pton(AF_INET6, name.c_str(), ignored.data()) == 1;
    return X509_set_version(certificate, X509_VERSION_3) == 1 &&
           ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate),
                                  serial & 0x7FFF'FFFF'FFFF'FFFF) == 1 &&
           ASN1_TIME_set(X509_getm_notBefore(certificate), seconds - early_seconds) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), seconds + valid_seconds) != nullptr &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 &&
           X509_set_pubkey(certificate, key) == 1 &&
           add_extension(certificate, NID_subject_alt_name, (is_address ? "IP:" : "DNS:") + name) &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(certificate, key, EVP_sha256()) != 0;
}

Result<void> make(const TlsFiles& files, const std::string& name, Time now) {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> certificate(X509_new());
    const Owned<BIO> key_text(BIO_new(BIO_s_mem())), certificate_text(BIO_new(BIO_s_mem()));
    const bool is_made = key && certificate && key_text && certificate_text &&
                         fill(certificate.get(), key.get(), name, now) &&
                         PEM_write_bio_PKCS8PrivateKey(key_text.get(), key.get(), nullptr, nullptr,
                                                       0, nullptr, nullptr) == 1 &&
                         PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1;
    if (!is_made) return fail(Error::bad_value("cannot make a certificate for " + name));
    // The certificate comes last: what was begun without it is made anew.
    TRY_VOID(write_whole(files.key, text_of(key_text.get())));
    return write_whole(files.certificate, text_of(certificate_text.get()));
}

}  // namespace

Result<std::string> own_certificate(const TlsFiles& files, const std::string& name, Time now) {
    std::error_code ignored;
    if (!std::filesystem::exists(files.certificate, ignored)) TRY_VOID(make(files, name, now));
    const Owned<BIO> file(BIO_new_file(files.certificate.c_str(), "r"));
    const Owned<X509> certificate(file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)
                                       : nullptr);
    if (!certificate)
        return fail(Error::bad_value(files.certificate.string() + " holds no certificate"));
    std::array<unsigned char, 32> digest = {};
    unsigned size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1)
        return fail(Error::bad_value("libcrypto cannot hash a certificate"));
    return to_hex(std::as_bytes(std::span(digest)));
}

}  // namespace konseki::server
