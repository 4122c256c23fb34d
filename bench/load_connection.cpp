#include "bench/load_connection.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace catalogd::bench {

namespace {

constexpr std::size_t kReadSize = 256 * 1024;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Connection::Connection(const std::string& socket_path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_path.size() >= sizeof(address.sun_path)) {
        errno = ENAMETOOLONG;
        fail(socket_path);
    }
    std::memcpy(address.sun_path, socket_path.c_str(), socket_path.size() + 1);
    descriptor_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Connecting blocks, so that a full queue of the listener is waited for; the rest does not.
    if (descriptor_ < 0 ||
        connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        fail(socket_path);
    }
}

Connection::~Connection() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

bool Connection::flush() {
    while (sent_ < outgoing_.size()) {
        const auto count = send(descriptor_, outgoing_.data() + sent_, outgoing_.size() - sent_,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EAGAIN || errno == EINTR) {
                return false;
            }
            fail("send");
        }
        sent_ += static_cast<std::size_t>(count);
    }
    outgoing_.clear();
    sent_ = 0;
    return true;
}

void Connection::read_some() {
    if (incoming_.size() < filled_ + kReadSize) {
        incoming_.resize(std::max(filled_ + kReadSize, incoming_.size() * 2));
    }
    const auto count =
        recv(descriptor_, incoming_.data() + filled_, incoming_.size() - filled_, MSG_DONTWAIT);
    if (count > 0) {
        filled_ += static_cast<std::size_t>(count);
    } else if (count == 0) {
        errno = ECONNRESET;
        fail("the daemon closed the connection");
    } else if (errno != EAGAIN && errno != EINTR) {
        fail("receive");
    }
}

std::size_t Connection::find_end() const {
    const auto* from = incoming_.data() + scanned_;
    const auto* end = static_cast<const char*>(std::memchr(from, '\0', filled_ - scanned_));
    return end == nullptr ? std::string::npos : static_cast<std::size_t>(end - incoming_.data());
}

void Connection::drop(std::size_t consumed) {
    filled_ -= consumed;
    std::memmove(incoming_.data(), incoming_.data() + consumed, filled_);
    scanned_ = filled_;
}

}  // namespace catalogd::bench
