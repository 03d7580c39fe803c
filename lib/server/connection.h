#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "net.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace konseki::server {

// One connection, whatever its stream: instantiated for plain and for TLS in a file each, since it takes a minute and
// a gigabyte to compile.

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using BeastRequest = http::request<http::string_body>;
using BeastResponse = http::response<http::string_body>;
inline constexpr auto as_answer = asio::as_tuple(asio::use_awaitable);

/// Counts for as long as it lives.
class Counted {
  public:
    explicit Counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    ~Counted() { --count_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

  private:
    std::atomic<std::size_t>& count_;
};

/// Counts a connection, and whose it is.
class CountedConnection {
  public:
    CountedConnection(Shared& shared, std::string address)
        : count_(shared.connections), shared_(shared), address_(std::move(address)) {
        ++shared_.by_address[address_];
    }
    ~CountedConnection() {
        const auto found = shared_.by_address.find(address_);
        if (--found->second == 0) shared_.by_address.erase(found);
    }
    CountedConnection(const CountedConnection&) = delete;
    CountedConnection& operator=(const CountedConnection&) = delete;

  private:
    Counted count_;
    Shared& shared_;
    std::string address_;
};

Request from_beast(BeastRequest&& from, const std::string& address);
BeastResponse to_beast(Response&& from, bool is_head, bool keep_alive);
/// What a request that could not be read is answered; nothing where the peer is simply gone.
std::optional<Response> answer_to(const beast::error_code& error);
/// The handler's answer; its exceptions end here.
Response answered(const Shared& shared, const Request& request);

/// Any coding but `chunked` alone: who passed the request on may have found another end of it than we.
bool has_odd_coding(const BeastRequest& request);

template <class Stream>
asio::awaitable<bool> send(Stream& stream, BeastResponse response) {
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(answer_seconds));
    const bool keeps = response.keep_alive();
    const auto [error, size] = co_await http::async_write(stream, response, as_answer);
    co_return !error && keeps;
}

/// Reads the body, after telling a client that waits for leave to send it.
template <class Stream>
asio::awaitable<beast::error_code> read_body(Stream& stream, beast::flat_buffer& buffer,
                                             http::request_parser<http::string_body>& parser) {
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(body_seconds));
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> leave(http::status::continue_, 11);
        const auto [error, size] = co_await http::async_write(stream, leave, as_answer);
        if (error) co_return error;
    }
    const auto [error, size] = co_await http::async_read(stream, buffer, parser, as_answer);
    co_return error;
}

/// Reads one request and answers it; false: the connection is to end.
template <class Stream>
asio::awaitable<bool> serve_one(Stream& stream, beast::flat_buffer& buffer,
                                const std::string& address, Shared& shared) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(most_header_bytes);
    parser.body_limit(most_body_bytes);
    auto& lowest = beast::get_lowest_layer(stream);
    lowest.expires_after(std::chrono::seconds(header_seconds));
    auto [error, size] = co_await http::async_read_header(stream, buffer, parser, as_answer);
    const Counted under_way(shared.requests);
    if (!error && has_odd_coding(parser.get())) error = http::error::bad_transfer_encoding;
    if (!error && !parser.is_done()) error = co_await read_body(stream, buffer, parser);
    if (error) {
        std::optional<Response> refused = answer_to(error);
        if (refused) co_await send(stream, to_beast(*std::move(refused), false, false));
        co_return false;
    }
    const bool keeps = parser.keep_alive() && !shared.is_stopping;
    const Request request = from_beast(parser.release(), address);
    lowest.expires_never();
    Response response = co_await asio::co_spawn(
        shared.workers,
        [&shared, &request]() -> asio::awaitable<Response> { co_return answered(shared, request); },
        asio::use_awaitable);
    const bool is_head = request.method == Method::head;
    co_return co_await send(stream, to_beast(std::move(response), is_head, keeps));
}

template <class Stream>
asio::awaitable<void> serve_all(Stream& stream, const std::string& address, Shared& shared) {
    beast::flat_buffer buffer(most_header_bytes + most_body_bytes);
    while (!shared.is_stopping) {
        const bool goes_on = co_await serve_one(stream, buffer, address, shared);
        if (!goes_on) break;
    }
}

}  // namespace konseki::server
