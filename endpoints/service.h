// What a Varlink session asks of whoever answers its calls.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "endpoints/peer.h"
#include "protocol/message.h"

namespace catalogd::endpoints {

// The way back for one call's replies; may be used on any thread, and after its session has gone.
class Responder {
public:
    virtual ~Responder() = default;

    // The last reply, or the only one: a whole frame.
    virtual void finish(std::string frame) = 0;
    // One of several: `sent` is called, on the session's executor, when the peer has taken it.
    virtual void proceed(std::string frame, std::function<void()> sent) = 0;
    // Whether the peer has closed its connection, so that nobody will read a reply.
    [[nodiscard]] virtual bool abandoned() const = 0;
    // Where the session lives; for work that must not run on an actor's thread.
    [[nodiscard]] virtual boost::asio::any_io_executor executor() const = 0;
};

// When a call may start, seen from the calls before it on the same connection.
enum class Conduct {
    write,    // at once: writes are applied in the order in which they come
    read,     // when every earlier write has been answered
    listing,  // when every earlier call has been answered and the peer has taken most of the
              // replies: its own may be large
    alone     // when every earlier call has been answered, and those behind it wait for it
};

// A call that has been understood and allowed.
struct Task {
    Conduct conduct = Conduct::read;
    std::function<void(std::shared_ptr<Responder>)> start;
};

struct Caller {
    Peer peer;
    Role role = Role::none;
};

// Safe for the sessions' threads.
class Service {
public:
    virtual ~Service() = default;
    // `call` is valid during the call of this function alone. `bytes`: of its frame.
    virtual protocol::Result<Task> prepare(const protocol::Call& call, const Caller& caller,
                                           std::size_t bytes) const = 0;
    [[nodiscard]] virtual Role role_of(const Peer& peer) const = 0;
};

}  // namespace catalogd::endpoints
