#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalogd::bench {

// One non-blocking connection to the daemon's socket: calls go out, replies come in, each ended
// by a NUL byte. Owns its descriptor. A closed connection or a socket error throws.
class Connection {
public:
    explicit Connection(const std::string& socket_path);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int descriptor() const { return descriptor_; }

    // Calls are appended here, NUL included, and leave with flush().
    std::string& outgoing() { return outgoing_; }

    // True when everything has left; otherwise the socket is full for now.
    bool flush();

    // Reads once from the socket, and hands each whole frame to `consume`, without its NUL.
    template <typename Consume>
    void receive(const Consume& consume) {
        read_some();
        std::size_t start = 0;
        for (auto end = find_end(); end != std::string::npos; end = find_end()) {
            consume(std::string_view(incoming_).substr(start, end - start));
            start = end + 1;
            scanned_ = start;
        }
        drop(start);
    }

private:
    void read_some();
    std::size_t find_end() const;
    void drop(std::size_t consumed);

    int descriptor_ = -1;
    std::string outgoing_;
    std::size_t sent_ = 0;
    // The first filled_ bytes are data, the first scanned_ of them hold no NUL still to be found.
    std::string incoming_;
    std::size_t filled_ = 0;
    std::size_t scanned_ = 0;
};

}  // namespace catalogd::bench
