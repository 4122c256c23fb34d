// The writer's work outside any transaction.
#include <algorithm>
#include <boost/asio/post.hpp>

#include "actors/translation.h"
#include "actors/writer.h"
#include "catalog/failure.h"

namespace catalogd::actors {

namespace errors = protocol::errors;

bool Writer::post_alone(Alone alone) {
    const std::lock_guard lock(alone_lock_);
    if (takes_alone_) {
        alone.behind = mailbox_.size();
        alone_.push_back(std::move(alone));
        boost::asio::post(io_, [this] { run(); });
    }
    return takes_alone_;
}

void Writer::perform_alone() {
    std::vector<Alone> work;
    {
        const std::lock_guard lock(alone_lock_);
        work.swap(alone_);
    }
    for (const Alone& alone : work) {
        serve_before(alone);
        alone.done(perform(alone));
    }
}

// What was taken in before it may be what led to it, as the note of a run does to what the run
// holds.
void Writer::serve_before(const Alone& alone) {
    for (std::size_t left = alone.behind; left > 0;) {
        auto batch = mailbox_.take(std::min(left, options_.batch));
        if (batch.empty()) {
            return;
        }
        left -= batch.size();
        serve(batch);
    }
}

// From now on; what was taken in before is done.
void Writer::refuse_alone() {
    {
        const std::lock_guard lock(alone_lock_);
        takes_alone_ = false;
    }
    perform_alone();
}

protocol::Result<bool> Writer::perform(const Alone& alone) {
    if (!failure_.empty()) {
        return protocol::Error(errors::ReadOnly{failure_});
    }
    auto outcome = attempt([&] {
        try {
            alone.work(*connection_);
        } catch (const catalog::CommitUnknown& unknown) {
            fail(unknown.what());
            throw protocol::Error(errors::OutcomeUnknown{});
        }
        follow_replacement();
        return true;
    });
    log_bytes_ = connection_->log_bytes();
    return outcome;
}

// The catalog's running time goes on from where it is in the one that was restored: the ages of its
// requests are measured by it.
void Writer::follow_replacement() {
    if (times_replaced_ == connection_->times_replaced()) {
        return;
    }
    times_replaced_ = connection_->times_replaced();
    began_ = clock_.now();
    running_time_before_ = connection_->summary().running_time;
    if (events_.replaced) {
        events_.replaced(catalog::settings::read_all(*connection_));
    }
}

}  // namespace catalogd::actors
