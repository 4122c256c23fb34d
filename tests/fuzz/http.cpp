// The port: everything that a peer sends on one connection, and then its end.
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "endpoints/http/session.h"
#include "tests/fuzz/claim.h"

namespace catalogd::endpoints::http {
namespace {

namespace asio = boost::asio;
using fuzz::claim;

const std::string host = "127.0.0.1:8787";
const std::string token = "secret";

// Holds what gets here against the rules once more, in words of its own.
class AdmittedSite : public Site {
public:
    explicit AdmittedSite(bool guarded) : guarded_(guarded) {}

    [[nodiscard]] Response answer(const Target& target, const Request& request) const override {
        claim(request.method == "GET" && !request.has_body, "only GET without a body is served");
        claim(request.values("host") == std::vector<std::string_view>{host}, "Host is checked");
        for (const std::string_view origin : request.values("origin")) {
            claim(origin == "http://" + host, "Origin is checked");
        }
        const bool open = target.path == "/livez" || target.path == "/readyz";
        claim(!guarded_ || open || request.values("authorization").size() == 1,
              "who has no token gets nothing");
        Response response;
        response.body = target.path;
        return response;
    }

private:
    const bool guarded_;
};

// The peer's end of a connection. It is no TCP here, which the session does not notice.
class Peer {
public:
    Peer() {
        claim(
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends_.data()) == 0,
            "there are sockets");
    }
    ~Peer() { ::close(ends_[0]); }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] int far_end() const { return ends_[1]; }  // its owner closes it
    // Whoever has closed the connection does not listen any more.
    void send(std::string_view bytes) const {
        ::send(ends_[0], bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    void finish() const { ::shutdown(ends_[0], SHUT_WR); }
    // Whether there was anything.
    [[nodiscard]] bool take_answers() const {
        std::array<char, 16384> answers;
        return ::recv(ends_[0], answers.data(), answers.size(), 0) > 0;
    }

private:
    std::array<int, 2> ends_{};
};

// Until everybody waits for the other, or for time to pass.
void run_until_quiet(asio::io_context& io, const Peer& peer) {
    for (bool busy = true; busy;) {
        busy = io.poll() > 0;
        busy = peer.take_answers() || busy;
    }
}

void serve(const Served& served, std::string_view bytes) {
    asio::io_context io(1);
    const Peer peer;
    bool ended = false;
    const auto session =
        Session::make(Session::Socket(io, asio::ip::tcp::v4(), peer.far_end()), served, {});
    asio::co_spawn(io, session->run(), [&](const std::exception_ptr& escaped) {
        claim(!escaped, "no exception escapes from a session");
        ended = true;
    });
    peer.send(bytes.substr(0, bytes.size() / 2));
    run_until_quiet(io, peer);
    peer.send(bytes.substr(bytes.size() / 2));
    run_until_quiet(io, peer);
    peer.finish();
    run_until_quiet(io, peer);
    claim(ended, "a session ends with its peer");
}

}  // namespace
}  // namespace catalogd::endpoints::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace catalogd;
    using namespace catalogd::endpoints::http;
    static const actors::Clock clock;
    static actors::events::Hub events(clock, "e");
    static const Guard open({host}, "");
    static const AdmittedSite to_all(false);
    static const Guard guarded({host}, token);
    static const AdmittedSite to_those_with_the_token(true);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    serve({open, to_all, events}, bytes);
    serve({guarded, to_those_with_the_token, events}, bytes);
    return 0;
}
