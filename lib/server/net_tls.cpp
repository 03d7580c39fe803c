#include "connection.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace konseki::server {

asio::awaitable<void> serve_tls(asio::ip::tcp::socket socket, std::string address,
                                asio::ssl::context& context, Shared& shared) {
    const CountedConnection counted(shared, address);
    try {
        asio::ssl::stream<beast::tcp_stream> stream(beast::tcp_stream(std::move(socket)), context);
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(header_seconds));
        const auto [error] =
            co_await stream.async_handshake(asio::ssl::stream_base::server, as_answer);
        if (error) co_return;
        co_await serve_all(stream, address, shared);
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(header_seconds));
        co_await stream.async_shutdown(as_answer);
    } catch (const std::exception&) {
        // The connection ends: there is nobody left to tell.
    }
}

}  // namespace konseki::server
