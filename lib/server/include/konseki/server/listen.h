#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "konseki/base/result.h"
#include "konseki/base/time.h"
#include "konseki/server/http.h"

namespace konseki::server {

/// PEM files of a certificate chain and its key.
struct TlsFiles {
    std::filesystem::path certificate, key;
};

/// Where and how to listen.
struct Listening {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any that is free
    std::optional<TlsFiles> tls;
    /// Requests answered at a time: more than can be busy with passwords, so that logins keep nobody from work.
    std::size_t workers = 16;
    std::size_t most_connections =
        512;  ///< those above, and above half from one address, are closed at once
};

/// True for an address that no other machine can reach. Fails where the text is no address.
Result<bool> is_loopback(const std::string& address);

/// HTTP/1.1 on a socket, plain or with TLS. Its threads run from open() to stop().
class Listener {
  public:
    static Result<std::unique_ptr<Listener>> open(const Listening& listening, Handler handler);
    virtual ~Listener() = default;
    virtual std::uint16_t port() const = 0;
    /// Takes no more requests, lets those under way end, for ten seconds at most.
    virtual void stop() = 0;
};

/// Makes a key (P-256) and a certificate signed with it for `name`, good for two years, where the files are not there
/// yet; the key is for its owner only. Gives the certificate's SHA-256, to compare with what a browser shows.
Result<std::string> own_certificate(const TlsFiles& files, const std::string& name, Time now);

}  // namespace konseki::server
