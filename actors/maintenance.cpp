#include "actors/maintenance.h"

#include <boost/asio/post.hpp>
#include <future>

#include "actors/translation.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;

constexpr auto progress_interval = std::chrono::milliseconds(100);
constexpr auto pause_while_writer_is_busy = std::chrono::milliseconds(50);
// What work that a stop breaks off asks its caller to wait: until a restart is through.
constexpr std::int64_t retry_after_stop_ms = 1'000;

// Of an actor's thread: its connection, while no piece has it. It is open before the daemon serves:
// none of its files is opened or closed while it does.
thread_local std::unique_ptr<catalog::MaintenanceConnection> kept_connection;

}  // namespace

catalog::MaintenanceConnection& WorkContext::connection() {
    if (!connection_) {
        connection_ = kept_connection
                          ? std::move(kept_connection)
                          : std::make_unique<catalog::MaintenanceConnection>(actor_.database_);
        until_cancelled_.emplace(*connection_, [this] { return cancelled(); });
    }
    return *connection_;
}

void WorkContext::write(WriteMessage message) {
    std::promise<Outcome> promise;
    WriterMail mail;
    mail.message = std::move(message);
    mail.deadline = {actor_.clock_.now(), Moment::max()};
    mail.reply = [&promise](Outcome outcome) { promise.set_value(std::move(outcome)); };
    while (!actor_.post_(mail)) {
        throw_if_cancelled();
        actor_.pause();
    }
    // Whatever the writer has taken in, it answers.
    const Outcome outcome = promise.get_future().get();
    if (!outcome) {
        throw outcome.error();
    }
}

void WorkContext::alone(const std::function<void(catalog::WriteConnection&)>& work) {
    std::promise<protocol::Result<bool>> promise;
    const auto done = [&](protocol::Result<bool> outcome) { promise.set_value(outcome); };
    if (!actor_.post_alone_({work, done})) {
        throw protocol::Error(errors::Busy{retry_after_stop_ms});
    }
    if (const auto outcome = promise.get_future().get(); !outcome) {
        throw outcome.error();
    }
}

void WorkContext::progress(double done) {
    const Moment now = actor_.clock_.now();
    if (!work_.progress || (last_progress_ && now - *last_progress_ < progress_interval)) {
        return;
    }
    last_progress_ = now;
    work_.progress(done);
}

bool WorkContext::cancelled() const {
    actor_.rest_if_due();
    return actor_.cancelled_ || (work_.stopped && work_.stopped()) ||
           work_.deadline.passed(actor_.clock_.now());
}

protocol::Error WorkContext::cancellation() const {
    const bool late = !actor_.cancelled_ && !(work_.stopped && work_.stopped());
    return late ? work_.deadline.error() : errors::Busy{retry_after_stop_ms};
}

void WorkContext::throw_if_cancelled() const {
    if (cancelled()) {
        throw cancellation();
    }
}

const Shared& WorkContext::shared() const {
    return actor_.shared_;
}

const BackupNews& WorkContext::news() const {
    return actor_.news_;
}

const catalog::audit::Caller& WorkContext::caller() const {
    return work_.caller;
}

std::int64_t WorkContext::now() const {
    return actor_.clock_.wall();
}

Maintenance::Maintenance(const catalog::OpenOptions& database, const Shared& shared,
                         const Clock& clock, Options options, Post post, PostAlone post_alone,
                         BackupNews news)
    : database_(database),
      shared_(shared),
      clock_(clock),
      post_(std::move(post)),
      post_alone_(std::move(post_alone)),
      news_(std::move(news)),
      mailbox_(options.mailbox),
      work_(io_.get_executor()),
      thread_([this] {
          io_.run();
          kept_connection.reset();
      }) {
    std::promise<void> opened;
    boost::asio::post(io_, [&] {
        try {
            kept_connection = std::make_unique<catalog::MaintenanceConnection>(database_);
            opened.set_value();
        } catch (...) {
            opened.set_exception(std::current_exception());
        }
    });
    try {
        opened.get_future().get();
    } catch (...) {
        work_.reset();
        thread_.join();
        throw;
    }
}

Maintenance::~Maintenance() {
    stop();
}

bool Maintenance::post(Work& work) {
    if (mailbox_.push(work) == Mailbox<Work>::Pushed::refused) {
        return false;
    }
    boost::asio::post(io_, [this] { serve_one(); });
    return true;
}

void Maintenance::cancel() {
    mailbox_.close();
    {
        const std::lock_guard lock(pausing_);
        cancelled_ = true;
    }
    woken_.notify_all();
}

void Maintenance::stop() {
    if (!thread_.joinable()) {
        return;
    }
    cancel();
    work_.reset();
    thread_.join();
}

Maintenance::Figures Maintenance::figures() const {
    return {mailbox_.size(), mailbox_.refused(), finished_.load(), rests_.load()};
}

void Maintenance::serve_one() {
    for (Work& work : mailbox_.take(1)) {
        Outcome outcome = perform(work);
        ++finished_;
        work.reply(std::move(outcome));
    }
}

Outcome Maintenance::perform(const Work& work) {
    pacing_.begin(clock_.now());
    WorkContext context(*this, work);
    auto outcome = attempt([&] {
        context.throw_if_cancelled();
        return work.run(context);
    });
    context.until_cancelled_.reset();
    if (context.connection_ && !context.connection_->broken()) {
        kept_connection = std::move(context.connection_);
    }
    const bool interrupted =
        !outcome && std::holds_alternative<errors::DeadlineExceeded>(outcome.error());
    return interrupted && context.cancelled() ? context.cancellation() : outcome;
}

void Maintenance::rest_if_due() {
    const auto rest =
        pacing_.rest_due(clock_.now(), shared_.arrivals.of_short + shared_.arrivals.of_long);
    if (rest > rest.zero()) {
        ++rests_;
        std::unique_lock lock(pausing_);
        woken_.wait_for(lock, rest, [this] { return cancelled_.load(); });
        pacing_.resume(clock_.now());
    }
}

// Not longer than until cancel().
void Maintenance::pause() {
    std::unique_lock lock(pausing_);
    woken_.wait_for(lock, pause_while_writer_is_busy, [this] { return cancelled_.load(); });
}

}  // namespace catalogd::actors
