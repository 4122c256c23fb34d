#include "actors/events/hub.h"

#include <algorithm>

namespace catalogd::actors::events {
namespace {

namespace wire = protocol::events;

// What an event costs beside its text.
constexpr std::size_t event_cost = 128;

std::size_t weight(const EventPtr& event) {
    return event->json.size() + event_cost;
}

}  // namespace

Hub::Hub(const Clock& clock, std::string epoch, Bounds bounds)
    : clock_(clock), epoch_(std::move(epoch)), bounds_(bounds) {}

void Hub::set_snapshot(std::string data) {
    const std::lock_guard lock(mutex_);
    snapshot_ = std::move(data);
}

EventPtr Hub::numbered(std::string_view type, std::string_view data, std::string_view subject) {
    ++last_;
    const std::string sequence = wire::sequence_text(epoch_, last_);
    return std::make_shared<Event>(Event{
        type, last_, wire::to_json({type, subject, sequence, sequence, {clock_.wall()}, data})});
}

// Snapshots and their like carry the last number; each has an id of its own all the same.
EventPtr Hub::unnumbered(std::string_view type, std::string_view data) {
    const bool sample = type == wire::sample_type;
    const std::string id = epoch_ + "-u" + std::to_string(++unnumbered_);
    return std::make_shared<Event>(
        Event{type, 0,
              wire::to_json({type,
                             {},
                             id,
                             sample ? "" : wire::sequence_text(epoch_, last_),
                             {clock_.wall()},
                             data})});
}

EventPtr Hub::snapshot() {
    return unnumbered(wire::snapshot_type, snapshot_);
}

EventPtr Hub::lost(std::string reason, std::optional<std::string> after,
                   std::optional<std::int64_t> count) {
    std::string data;
    protocol::encode(data, wire::Lost{std::move(reason), std::move(after),
                                      wire::sequence_text(epoch_, last_), count});
    return unnumbered(wire::lost_type, data);
}

void Hub::publish_json(std::string_view type, std::string_view data, std::string_view subject) {
    const std::lock_guard lock(mutex_);
    if (closed_) {
        return;
    }
    const EventPtr event = numbered(type, data, subject);
    keep(event);
    // Those that are told of a slow one are not looked at again: that would go on for ever.
    if (const std::size_t dropped = deliver(event); dropped > 0) {
        std::string about;
        protocol::encode(about, wire::SubscriberSlow{static_cast<std::int64_t>(dropped)});
        const EventPtr slow = numbered("io.catalogd.subscriber.slow", about, {});
        keep(slow);
        deliver(slow);
    }
}

void Hub::publish_unnumbered(std::string_view type, std::string_view data) {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
        deliver(unnumbered(type, data));
    }
}

void Hub::keep(const EventPtr& event) {
    kept_.push_back(event);
    kept_bytes_ += weight(event);
    while (kept_.size() > bounds_.kept_events || kept_bytes_ > bounds_.kept_bytes) {
        kept_bytes_ -= weight(kept_.front());
        kept_.pop_front();
    }
}

// How many events slow subscribers have lost by it.
std::size_t Hub::deliver(const EventPtr& event) {
    std::size_t dropped = 0;
    for (Subscription* subscription : subscriptions_) {
        if (!subscription->filter_.wants(event->type)) {
            continue;
        }
        if (!subscription->put(event)) {
            dropped += subscription->drop_all_for(event);
            ++slow_;
        }
        subscription->call();
    }
    dropped_ += static_cast<std::int64_t>(dropped);
    return dropped;
}

std::unique_ptr<Subscription> Hub::subscribe(Filter filter,
                                             const std::optional<wire::Sequence>& after,
                                             std::function<void()> wake) {
    std::unique_ptr<Subscription> subscription(
        new Subscription(*this, std::move(filter), std::move(wake)));
    const std::lock_guard lock(mutex_);
    subscription->taken_ = last_;
    if (after) {
        resume(*subscription, *after);
    } else {
        subscription->put(snapshot());
    }
    subscriptions_.push_back(subscription.get());
    return subscription;
}

void Hub::resume(Subscription& subscription, const wire::Sequence& after) {
    const std::string text = wire::sequence_text(after.epoch, after.number);
    const bool ours = after.epoch == epoch_;
    const std::uint64_t oldest = kept_.empty() ? last_ + 1 : kept_.front()->number;
    if (!ours || after.number > last_ || after.number + 1 < oldest) {
        const auto count = ours && after.number < last_
                               ? std::optional(static_cast<std::int64_t>(last_ - after.number))
                               : std::nullopt;
        subscription.put(
            lost(ours ? "they are too old to be kept" : "the daemon was restarted", text, count));
        subscription.put(snapshot());
        return;
    }
    for (const EventPtr& event : kept_) {
        if (event->number > after.number && subscription.filter_.wants(event->type)) {
            subscription.put(event);
        }
    }
}

void Hub::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (Subscription* subscription : subscriptions_) {
        subscription->wake_();  // those too that have gone and do not ask any more
    }
}

Hub::Figures Hub::figures() const {
    const std::lock_guard lock(mutex_);
    Figures figures{subscriptions_.size(), static_cast<std::int64_t>(last_), dropped_, slow_};
    for (const Subscription* subscription : subscriptions_) {
        figures.waiting_bytes = std::max(figures.waiting_bytes, subscription->waiting_bytes_);
    }
    return figures;
}

// --- one subscriber -----------------------------------------------------------------------------

Subscription::Subscription(Hub& hub, Filter filter, std::function<void()> wake)
    : hub_(hub),
      filter_(std::move(filter)),
      sampled_(filter_.wants(wire::sample_type)),
      wake_(std::move(wake)) {
    hub_.sampled_ += sampled_ ? 1 : 0;
}

Subscription::~Subscription() {
    hub_.sampled_ -= sampled_ ? 1 : 0;
    const std::lock_guard lock(hub_.mutex_);
    std::erase(hub_.subscriptions_, this);
}

bool Subscription::put(const EventPtr& event) {
    if (waiting_bytes_ + weight(event) > hub_.bounds_.waiting_bytes) {
        return false;
    }
    waiting_bytes_ += weight(event);
    waiting_.push_back(event);
    return true;
}

std::size_t Subscription::drop_all_for(const EventPtr& event) {
    waiting_.push_back(event);
    const auto dropped =
        std::ranges::count_if(waiting_, [](const EventPtr& each) { return each->number > 0; });
    lost_ += dropped;
    waiting_.clear();
    waiting_bytes_ = 0;
    // What comes from here on is told after the snapshot that takes the place of what is lost.
    waiting_.push_back(
        hub_.lost("this subscriber was too slow", wire::sequence_text(hub_.epoch_, taken_), lost_));
    waiting_.push_back(hub_.snapshot());
    for (const EventPtr& each : waiting_) {
        waiting_bytes_ += weight(each);
    }
    return static_cast<std::size_t>(dropped);
}

void Subscription::call() {
    if (std::exchange(asleep_, false)) {
        wake_();
    }
}

EventPtr Subscription::next() {
    const std::lock_guard lock(hub_.mutex_);
    if (waiting_.empty()) {
        asleep_ = !hub_.closed_;
        return {};
    }
    EventPtr event = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= weight(event);
    taken_ = std::max(taken_, event->number);
    lost_ = 0;
    return event;
}

bool Subscription::ended() const {
    const std::lock_guard lock(hub_.mutex_);
    return hub_.closed_ && waiting_.empty();
}

}  // namespace catalogd::actors::events
