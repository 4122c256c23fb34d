// Maintenance: long work, one piece at a time, beside the writer and the readers.
//
// Thread     its own; everything but post, expire, cancel and the figures runs there
// Messages   Work: a function, answered with what it returns or with the error that it ends in
// Events     how far a piece has come, to whoever posted it, ten times a second at most; each
//            backup that was taken, proven or deleted
// Invariants one piece runs at a time, in the order in which they were posted; what it changes the
//            writer commits, asked for in messages that are short each; nobody waits for a piece,
//            and a piece waits for nobody but the writer; once cancelled, it ends before its next
//            slice; it rests while calls come (pacing.h)
// Overflow   a full mailbox refuses at once (Busy)
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "actors/handlers.h"
#include "actors/log_fields.h"
#include "actors/mailbox.h"
#include "actors/writer.h"
#include "catalog/connection.h"

namespace catalogd::actors {

class Maintenance;
struct Work;

// Whom to tell of backups, whoever takes, proves or deletes them; on maintenance's thread, and
// brief.
struct BackupNews {
    std::function<void(const std::string& name, std::int64_t bytes)> taken = [](auto&&...) {};
    std::function<void(const std::string& name)> proven = [](auto&&...) {};
    std::function<void(const std::string& name)> deleted = [](auto&&...) {};
};

// What a piece of work has to work with. It lives as long as the piece, on its thread.
class WorkContext {
public:
    // The actor's, for as long as the piece lasts. Its statements end when the piece is cancelled.
    catalog::MaintenanceConnection& connection();

    // Hands a message to the writer and waits until it is durable; waits, too, while the writer's
    // mailbox is full. Throws the error that it ended in.
    void write(WriteMessage message);

    // Work on the writer's connection outside any transaction, while every write waits. Throws the
    // error that it ended in.
    void alone(const std::function<void(catalog::WriteConnection&)>& work);

    // How much is done, from 0 to 1. Costs nothing where nobody asked for it.
    void progress(double done);

    // The daemon stops, the caller's time is over, or it was told to end: look between any two
    // slices.
    [[nodiscard]] bool cancelled() const;
    // Throws the error in which a cancelled piece ends.
    void throw_if_cancelled() const;

    [[nodiscard]] const Shared& shared() const;
    [[nodiscard]] const BackupNews& news() const;
    // Whose call it is; -1 where it is nobody's.
    [[nodiscard]] const catalog::audit::Caller& caller() const;
    [[nodiscard]] std::int64_t now() const;  // milliseconds since 1970

private:
    friend class Maintenance;
    WorkContext(Maintenance& actor, const Work& work) : actor_(actor), work_(work) {}
    [[nodiscard]] protocol::Error cancellation() const;

    Maintenance& actor_;
    const Work& work_;
    std::unique_ptr<catalog::MaintenanceConnection> connection_;
    std::optional<catalog::ReadConnection::Deadline> until_cancelled_;
    std::optional<Moment> last_progress_;
};

// A piece of work on its way to maintenance.
struct Work {
    // May throw whatever a handler may.
    std::function<Answer(WorkContext&)> run;
    Deadline deadline{{}, Moment::max()};
    std::size_t bytes = 0;  // of the frame it came in
    // Both on maintenance's thread, brief, and throwing nothing. Empty: nobody asked.
    std::function<void(double)> progress{};
    // From any thread: whether it is to end before its next slice. Empty: nobody stops it alone.
    std::function<bool()> stopped{};
    // Called exactly once; also by whoever expires the mailbox.
    std::function<void(Outcome)> reply{};
    catalog::audit::Caller caller{-1, -1};
};

class Maintenance {
public:
    struct Options {
        MailboxBounds mailbox{16, 64 << 20};
    };
    struct Figures {
        std::size_t queued = 0;
        std::size_t refused = 0;
        std::int64_t finished = 0;
        std::int64_t rests = 0;  // for calls that came meanwhile
    };
    // False: the writer's mailbox is full.
    using Post = std::function<bool(WriterMail&)>;
    // False: the writer has stopped.
    using PostAlone = std::function<bool(Writer::Alone)>;

    // `shared` must outlive it, and so must the writer, to whom both give their work.
    Maintenance(const catalog::OpenOptions& database, const Shared& shared, const Clock& clock,
                Options options, Post post, PostAlone post_alone, BackupNews news = {});
    ~Maintenance();
    Maintenance(const Maintenance&) = delete;
    Maintenance& operator=(const Maintenance&) = delete;

    // From any thread. Takes the work; false: refused, and it is untouched.
    [[nodiscard]] bool post(Work& work);

    // From any thread: answers what has waited past its deadline.
    void expire() { mailbox_.expire(clock_.now()); }

    // From any thread: takes nothing more; the piece that runs ends before its next slice, and
    // those that wait are answered Busy.
    void cancel();

    // Cancels, and ends the thread once everything is answered.
    void stop();

    [[nodiscard]] Figures figures() const;

private:
    friend class WorkContext;

    void serve_one();
    Outcome perform(const Work& work);
    void pause();
    void rest_if_due();

    const catalog::OpenOptions database_;
    const Shared shared_;
    const Clock& clock_;
    const Post post_;
    const PostAlone post_alone_;
    const BackupNews news_;

    Pacing pacing_;  // of its thread

    Mailbox<Work> mailbox_;
    std::atomic<std::int64_t> finished_{0};
    std::atomic<std::int64_t> rests_{0};
    std::atomic<bool> cancelled_{false};
    std::mutex pausing_;
    std::condition_variable woken_;  // from a pause, by cancel()

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::thread thread_;
};

// --- messages of the protocol that are long work ----------------------------------------------

// Those with a `perform` (handlers.h).
template <LongWork Message>
Work work_of(Message message) {
    Work work;
    work.run = [message = std::move(message)](WorkContext& context) {
        const LogField field(log_field::method, Message::method);
        return Answer{protocol::EncodedReply(perform(context, message))};
    };
    return work;
}

// What tells of progress, where the message's reply can.
template <LongWork Message>
std::optional<protocol::EncodedReply> progress_reply(double done) {
    if constexpr (requires(typename Message::Reply reply) { reply.progress = done; }) {
        typename Message::Reply reply;
        reply.progress = done;
        return protocol::EncodedReply(reply);
    } else {
        return {};
    }
}

}  // namespace catalogd::actors
