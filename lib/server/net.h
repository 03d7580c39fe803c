#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "konseki/server/http.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>

namespace konseki::server {

// Inside of the listener: what its files share. Boost stays in the files of the target konseki_server_net.

/// A request's head. Browsers send one or two KiB.
inline constexpr std::uint32_t most_header_bytes = 16 << 10;
/// The longest text of a field (1 MiB) with escapes.
inline constexpr std::uint64_t most_body_bytes = 2 << 20;
/// For the head as a whole, from the end of the answer before: a client that sends a byte now and then is cut off.
inline constexpr std::int64_t header_seconds = 30;
inline constexpr std::int64_t body_seconds = 60;
inline constexpr std::int64_t answer_seconds = 60;

/// What all connections of a listener share; outlives them.
struct Shared {
    Handler handler;
    boost::asio::thread_pool workers;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> requests = 0;  ///< under way
    std::atomic<bool> is_stopping = false;
    std::map<std::string, std::size_t>
        by_address;  ///< connections of each; of the thread that moves bytes

    Shared(Handler answers, std::size_t count) : handler(std::move(answers)), workers(count) {}
};

/// Serves one connection to its end. Never throws.
boost::asio::awaitable<void> serve_plain(boost::asio::ip::tcp::socket socket, std::string address,
                                         Shared& shared);
boost::asio::awaitable<void> serve_tls(boost::asio::ip::tcp::socket socket, std::string address,
                                       boost::asio::ssl::context& context, Shared& shared);

}  // namespace konseki::server
