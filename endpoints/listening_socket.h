// The Unix socket's file: who may connect, and that only one daemon serves on it.
#pragma once

#include <sys/types.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace catalogd::endpoints {

// Another process serves on the path; the text names it.
struct SocketHeld : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Owns the listening socket's file: removes it when the daemon ends. Unless the service manager has
// made it, who keeps it and goes on listening.
class ListeningSocket {
public:
    // A socket that the service manager listens on and has passed. Throws std::invalid_argument
    // where it is no Unix socket.
    explicit ListeningSocket(int passed);

    // `mode` as 0660; `group` by name or number, empty for the daemon's own. A file that nobody
    // serves on is replaced. Throws SocketHeld; std::invalid_argument for a group that this machine
    // does not know; std::system_error with a text for a person.
    ListeningSocket(std::string path, mode_t mode, const std::string& group);
    ~ListeningSocket();
    ListeningSocket(const ListeningSocket&) = delete;
    ListeningSocket& operator=(const ListeningSocket&) = delete;

    // Gives the descriptor away, to the acceptor that will close it.
    [[nodiscard]] int release();

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    // Complete as it is: what a failing start has taken by then is given back.
    explicit ListeningSocket(std::string path) : path_(std::move(path)) {}
    void claim();
    void bind();
    void set_owner(const std::string& group) const;

    std::string path_;
    int lock_ = -1;  // "<path>.lock", held for as long as the daemon lives
    int socket_ = -1;
    bool bound_ = false;
};

}  // namespace catalogd::endpoints
