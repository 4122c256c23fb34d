#include "cli/varlink_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace catalogd::cli {
namespace {

constexpr std::size_t reply_read_size = 16 * 1024;

Failure not_varlink(std::string_view why) {
    return {ExitCode::failed, "the socket's owner does not speak Varlink: " + std::string(why)};
}

}  // namespace

Result<VarlinkClient> VarlinkClient::connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return unreachable(path, path.empty() ? ENOENT : ENAMETOOLONG);
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    VarlinkClient client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (client.socket_ < 0 || ::connect(client.socket_, reinterpret_cast<const sockaddr*>(&address),
                                        sizeof address) < 0) {
        return unreachable(path, errno);
    }
    return client;
}

VarlinkClient::VarlinkClient(int socket)
    : socket_(socket), parser_(std::make_unique<protocol::MessageParser>()) {}

VarlinkClient::VarlinkClient(VarlinkClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      frames_(std::move(other.frames_)),
      parser_(std::move(other.parser_)) {}

VarlinkClient& VarlinkClient::operator=(VarlinkClient&& other) noexcept {
    close();
    socket_ = std::exchange(other.socket_, -1);
    frames_ = std::move(other.frames_);
    parser_ = std::move(other.parser_);
    return *this;
}

VarlinkClient::~VarlinkClient() {
    close();
}

void VarlinkClient::close() {
    if (socket_ >= 0) {
        ::close(std::exchange(socket_, -1));
    }
}

Result<void> VarlinkClient::exchange(std::string_view method, std::string_view parameters_json,
                                     bool more, const OnReply& on_reply, Timeout timeout) {
    if (auto sent = send(method, parameters_json, more, timeout); !sent) {
        return sent;
    }
    while (true) {
        const auto reply = receive();
        if (!reply) {
            return reply.error();
        }
        const bool continues = reply->continues;
        const bool wanted = on_reply(reply->parameters);
        if (!continues) {
            return {};
        }
        if (!wanted) {
            close();
            return {};
        }
    }
}

Result<void> VarlinkClient::send(std::string_view method, std::string_view parameters_json,
                                 bool more, Timeout timeout) {
    if (!protocol::is_utf8(parameters_json) || !protocol::is_utf8(method)) {
        return usage_failure("names and texts must be UTF-8");
    }
    std::optional<std::int64_t> timeout_ms;
    if (timeout) {
        timeout_ms = timeout->count();
    }
    frame_.clear();
    protocol::append_call(frame_, method, parameters_json, more, timeout_ms);
    return send_frame();
}

Result<void> VarlinkClient::send_frame() {
    std::string_view rest = frame_;
    while (!rest.empty()) {
        const ssize_t sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            if (auto waited = wait_until_writable(); !waited) {
                return waited;
            }
        } else if (errno != EINTR) {
            return connection_lost();
        }
    }
    return {};
}

// Takes in replies meanwhile: a peer that waits for us to read would not read either.
Result<void> VarlinkClient::wait_until_writable() {
    pollfd polled{socket_, POLLIN | POLLOUT, 0};
    if (::poll(&polled, 1, -1) < 0 || (polled.revents & POLLOUT) != 0) {
        return {};
    }
    return read_some(MSG_DONTWAIT);
}

Result<void> VarlinkClient::read_some(int flags) {
    const std::span<char> room = frames_.prepare(reply_read_size);
    const ssize_t size = ::recv(socket_, room.data(), room.size(), flags);
    if (size > 0) {
        frames_.commit(static_cast<std::size_t>(size));
        return {};
    }
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) {
        return {};
    }
    return connection_lost();
}

Result<protocol::ReplyView> VarlinkClient::receive() {
    auto frame = frames_.next();
    while (!frame) {
        if (frames_.oversized()) {
            return not_varlink("its message is too long");
        }
        if (auto read = read_some(0); !read) {
            return read.error();
        }
        frame = frames_.next();
    }
    const auto reply = parser_->parse_reply(*frame);
    if (!reply) {
        return not_varlink("its message is not a JSON object");
    }
    if (!reply->error.empty()) {
        return refused(reply->error, reply->parameters);
    }
    return *reply;
}

std::optional<pid_t> VarlinkClient::peer_pid() const {
    ucred peer{};
    socklen_t size = sizeof peer;
    // 0: a process of another namespace; 1: the manager that made the socket, not the daemon.
    if (::getsockopt(socket_, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.pid <= 1) {
        return {};
    }
    return peer.pid;
}

Failure VarlinkClient::unreadable_reply(std::string_view method, const protocol::Error& error) {
    std::string parameters;
    protocol::encode_parameters(parameters, error);
    return {ExitCode::failed, "the daemon's reply to " + std::string(method) +
                                  " is not what its interface says: " + parameters};
}

}  // namespace catalogd::cli
