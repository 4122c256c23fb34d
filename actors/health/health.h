// Health: looks at everybody's figures once a second, and knows how the daemon is.
//
// Thread     its own; latest and configure may be called on any
// Messages   none: whoever asks gets the last look, at once
// Events     what has changed since the last look, to the hub (news.h), which is given the snapshot
//            for those who subscribe; a heartbeat every 15 seconds
// Invariants a look takes figures that are kept anyway, and the sizes of files: it runs no SQL and
//            waits for nobody; what is told is one moment's, whole
// Overflow   nothing queues
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "actors/health/chronicle.h"
#include "actors/health/news.h"
#include "actors/health/observations.h"
#include "actors/health/report.h"

namespace catalogd::actors {

class Health {
public:
    struct Options {
        health::Thresholds thresholds;
        bool operator==(const Options&) const = default;
    };
    // What was seen, and the parameters of a reply that tells of it.
    struct Look {
        protocol::health::Health health;
        std::string reply;
    };
    // Fills in what the actors and the others tell; the rest is there already.
    using Ask = std::function<void(health::Figures&)>;

    // Looks once before it returns. The hub, and who is asked, must outlive it, or stop it first.
    Health(health::About about, Ask ask, events::Hub& hub, const Clock& clock, Options options);
    ~Health();
    Health(const Health&) = delete;
    Health& operator=(const Health&) = delete;

    // From now on it looks by itself, and hands what is to be kept over time to `record`, once a
    // minute.
    using Record = std::function<void(std::vector<protocol::metrics::Sample>)>;
    void start(Record record = {});
    // On its thread, or on any while it has none.
    void look();
    void stop();

    // Never empty.
    [[nodiscard]] std::shared_ptr<const Look> latest() const;

    // Holds with the next look.
    void configure(const Options& options);

private:
    void tick();
    [[nodiscard]] health::Figures figures() const;

    const health::About about_;
    const Ask ask_;
    events::Hub& hub_;
    const Clock& clock_;

    // Of its thread.
    health::Recollection recollection_;
    health::Checks checks_;
    health::News news_;
    health::Chronicle chronicle_;
    Record record_;

    mutable std::mutex mutex_;  // over the next two
    Options options_;
    std::shared_ptr<const Look> latest_;

    boost::asio::io_context io_{1};
    boost::asio::steady_timer timer_;
    std::thread thread_;
};

}  // namespace catalogd::actors
