#include "tests/endpoints/varlink_peer.h"

#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace catalogd::endpoints {
namespace {

// A test that waits in vain fails, instead of hanging.
constexpr timeval patience{60, 0};

constexpr std::size_t read_size = 64 * 1024;

Reply reply_in(std::string_view frame) {
    const json::object object = json::parse(frame).as_object();
    Reply reply;
    if (const json::value* error = object.if_contains("error")) {
        reply.error = error->as_string();
    }
    reply.parameters = object.at("parameters").as_object();
    reply.continues = object.contains("continues") && object.at("continues").as_bool();
    return reply;
}

}  // namespace

std::string call_text(std::string_view method, const json::object& parameters,
                      const json::object& headers) {
    json::object call = headers;
    call["method"] = method;
    call["parameters"] = parameters;
    return json::serialize(call);
}

VarlinkPeer VarlinkPeer::connect_to(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    VarlinkPeer peer(socket);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::system_error(errno, std::generic_category(), "connect");
    }
    return peer;
}

VarlinkPeer::VarlinkPeer(int socket) : socket_(socket) {
    if (::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0) {
        throw std::system_error(errno, std::generic_category(), "SO_RCVTIMEO");
    }
}

VarlinkPeer::VarlinkPeer(VarlinkPeer&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), frames_(std::move(other.frames_)) {}

VarlinkPeer::~VarlinkPeer() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

bool VarlinkPeer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// False where the daemon has closed, with bytes of ours unread or not.
bool VarlinkPeer::read_some() {
    const auto room = frames_.prepare(read_size);
    const ssize_t size = ::recv(socket_, room.data(), room.size(), 0);
    if (size < 0 && errno == EAGAIN) {
        throw std::runtime_error("the daemon neither answers nor closes");
    }
    frames_.commit(size > 0 ? static_cast<std::size_t>(size) : 0);
    return size > 0;
}

Reply VarlinkPeer::receive() {
    auto frame = frames_.next();
    while (!frame) {
        if (!read_some()) {
            throw std::runtime_error("the daemon has closed the connection");
        }
        frame = frames_.next();
    }
    return reply_in(*frame);
}

std::vector<Reply> VarlinkPeer::receive(std::size_t count) {
    std::vector<Reply> replies;
    while (replies.size() < count) {
        replies.push_back(receive());
    }
    return replies;
}

Reply VarlinkPeer::call(std::string_view method, const json::object& parameters,
                        const json::object& headers) {
    send_call(method, parameters, headers);
    return receive();
}

bool VarlinkPeer::closed() {
    while (!frames_.next()) {
        if (!read_some()) {
            return true;
        }
    }
    return false;
}

void VarlinkPeer::wait_until_taken() const {
    for (int waiting = 1; waiting > 0; std::this_thread::yield()) {
        if (::ioctl(socket_, SIOCOUTQ, &waiting) != 0) {
            throw std::system_error(errno, std::generic_category(), "SIOCOUTQ");
        }
    }
}

void VarlinkPeer::shut_down_writing() {
    ::shutdown(socket_, SHUT_WR);
}

bool VarlinkPeer::silent() const {
    pollfd polled{socket_, POLLIN, 0};
    return ::poll(&polled, 1, 0) == 0;
}

}  // namespace catalogd::endpoints
