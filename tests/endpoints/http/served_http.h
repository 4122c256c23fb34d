// A port of the test's own whose patience is short, and peers that try it.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "endpoints/http/address.h"
#include "endpoints/http/server.h"
#include "tests/eventually.h"

namespace catalogd::endpoints::http {

// Answers more than the sockets between two peers hold.
class LargeSite : public Site {
public:
    [[nodiscard]] Response answer(const Target& /*target*/,
                                  const Request& /*request*/) const override {
        ++asked_;
        Response response;
        response.body.assign(std::size_t{32} << 20U, 'x');
        return response;
    }
    [[nodiscard]] int asked() const { return asked_; }

private:
    mutable std::atomic<int> asked_{0};
};

class ServedHttp {
public:
    explicit ServedHttp(const Patience& patience);
    ~ServedHttp();
    ServedHttp(const ServedHttp&) = delete;
    ServedHttp& operator=(const ServedHttp&) = delete;

    [[nodiscard]] const Address& address() const { return address_; }
    [[nodiscard]] const LargeSite& site() const { return site_; }
    actors::events::Hub& events() { return events_; }
    bool comes_to_have_connections(std::size_t count);

private:
    explicit ServedHttp(const Patience& patience, int listening);

    const Address address_;
    const actors::Clock clock_;
    actors::events::Hub events_{clock_, "e"};
    const Guard guard_;
    const LargeSite site_;
    boost::asio::io_context io_{1};
    Server server_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::thread thread_;
};

// Sends what a test tells it, byte for byte. Its window is small: little fits on the way to it.
class TcpPeer {
public:
    explicit TcpPeer(const Address& address);
    ~TcpPeer();
    TcpPeer(const TcpPeer&) = delete;
    TcpPeer& operator=(const TcpPeer&) = delete;

    void send(std::string_view bytes) const;
    void send_request(std::string_view line, std::string_view fields = {}) const;
    // A byte now and then, until the other end closes; false where it does not.
    [[nodiscard]] bool is_closed_while_sending_bytes() const;
    // Up to this text, and throws where it does not come.
    std::string receive_to(std::string_view end);
    // Nothing more comes but the end.
    bool closed();

    // Of the WebSocket that this becomes: the kind of the next frame.
    void upgrade();
    enum class Frame { text = 1, close = 8, ping = 9, pong = 10 };
    Frame next_frame();
    void send_pong() const { send(std::string_view("\x8a\x80mask", 6)); }

private:
    std::string exactly(std::size_t size);

    const std::string host_;
    const int socket_;
};

}  // namespace catalogd::endpoints::http
