#include "endpoints/listening_socket.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "endpoints/peer.h"

namespace catalogd::endpoints {
namespace {

constexpr int backlog = 1024;

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        fail("socket " + path);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

int new_socket() {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        fail("socket");
    }
    return descriptor;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

// The process that serves on the path, 0 where none does.
pid_t server_of(const std::string& path) {
    const sockaddr_un address = address_of(path);
    const int descriptor = new_socket();
    pid_t pid = 0;
    if (::connect(descriptor, generic(address), sizeof address) == 0) {
        pid = peer_of(descriptor).pid;
    }
    ::close(descriptor);
    return pid;
}

// Where a bound socket listens; empty where that is no path.
std::string path_of(int descriptor) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
        address.sun_family != AF_UNIX) {
        throw std::invalid_argument("the service manager passed a socket that is no Unix socket");
    }
    return address.sun_path;
}

}  // namespace

ListeningSocket::ListeningSocket(int passed) : path_(path_of(passed)), socket_(passed) {}

ListeningSocket::ListeningSocket(std::string path, mode_t mode, const std::string& group)
    : ListeningSocket(std::move(path)) {
    claim();
    bind();
    set_owner(group);
    if (::chmod(path_.c_str(), mode) != 0 || ::listen(socket_, backlog) != 0) {
        fail("socket " + path_);
    }
}

// Two daemons that start at once must not both find the old file unserved.
void ListeningSocket::claim() {
    address_of(path_);  // a path that is too long gets no lock file either
    const std::string lock = path_ + ".lock";
    lock_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) {
        fail("socket " + path_);
    }
    const bool locked = ::flock(lock_, LOCK_EX | LOCK_NB) == 0;
    const pid_t server = server_of(path_);
    if (!locked || server != 0) {
        throw SocketHeld("the socket " + path_ + " is served by " +
                         (server != 0 ? "process " + std::to_string(server) : "another process"));
    }
}

void ListeningSocket::bind() {
    struct stat status{};
    if (::lstat(path_.c_str(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) {
            errno = EEXIST;
            fail("socket " + path_ + " is a file of another kind");
        }
        ::unlink(path_.c_str());
    }
    const sockaddr_un address = address_of(path_);
    socket_ = new_socket();
    // Nobody may connect before the mode is set.
    const mode_t before = ::umask(0777);
    const int status_of_bind = ::bind(socket_, generic(address), sizeof address);
    ::umask(before);
    if (status_of_bind != 0) {
        fail("socket " + path_);
    }
    bound_ = true;
}

void ListeningSocket::set_owner(const std::string& group) const {
    if (group.empty()) {
        return;
    }
    const auto id = group_id(group);
    if (!id) {
        throw std::invalid_argument("socket.group: there is no group " + group +
                                    " on this machine");
    }
    if (::chown(path_.c_str(), static_cast<uid_t>(-1), *id) != 0) {
        fail("socket " + path_);
    }
}

int ListeningSocket::release() {
    return std::exchange(socket_, -1);
}

ListeningSocket::~ListeningSocket() {
    if (bound_) {
        ::unlink(path_.c_str());
    }
    if (socket_ >= 0) {
        ::close(socket_);
    }
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

}  // namespace catalogd::endpoints
