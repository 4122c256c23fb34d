// The other end of a connection: writes what a test tells it, byte for byte, and reads replies.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/frame.h"

namespace catalogd::endpoints {

namespace json = boost::json;

struct Reply {
    std::string error;  // its name; empty where the call succeeded
    json::object parameters{};
    bool continues = false;
};

// Text of a frame, without its NUL.
std::string call_text(std::string_view method, const json::object& parameters = {},
                      const json::object& headers = {});

class VarlinkPeer {
public:
    // To the socket at the path; throws std::system_error.
    static VarlinkPeer connect_to(const std::string& path);
    // Owns the connected socket.
    explicit VarlinkPeer(int socket);
    VarlinkPeer(VarlinkPeer&& other) noexcept;
    VarlinkPeer& operator=(VarlinkPeer&& other) = delete;
    ~VarlinkPeer();

    // Bytes as they are; false where the daemon has closed the connection.
    bool send(std::string_view bytes);
    bool send_frame(std::string_view text) { return send(std::string(text) + '\0'); }
    bool send_call(std::string_view method, const json::object& parameters = {},
                   const json::object& headers = {}) {
        return send_frame(call_text(method, parameters, headers));
    }

    // The next reply; throws where the connection is closed, or silent for a minute.
    Reply receive();
    std::vector<Reply> receive(std::size_t count);
    Reply call(std::string_view method, const json::object& parameters = {},
               const json::object& headers = {});

    // Waits for the daemon's end of the connection: true where no reply comes before it.
    bool closed();

    // Returns when the daemon has taken in everything that was sent.
    void wait_until_taken() const;
    void shut_down_writing();
    // Nothing to read for now.
    [[nodiscard]] bool silent() const;

private:
    bool read_some();

    int socket_;
    protocol::FrameReader frames_{std::size_t{1} << 30};
};

}  // namespace catalogd::endpoints
