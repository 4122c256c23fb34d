// What waits for an actor: a queue bounded in messages and in bytes.
//
// Overflow: a message that does not fit is refused at once, and its sender says Busy. Nothing is
// ever dropped that was taken in. One lock, held for a few moves; safe for any thread.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "actors/envelope.h"

namespace catalogd::actors {

struct MailboxBounds {
    std::size_t messages = 10'000;
    std::size_t bytes = 64 << 20;
    bool operator==(const MailboxBounds&) const = default;
};

// Mail is an Envelope.
template <class Mail>
class Mailbox {
public:
    explicit Mailbox(MailboxBounds bounds) : bounds_(bounds) {}

    // What waits already stays.
    void set_bounds(MailboxBounds bounds) {
        const std::lock_guard lock(mutex_);
        bounds_ = bounds;
    }

    enum class Pushed {
        refused,  // full, or closed; `mail` is untouched
        queued,
        queued_first,  // the queue was empty: its owner has to be woken
    };

    Pushed push(Mail& mail) {
        const std::size_t weight = mail.bytes;
        const std::lock_guard lock(mutex_);
        const bool fits = queue_.size() < bounds_.messages && bytes_ + weight <= bounds_.bytes;
        if (closed_ || !fits) {
            ++refused_;
            return Pushed::refused;
        }
        bytes_ += weight;
        queue_.push_back(std::move(mail));
        if (queue_.size() == awaited_) {
            enough_.notify_one();
        }
        return queue_.size() == 1 ? Pushed::queued_first : Pushed::queued;
    }

    // For its owner: until so many messages wait, but no longer than `patience`.
    void await(std::size_t messages, std::chrono::nanoseconds patience) {
        std::unique_lock lock(mutex_);
        awaited_ = messages;
        enough_.wait_for(lock, patience, [&] { return closed_ || queue_.size() >= messages; });
        awaited_ = 0;
    }

    // The oldest messages, at most so many; empty when nothing waits.
    std::vector<Mail> take(std::size_t most) {
        const std::lock_guard lock(mutex_);
        std::vector<Mail> taken;
        taken.reserve(std::min(most, queue_.size()));
        while (!queue_.empty() && taken.size() < most) {
            bytes_ -= queue_.front().bytes;
            taken.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        return taken;
    }

    // Answers and removes what has waited past its deadline.
    void expire(Moment now) {
        for (Mail& mail : take_expired(now)) {
            mail.reply(mail.deadline.error());
        }
    }

    // From now on every message is refused.
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        enough_.notify_one();
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }
    // The part of its bounds that is taken, in messages or in bytes, whichever is more: 0 to 1.
    [[nodiscard]] double fullness() const {
        const std::lock_guard lock(mutex_);
        const auto part = [](std::size_t taken, std::size_t bound) {
            return bound == 0 ? 1.0 : static_cast<double>(taken) / static_cast<double>(bound);
        };
        return std::min(
            1.0, std::max(part(queue_.size(), bounds_.messages), part(bytes_, bounds_.bytes)));
    }
    [[nodiscard]] std::size_t refused() const {
        const std::lock_guard lock(mutex_);
        return refused_;
    }

private:
    std::vector<Mail> take_expired(Moment now) {
        const std::lock_guard lock(mutex_);
        std::vector<Mail> expired;
        std::erase_if(queue_, [&](Mail& mail) {
            if (!mail.deadline.passed(now)) {
                return false;
            }
            bytes_ -= mail.bytes;
            expired.push_back(std::move(mail));
            return true;
        });
        return expired;
    }

    mutable std::mutex mutex_;
    MailboxBounds bounds_;
    std::deque<Mail> queue_;
    std::size_t bytes_ = 0;
    std::size_t refused_ = 0;
    std::size_t awaited_ = 0;  // 0: nobody waits
    std::condition_variable enough_;
    bool closed_ = false;
};

}  // namespace catalogd::actors
