// A blocking Varlink client over a Unix socket: for one thread, and for calls in order.
//
// Several calls may be on their way at once: send them, then receive as many replies, which come
// in the order of the calls. A call to `stream` or `exchange` must find no other on its way.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/failure.h"
#include "protocol/frame.h"
#include "protocol/message.h"

namespace catalogd::cli {

class VarlinkClient {
public:
    // The daemon's own deadline for a call; absent, the configured one holds.
    using Timeout = std::optional<std::chrono::milliseconds>;

    // What came in is told by `Parameters`; false ends the stream, and with it the connection.
    using OnReply = std::function<bool(protocol::Parameters)>;

    static Result<VarlinkClient> connect(const std::string& path);

    // Owns the connected socket from now on.
    explicit VarlinkClient(int socket);
    VarlinkClient(VarlinkClient&& other) noexcept;
    VarlinkClient& operator=(VarlinkClient&& other) noexcept;
    ~VarlinkClient();

    template <class M>
    Result<typename M::Reply> call(const M& message, Timeout timeout = {}) {
        if (auto sent = send_message(message, timeout); !sent) {
            return sent.error();
        }
        return receive_reply<M>();
    }

    // Calls `on_reply(const M::Reply&, Parameters)` for each reply; false from it as above.
    template <class M, class Callback>
    Result<void> stream(const M& message, Callback on_reply, Timeout timeout = {}) {
        std::optional<Failure> unreadable;
        const auto decoding = [&](protocol::Parameters parameters) -> bool {
            const auto reply = decoded<M>(parameters);
            if (!reply) {
                unreadable = reply.error();
            }
            return reply && on_reply(*reply, parameters);
        };
        auto done = exchange(M::method, encoded(message), true, decoding, timeout);
        return unreadable ? Result<void>(*unreadable) : done;
    }

    // Any method; `parameters_json` is one JSON object.
    Result<void> exchange(std::string_view method, std::string_view parameters_json, bool more,
                          const OnReply& on_reply, Timeout timeout = {});

    template <class M>
    Result<void> send_message(const M& message, Timeout timeout = {}) {
        return send(M::method, encoded(message), false, timeout);
    }
    template <class M>
    Result<typename M::Reply> receive_reply() {
        auto reply = receive();
        if (!reply) {
            return reply.error();
        }
        return decoded<M>(reply->parameters);
    }

    Result<void> send(std::string_view method, std::string_view parameters_json, bool more = false,
                      Timeout timeout = {});
    // Valid until the next call of any function. A reply that is an error is a Failure.
    Result<protocol::ReplyView> receive();

    // Of the process that listens; empty where the system does not tell.
    [[nodiscard]] std::optional<pid_t> peer_pid() const;

private:
    template <class M>
    std::string_view encoded(const M& message) {
        text_.clear();
        protocol::encode(text_, message);
        return text_;
    }
    template <class M>
    static Result<typename M::Reply> decoded(protocol::Parameters parameters) {
        auto reply = protocol::decode<typename M::Reply>(parameters);
        if (!reply) {
            return unreadable_reply(M::method, reply.error());
        }
        return std::move(*reply);
    }
    static Failure unreadable_reply(std::string_view method, const protocol::Error& error);

    Result<void> send_frame();
    Result<void> wait_until_writable();
    Result<void> read_some(int flags);
    void close();

    int socket_;
    protocol::FrameReader frames_;
    std::unique_ptr<protocol::MessageParser> parser_;
    std::string text_;   // parameters of the call that is being made
    std::string frame_;  // the same as a whole frame
};

}  // namespace catalogd::cli
