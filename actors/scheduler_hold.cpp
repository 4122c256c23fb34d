// Maintenance that the server holds off. A hold counts from when it is asked for, and is answered
// once the catalog has it: it outlives the daemon.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "actors/scheduler.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;

// What keeps it from being noted passes: another job may have the catalog for itself.
bool passes(const protocol::Error& error) {
    return std::holds_alternative<errors::ReadOnly>(error) ||
           std::holds_alternative<errors::Busy>(error);
}

}  // namespace

// What is left of one that a daemon before this one has kept: never more than was asked for,
// however the wall clock was set meanwhile.
std::optional<Scheduler::Hold> Scheduler::resumed(
    const std::optional<catalog::MaintenanceHold>& kept) const {
    if (!kept) {
        return {};
    }
    const std::int64_t left = std::min(kept->until - clock_.wall(), kept->until - kept->asked);
    return left > 0
               ? std::optional(Hold{*kept, clock_.since_boot() + std::chrono::milliseconds(left)})
               : std::nullopt;
}

bool Scheduler::hold(jobs::Hold call, Answered<jobs::Hold::Reply> answered) {
    return post([this, call = std::move(call), answered = std::move(answered)] {
        const std::chrono::seconds time(call.seconds.value);
        const std::int64_t until = clock_.wall() + std::chrono::milliseconds(time).count();
        spdlog::info("maintenance is held for {} s", time.count());
        for (Job& job : jobs_) {
            if (job.state == JobState::running && job.current->run.trigger != "request") {
                tell_stop(job, true);
            }
        }
        change_hold(Hold{{clock_.wall(), until, call.reason.value}, clock_.since_boot() + time},
                    [answered, until](const protocol::Result<bool>& kept) {
                        kept ? answered(jobs::Hold::Reply{{until}}) : answered(kept.error());
                    });
    });
}

bool Scheduler::release(Answered<jobs::Release::Reply> answered) {
    return post([this, answered = std::move(answered)] {
        change_hold({}, [answered](const protocol::Result<bool>& kept) {
            kept ? answered(jobs::Release::Reply{}) : answered(kept.error());
        });
        look_at_times();
    });
}

void Scheduler::follow_replacement() {
    boost::asio::post(io_, [this] { change_hold(hold_, [](const protocol::Result<bool>&) {}); });
}

void Scheduler::change_hold(std::optional<Hold> hold, Answered<bool> kept) {
    hold_ = std::move(hold);
    hold_askers_.push_back(std::move(kept));
    publish();
    note_hold();
}

// One at a time; what has been asked meanwhile goes with the next.
void Scheduler::note_hold() {
    if (noting_hold_ || hold_askers_.empty()) {
        return;
    }
    WriterMail mail;
    mail.message = NoteHold{hold_ ? std::optional(hold_->asked) : std::nullopt};
    mail.deadline = {clock_.now(), Moment::max()};
    // The thread does not end before what is on its way to the writer is answered.
    mail.reply = [this, noted = hold_, askers = hold_askers_.size(),
                  work = boost::asio::make_work_guard(io_)](const Outcome& outcome) {
        boost::asio::post(io_,
                          [this, noted, askers, outcome] { hold_noted(noted, askers, outcome); });
    };
    noting_hold_ = parts_.post(mail);
}

// Where it was not for a reason that passes, look_at_times tries again.
void Scheduler::hold_noted(const std::optional<Hold>& noted, std::size_t askers,
                           const Outcome& outcome) {
    noting_hold_ = false;
    if (!outcome && passes(outcome.error()) && !stopping_) {
        return;
    }
    const auto end = hold_askers_.begin() + static_cast<std::ptrdiff_t>(askers);
    const std::vector<Answered<bool>> asked(hold_askers_.begin(), end);
    hold_askers_.erase(hold_askers_.begin(), end);
    if (outcome) {
        kept_hold_ = noted;
    } else if (hold_askers_.empty()) {
        hold_ = kept_hold_;
        publish();
    }
    for (const auto& answer : asked) {
        outcome ? answer(true) : answer(outcome.error());
    }
    note_hold();
}

// The last of the thread, where nothing is on its way.
void Scheduler::refuse_holds() {
    if (noting_hold_) {
        return;
    }
    for (const auto& answer : std::exchange(hold_askers_, {})) {
        answer(protocol::Error(errors::Busy{1'000}));
    }
}

void Scheduler::expire_hold() {
    if (hold_ && clock_.since_boot() >= hold_->until) {
        spdlog::info("maintenance is held no longer: the time is over");
        hold_.reset();
        publish();
    }
}

}  // namespace catalogd::actors
