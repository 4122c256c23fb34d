// A server that has run out of file descriptors: it waits instead of spinning, and recovers.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <sstream>

#include "tests/endpoints/served_catalog.h"
#include "tests/sanitizers.h"

namespace catalogd::endpoints {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

class NoService : public Service {
public:
    protocol::Result<Task> prepare(const protocol::Call&, const Caller&,
                                   std::size_t) const override {
        return protocol::Error(protocol::errors::InternalError{"no call is expected"});
    }
    [[nodiscard]] Role role_of(const Peer&) const override { return Role::read; }
};

// Takes every descriptor that the process may still have.
class Exhaustion {
public:
    Exhaustion() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit few = before_;
        few.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &few);
        for (int taken = ::dup(0); taken >= 0; taken = ::dup(0)) {
            taken_.push_back(taken);
        }
    }
    ~Exhaustion() {
        for (const int descriptor : taken_) {
            ::close(descriptor);
        }
        ::setrlimit(RLIMIT_NOFILE, &before_);
    }
    Exhaustion(const Exhaustion&) = delete;
    Exhaustion& operator=(const Exhaustion&) = delete;

private:
    rlimit before_{};
    std::vector<int> taken_;
};

// Driven by the test itself, so that it can count what the server does.
class Descriptors : public testing::Test {
protected:
    Descriptors() {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_, true)));
        server_.start();
        io_.poll();
    }
    ~Descriptors() override {
        ::close(client_);
        server_.stop(std::chrono::milliseconds(0), [] {});
        io_.run();
        spdlog::set_default_logger(logger_before_);
    }

    void SetUp() override {
        if (address_sanitizer) {
            GTEST_SKIP() << "the sanitizers that go with it need descriptors to look at objects";
        }
    }

    // With the descriptor that it has already.
    void connect() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path_.c_str(), path_.size() + 1);
        ASSERT_EQ(::connect(client_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
                  0);
    }
    [[nodiscard]] int failed_accepts() const {
        const std::string text = log_.str();
        int count = 0;
        for (auto at = text.find("accepted"); at != std::string::npos;
             at = text.find("accepted", at + 1)) {
            ++count;
        }
        return count;
    }

    const std::shared_ptr<spdlog::logger> logger_before_ = spdlog::default_logger();
    std::ostringstream log_;
    const catalog::TempFolder folder_;
    const std::string path_ = folder_.file("socket");
    const NoService service_;
    asio::io_context io_{1};
    ListeningSocket listening_{path_, 0660, ""};
    VarlinkServer server_{
        io_, VarlinkServer::Acceptor(io_, {}, listening_.release()), service_, {}};
    int client_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

TEST_F(Descriptors, ThatAreUsedUpAreNotAskedForWithoutPause) {
    const Exhaustion exhaustion;
    const auto begin = steady_clock::now();
    connect();
    for (int round = 0; round < 20'000; ++round) {
        io_.poll_one();
    }
    const auto tenths = (steady_clock::now() - begin) / std::chrono::milliseconds(100);
    EXPECT_GE(failed_accepts(), 1);
    EXPECT_LE(failed_accepts(), 1 + tenths);
}

TEST_F(Descriptors, ThatAreFreeAgainServeWhoWaited) {
    {
        const Exhaustion exhaustion;
        connect();
        EXPECT_TRUE(eventually([&] { return io_.poll(), failed_accepts() >= 1; }));
        EXPECT_EQ(server_.connections(), 0U);
    }
    EXPECT_TRUE(eventually([&] { return io_.poll(), server_.connections() == 1; }));
}

TEST_F(Descriptors, ThatAreUsedUpDoNotKeepTheServerFromStopping) {
    const Exhaustion exhaustion;
    connect();
    EXPECT_TRUE(eventually([&] { return io_.poll(), failed_accepts() >= 1; }));
    bool stopped = false;
    server_.stop(std::chrono::hours(1), [&] { stopped = true; });
    EXPECT_TRUE(stopped);
    io_.run();
}

}  // namespace
}  // namespace catalogd::endpoints
