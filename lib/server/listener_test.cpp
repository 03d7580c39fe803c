#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include "konseki/server/listen.h"

namespace konseki::server {
namespace {

sockaddr_in place(const char* address, std::uint16_t port) {
    sockaddr_in out = {};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &out.sin_addr);
    return out;
}

const sockaddr* plain(const sockaddr_in& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

/// A line to the port, coming from one of the machine's own addresses.
int connected(std::uint16_t port, const char* from) {
    const int line = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in own = place(from, 0), to = place("127.0.0.1", port);
    const bool is_bound = ::bind(line, plain(own), sizeof own) == 0;
    CHECK((!is_bound || ::connect(line, plain(to), sizeof to) == 0 || errno == ECONNREFUSED));
    return line;
}

/// What comes back on a line, to its end; empty where there is nothing.
std::string ask_on(int line, std::string_view request) {
    std::string answer;
    if (::send(line, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
        char piece[4096];
        for (ssize_t got = 0; (got = ::recv(line, piece, sizeof piece, 0)) > 0;)
            answer.append(piece, static_cast<std::size_t>(got));
    }
    ::close(line);
    return answer;
}

std::string ask(std::uint16_t port, std::string_view request) {
    return ask_on(connected(port, "127.0.0.1"), request);
}

constexpr std::string_view closing = "GET /x HTTP/1.1\r\nConnection: close\r\n\r\n";

}  // namespace

TEST_CASE("listener: many at a time are each answered, and a stop lets those under way end") {
    std::atomic<int> answered = 0;
    const std::unique_ptr<Listener> listener = *Listener::open(
        {.address = "127.0.0.1", .port = 0, .tls = {}}, [&](const Request& request) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            ++answered;
            return Response{200, "text/plain", request.target};
        });
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int j = 0; j < 25; ++j)
                good += ask(listener->port(), closing).ends_with("\r\n\r\n/x");
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(good == 200);
    CHECK(answered == 200);

    std::atomic<bool> has_answer = false;
    std::thread last([&] { has_answer = ask(listener->port(), closing).ends_with("/x"); });
    while (answered == 200) std::this_thread::yield();
    listener->stop();
    last.join();
    CHECK(ask(listener->port(), closing).empty());
}

TEST_CASE("listener: an exception of a handler is one answer, and no end of the server") {
    const std::unique_ptr<Listener> listener =
        *Listener::open({.address = "127.0.0.1", .port = 0, .tls = {}},
                        [](const Request&) -> Response { throw std::bad_alloc(); });

    CHECK(ask(listener->port(), closing).starts_with("HTTP/1.1 500"));
    CHECK(ask(listener->port(), closing).starts_with("HTTP/1.1 500"));
}

TEST_CASE("listener: more connections than allowed are closed, and room comes back") {
    const std::unique_ptr<Listener> listener =
        *Listener::open({.address = "127.0.0.1", .port = 0, .tls = {}, .most_connections = 0},
                        [](const Request&) { return Response{}; });

    CHECK(ask(listener->port(), closing).empty());
}

TEST_CASE("listener: one address cannot take all connections") {
    const std::unique_ptr<Listener> listener =
        *Listener::open({.address = "127.0.0.1", .port = 0, .tls = {}, .most_connections = 8},
                        [](const Request&) { return Response{200, "text/plain", "y"}; });
    std::vector<int> held;
    for (int i = 0; i < 8; ++i) held.push_back(connected(listener->port(), "127.0.0.1"));

    CHECK(ask_on(connected(listener->port(), "127.0.0.1"), closing).empty());
    CHECK(ask_on(connected(listener->port(), "127.0.0.2"), closing).ends_with("\r\n\r\ny"));
    for (const int line : held) ::close(line);
    std::string again;
    for (int i = 0; i < 100 && again.empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        again = ask(listener->port(), closing);
    }
    CHECK(again.ends_with("\r\n\r\ny"));
}

TEST_CASE("listener: a coding that is not chunked ends the connection") {
    const std::unique_ptr<Listener> listener =
        *Listener::open({.address = "127.0.0.1", .port = 0, .tls = {}},
                        [](const Request&) { return Response{200, "text/plain", "y"}; });

    const std::string answer = ask(listener->port(),
                                   "POST /x HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n"
                                   "Content-Length: 3\r\n\r\nabcGET /x HTTP/1.1\r\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 400"));
    CHECK(answer.find("200 OK") == answer.npos);
}

TEST_CASE(
    "listener: an address that is none, a port that is taken and a certificate that is none are "
    "told") {
    const Handler nothing = [](const Request&) { return Response{}; };
    const std::unique_ptr<Listener> first =
        *Listener::open({.address = "127.0.0.1", .port = 0, .tls = {}}, nothing);

    CHECK(Listener::open({.address = "localhost", .port = 0, .tls = {}}, nothing).error().kind ==
          ErrorKind::usage);
    CHECK(Listener::open({.address = "127.0.0.1", .port = first->port(), .tls = {}}, nothing)
              .error()
              .kind == ErrorKind::io);
    CHECK_FALSE(Listener::open(
        {.address = "127.0.0.1", .port = 0, .tls = TlsFiles{"/none", "/none"}}, nothing));
    CHECK(*is_loopback("::1"));
    CHECK_FALSE(*is_loopback("0.0.0.0"));
}

}  // namespace konseki::server
