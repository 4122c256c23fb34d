// Events: from whoever has something to tell to everybody who listens.
//
// Thread     none of its own: publishing and subscribing may be done on any, and each takes one
//            lock for as long as a pointer takes to be put into each subscriber's queue
// Messages   publish(type, data)
// Events     each event to each subscriber that wants its type; the first one is a snapshot, or,
//            to whoever resumes, what came since
// Invariants numbers have no gap and the order of publishing; an event is serialised once;
//            publishing waits for nobody
// Overflow   a subscriber that does not take its events loses all that wait for it, is told how
//            many and which, and goes on from a snapshot; nobody else notices
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "actors/clock.h"
#include "actors/events/event.h"
#include "protocol/codec.h"
#include "protocol/events.h"

namespace catalogd::actors::events {

class Subscription;

struct Bounds {
    std::size_t kept_events = 4'096;      // for who resumes
    std::size_t kept_bytes = 512 << 10;   // the same
    std::size_t waiting_bytes = 1 << 20;  // of one subscriber
};

class Hub {
public:
    // `epoch`: of this start, another one each time; letters and digits.
    Hub(const Clock& clock, std::string epoch, Bounds bounds = {});
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    template <class Data>
    void publish(std::string_view type, const Data& data, std::string_view subject = {}) {
        std::string json;
        protocol::encode(json, data);
        publish_json(type, json, subject);
    }
    // Without a number, to who asked for samples.
    template <class Data>
    void publish_sample(const Data& data) {
        std::string json;
        protocol::encode(json, data);
        publish_unnumbered(protocol::events::sample_type, json);
    }
    // Whether anybody wants samples.
    [[nodiscard]] bool samples_wanted() const { return sampled_ > 0; }
    void beat() { publish_unnumbered(protocol::events::heartbeat_type, "{}"); }

    // What a snapshot's data is from now on.
    void set_snapshot(std::string data);

    // `wake` is called on any thread, throws nothing, and does not call back: something waits, or
    // the hub was closed. `after`: the last sequence that the subscriber has seen. The hub must
    // outlive what it returns.
    std::unique_ptr<Subscription> subscribe(Filter filter,
                                            const std::optional<protocol::events::Sequence>& after,
                                            std::function<void()> wake);

    // Nothing is published any more: subscribers end when they have taken what waits.
    void close();

    struct Figures {
        std::size_t subscribers = 0;
        std::int64_t published = 0;
        std::int64_t dropped = 0;       // events that slow subscribers have lost
        std::int64_t slow = 0;          // times that a subscriber was too slow
        std::size_t waiting_bytes = 0;  // of the slowest subscriber
    };
    [[nodiscard]] Figures figures() const;

private:
    friend class Subscription;

    void publish_json(std::string_view type, std::string_view data, std::string_view subject);
    void publish_unnumbered(std::string_view type, std::string_view data);
    // These under the lock.
    EventPtr numbered(std::string_view type, std::string_view data, std::string_view subject);
    EventPtr unnumbered(std::string_view type, std::string_view data);
    EventPtr snapshot();
    EventPtr lost(std::string reason, std::optional<std::string> after,
                  std::optional<std::int64_t> count);
    void keep(const EventPtr& event);
    void resume(Subscription& subscription, const protocol::events::Sequence& after);
    std::size_t deliver(const EventPtr& event);

    const Clock& clock_;
    const std::string epoch_;
    const Bounds bounds_;
    std::atomic<int> sampled_{0};

    mutable std::mutex mutex_;  // over all that follows, and over subscriptions
    std::uint64_t last_ = 0;
    std::uint64_t unnumbered_ = 0;
    std::deque<EventPtr> kept_;
    std::size_t kept_bytes_ = 0;
    std::string snapshot_ = "{}";
    std::list<Subscription*> subscriptions_;
    std::int64_t dropped_ = 0;
    std::int64_t slow_ = 0;
    bool closed_ = false;
};

// One subscriber's place. Used by one thread at a time, destroyed before the hub.
class Subscription {
public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

    // The next event; empty where none waits, after which `wake` tells of the next one.
    EventPtr next();
    // The hub is closed, and nothing waits.
    [[nodiscard]] bool ended() const;

private:
    friend class Hub;
    Subscription(Hub& hub, Filter filter, std::function<void()> wake);
    // Under the hub's lock. False: too much waits, and all of it is lost.
    bool put(const EventPtr& event);
    // Of those that waited and the one that did not fit, how many had a number.
    std::size_t drop_all_for(const EventPtr& event);
    void call();

    Hub& hub_;
    const Filter filter_;
    const bool sampled_;
    const std::function<void()> wake_;
    std::deque<EventPtr> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::int64_t lost_ = 0;    // since the last event that was taken
    std::uint64_t taken_ = 0;  // the last number that was taken
    bool asleep_ = false;      // nothing waited when it asked
};

}  // namespace catalogd::actors::events
