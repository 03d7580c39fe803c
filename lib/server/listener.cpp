#include "konseki/server/listen.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "net.h"

#include <openssl/ssl.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace konseki::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::int64_t stop_seconds = 10;

class SocketListener final : public Listener {
  public:
    SocketListener(const Listening& listening, Handler handler)
        : most_connections_(listening.most_connections),
          shared_(std::move(handler), listening.workers),
          io_(std::make_unique<asio::io_context>()),
          acceptor_(std::make_unique<tcp::acceptor>(*io_)) {}
    ~SocketListener() override { stop(); }
    SocketListener(const SocketListener&) = delete;
    SocketListener& operator=(const SocketListener&) = delete;

    Result<void> use_tls(const TlsFiles& files);
    Result<void> open_socket(const Listening& listening);
    void run();
    std::uint16_t port() const override { return port_; }
    void stop() override;

  private:
    asio::awaitable<void> accept_all();

    std::size_t most_connections_;
    std::uint16_t port_ = 0;
    Shared shared_;
    std::unique_ptr<asio::ssl::context> tls_;
    std::unique_ptr<asio::io_context> io_;  ///< holds what waits on its sockets; gone after stop()
    std::unique_ptr<tcp::acceptor> acceptor_;
    std::jthread
        thread_;  ///< moves bytes: one, so that a connection and its time-out never run at once
};

Result<void> SocketListener::use_tls(const TlsFiles& files) {
    tls_ = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls_->native_handle(), SSL_OP_NO_RENEGOTIATION);
    boost::system::error_code error;
    tls_->use_certificate_chain_file(files.certificate.string(), error);
    if (error)
        return fail(
            Error::bad_value("certificate " + files.certificate.string() + ": " + error.message()));
    tls_->use_private_key_file(files.key.string(), asio::ssl::context::pem, error);
    if (error) return fail(Error::bad_value("key " + files.key.string() + ": " + error.message()));
    return {};
}

Result<void> SocketListener::open_socket(const Listening& listening) {
    boost::system::error_code error;
    const asio::ip::address address = asio::ip::make_address(listening.address, error);
    if (error) return fail(Error::usage(listening.address + " is no address"));
    const tcp::endpoint endpoint(address, listening.port);
    acceptor_->open(endpoint.protocol(), error);
    if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return fail(
            Error::io("listen on " + listening.address + ':' + std::to_string(listening.port),
                      error.value()));
    port_ = acceptor_->local_endpoint(error).port();
    return {};
}

asio::awaitable<void> SocketListener::accept_all() {
    while (!shared_.is_stopping) {
        tcp::socket socket(*io_);
        const auto [error] =
            co_await acceptor_->async_accept(socket, asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            // No file descriptors left, as a rule: it gets no better by asking at once.
            asio::steady_timer pause(*io_, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        boost::system::error_code gone;
        const tcp::endpoint peer = socket.remote_endpoint(gone);
        // Too many: closed as it leaves the scope. So is one whose peer is gone. One address has no more than half of
        // them, so that it cannot shut out the others.
        if (gone || shared_.connections >= most_connections_) continue;
        std::string address = peer.address().to_string();
        const auto others = shared_.by_address.find(address);
        if (others != shared_.by_address.end() && others->second >= most_connections_ / 2) continue;
        if (tls_)
            asio::co_spawn(*io_, serve_tls(std::move(socket), std::move(address), *tls_, shared_),
                           asio::detached);
        else
            asio::co_spawn(*io_, serve_plain(std::move(socket), std::move(address), shared_),
                           asio::detached);
    }
}

void SocketListener::run() {
    asio::co_spawn(*io_, accept_all(), asio::detached);
    thread_ = std::jthread([this] { io_->run(); });
}

void SocketListener::stop() {
    if (shared_.is_stopping.exchange(true)) return;
    asio::post(*io_, [this] {
        boost::system::error_code ignored;
        acceptor_->close(ignored);
    });
    for (std::int64_t tenth = 0; tenth < stop_seconds * 10 && shared_.requests > 0; ++tenth)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    io_->stop();
    if (thread_.joinable()) thread_.join();
    shared_.workers.join();
    // Closes what is still open: connections without a request, and the socket itself.
    acceptor_.reset();
    io_.reset();
}

}  // namespace

Result<bool> is_loopback(const std::string& address) {
    boost::system::error_code error;
    const asio::ip::address parsed = asio::ip::make_address(address, error);
    if (error) return fail(Error::usage(address + " is no address"));
    return parsed.is_loopback();
}

Result<std::unique_ptr<Listener>> Listener::open(const Listening& listening, Handler handler) {
    auto listener = std::make_unique<SocketListener>(listening, std::move(handler));
    if (listening.tls) TRY_VOID(listener->use_tls(*listening.tls));
    TRY_VOID(listener->open_socket(listening));
    listener->run();
    return std::unique_ptr<Listener>(std::move(listener));
}

}  // namespace konseki::server
