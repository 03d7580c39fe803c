#include "connection.h"

namespace konseki::server {

asio::awaitable<void> serve_plain(asio::ip::tcp::socket socket, std::string address,
                                  Shared& shared) {
    const CountedConnection counted(shared, address);
    try {
        beast::tcp_stream stream(std::move(socket));
        co_await serve_all(stream, address, shared);
        beast::error_code ignored;
        stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    } catch (const std::exception&) {
        // The connection ends: there is nobody left to tell.
    }
}

}  // namespace konseki::server
