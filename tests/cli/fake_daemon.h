// A daemon that says what the test tells it to: the wire is real, the catalog is not.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "protocol/frame.h"
#include "protocol/message.h"
#include "tests/cli/temp_tree.h"

namespace catalogd::cli {

// Serves every connection from one thread of its own, in order.
class FakeDaemon {
public:
    // The frames to send for a call, from 1 on for each method. Nothing: hangs up.
    using Answer = std::function<std::string(const protocol::Call&, int nth)>;

    FakeDaemon();
    ~FakeDaemon();

    [[nodiscard]] const std::string& socket() const { return socket_; }

    void on(const std::string& method, Answer answer);
    template <class M>
    void on(const typename M::Reply& reply) {
        std::string frame;
        protocol::append_reply(frame, reply);
        on(std::string(M::method), [frame](const auto&, int) { return frame; });
    }
    template <class M>
    void on_error(const protocol::Error& error) {
        std::string frame;
        protocol::append_error(frame, error);
        on(std::string(M::method), [frame](const auto&, int) { return frame; });
    }

    // Every call so far: its method, then its parameters; "more" and a timeout follow.
    std::vector<std::string> calls();

private:
    struct Connection {
        explicit Connection(int accepted) : socket(accepted) {}
        int socket;
        protocol::FrameReader frames;
    };

    void serve();
    bool read(Connection& connection);
    bool answer(int socket, std::string_view frame);

    TempTree folder_;
    std::string socket_ = folder_.path("socket");
    int listening_ = -1;
    int stop_ = -1;
    protocol::MessageParser parser_;
    std::mutex mutex_;  // over the next three
    std::map<std::string, Answer, std::less<>> answers_;
    std::map<std::string, int, std::less<>> counts_;
    std::vector<std::string> calls_;
    std::thread thread_;
};

template <class Reply>
std::string reply_frame(const Reply& reply, bool continues = false) {
    std::string frame;
    protocol::append_reply(frame, reply, continues);
    return frame;
}

inline std::string error_frame(const protocol::Error& error) {
    std::string frame;
    protocol::append_error(frame, error);
    return frame;
}

}  // namespace catalogd::cli
