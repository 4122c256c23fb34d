#include "tests/cli/fake_daemon.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace catalogd::cli {

FakeDaemon::FakeDaemon()
    : listening_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening_, 16) != 0) {
        throw std::runtime_error("cannot listen on " + socket_);
    }
    thread_ = std::thread([this] { serve(); });
}

FakeDaemon::~FakeDaemon() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(listening_);
    ::close(stop_);
}

void FakeDaemon::on(const std::string& method, Answer answer) {
    const std::lock_guard lock(mutex_);
    answers_[method] = std::move(answer);
}

std::vector<std::string> FakeDaemon::calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
}

void FakeDaemon::serve() {
    std::vector<Connection> connections;
    while (true) {
        std::vector<pollfd> polled{{stop_, POLLIN, 0}, {listening_, POLLIN, 0}};
        for (const Connection& connection : connections) {
            polled.push_back({connection.socket, POLLIN, 0});
        }
        ::poll(polled.data(), polled.size(), -1);
        if (polled[0].revents != 0) {
            break;
        }
        for (std::size_t i = connections.size(); i-- > 0;) {
            if (polled[i + 2].revents != 0 && !read(connections[i])) {
                ::close(connections[i].socket);
                connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
        if (polled[1].revents != 0) {
            connections.emplace_back(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
        }
    }
    for (const Connection& connection : connections) {
        ::close(connection.socket);
    }
}

// False where the connection is at its end.
bool FakeDaemon::read(Connection& connection) {
    const auto room = connection.frames.prepare(4096);
    const ssize_t size = ::recv(connection.socket, room.data(), room.size(), 0);
    if (size <= 0) {
        return false;
    }
    connection.frames.commit(static_cast<std::size_t>(size));
    while (const auto frame = connection.frames.next()) {
        if (!answer(connection.socket, *frame)) {
            return false;
        }
    }
    return true;
}

bool FakeDaemon::answer(int socket, std::string_view frame) {
    const std::lock_guard lock(mutex_);
    const auto call = parser_.parse_call(frame);
    if (!call) {
        return false;
    }
    std::string text = std::string(call->method) + ' ' + protocol::to_text(call->parameters);
    text += call->more ? " more" : "";
    text += call->timeout_ms ? " within " + std::to_string(*call->timeout_ms) : "";
    calls_.push_back(text);
    const auto found = answers_.find(call->method);
    const std::string reply =
        found == answers_.end()
            ? error_frame(protocol::errors::MethodNotFound{std::string(call->method)})
            : found->second(*call, ++counts_[std::string(call->method)]);
    // In two pieces: a reply need not arrive at once.
    const std::size_t half = reply.size() / 2;
    return !reply.empty() &&
           ::send(socket, reply.data(), half, MSG_NOSIGNAL) == static_cast<ssize_t>(half) &&
           ::send(socket, reply.data() + half, reply.size() - half, MSG_NOSIGNAL) ==
               static_cast<ssize_t>(reply.size() - half);
}

}  // namespace catalogd::cli
