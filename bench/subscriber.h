#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalogd::bench {

// One WebSocket of events, as a subscriber has it: only as much of the protocol as what the daemon
// sends needs. Owns its descriptor. A refused upgrade or a socket error throws.
class Subscriber {
public:
    // Small: of a peer across a network that takes nothing, so that the kernels hold little for it.
    enum class Window { usual, small };
    // `address`: HOST:PORT of IPv4. `target`: with its query.
    Subscriber(const std::string& address, const std::string& target, Window window);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    int descriptor() const { return descriptor_; }

    // Reads once, and hands each whole event to `consume`. Pings are answered.
    template <typename Consume>
    void receive(const Consume& consume) {
        read_some();
        while (const auto event = next()) {
            consume(*event);
        }
        buffer_.erase(0, taken_);
        taken_ = 0;
    }

    // The daemon has closed; the code where it said one.
    bool closed() const { return closed_; }
    std::uint16_t close_code() const { return close_code_; }

private:
    void upgrade(const std::string& address, const std::string& target);
    void read_some();
    std::optional<std::string_view> next();
    void answer_ping(std::string_view data) const;

    int descriptor_ = -1;
    std::string buffer_;
    std::size_t taken_ = 0;  // of the buffer
    bool closed_ = false;
    std::uint16_t close_code_ = 0;
};

}  // namespace catalogd::bench
