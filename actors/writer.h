// Writer: owns the one connection that commits, and makes every change durable before it says so.
//
// Thread     its own; everything but post, expire and the figures runs there
// Messages   every message with an `apply` (handlers.h), answered with its reply or an error
// Events     failed(reason), once: the outcome of a commit is unknown, or the files were moved
//            away; no further write is taken, and the daemon has to end
//            replaced(settings): a restore has put another catalog in the place of this one, which
//            keeps these settings
//            index_lags(up_to): a segment's worth of changes waits for the search index; not again
//            before the last piece of the indexer's InstallIndexStep has come, or one has failed
//            changed(clients): a commit is durable in which records of these have changed
//            schema_left(), once: the schema was taken back; no further write is taken, and the
//            daemon has to end
// Invariants a reply is sent only after the commit that holds its change; messages are applied in
//            the order in which they were posted; a request is whole or absent; one that comes
//            again under its requestId gets the reply that it got and changes nothing; what the
//            audit log tells of a message is in the commit of its change; nobody else commits,
//            checkpoints or vacuums; while the disk is nearly full nothing is written but what
//            makes room (makes_room)
// Overflow   a full mailbox refuses at once (Busy); nothing that was taken in is dropped
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "actors/handlers.h"
#include "actors/mailbox.h"
#include "actors/timing.h"
#include "catalog/catalog.h"
#include "catalog/disk_guard.h"
#include "catalog/settings.h"

namespace catalogd::actors {

class Writer {
public:
    struct Options {
        MailboxBounds mailbox;
        std::size_t batch = 512;                // messages in one commit, at most
        std::int64_t checkpoint_at = 32 << 20;  // bytes of the log
        std::int64_t log_limit = 128 << 20;     // bytes; near it the writer waits for readers
        catalog::requests::Retention requests;  // how long their replies are kept
        std::int64_t cache = 48 << 20;          // bytes, of the connection's pages
        std::int64_t index_backlog = catalog::search::segment_capacity;  // records and notes
        std::int64_t metrics_kept = std::int64_t{30} * 24 * 3'600'000;   // milliseconds
        std::chrono::milliseconds audit = std::chrono::hours(24 * 365);  // how long entries stay
        catalog::DiskGuard::Limits disk;
        bool operator==(const Options&) const = default;
    };
    struct Figures {
        std::size_t queued = 0;
        std::size_t refused = 0;
        std::int64_t commits = 0;
        std::int64_t operations = 0;
        std::int64_t checkpoints = 0;
        std::int64_t log_bytes = 0;
        double fullness = 0;  // of its mailbox, 0 to 1
        // Since when its thread has been with what it is doing; empty while it waits for work.
        std::optional<Moment> busy_since{};
        bool short_of_disk = false;  // only what makes room is written
    };

    struct Events {
        std::function<void(std::string)> failed;
        std::function<void(std::int64_t up_to)> index_lags;
        std::function<void()> schema_left{};
        std::function<void(const catalog::settings::Values&)> replaced{};
        std::function<void(const std::set<catalog::Id>&)> changed{};
    };

    // Events come on the writer's thread. `shared` must outlive the writer.
    Writer(std::unique_ptr<catalog::WriteConnection> connection, const Shared& shared,
           const Clock& clock, Options options, Events events);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // From any thread. Takes the mail; false: refused, and it is untouched.
    [[nodiscard]] bool post(WriterMail& mail);

    // Work on the connection between two batches, outside any transaction; whoever writes waits
    // meanwhile.
    struct Alone {
        std::function<void(catalog::WriteConnection&)> work;
        std::function<void(protocol::Result<bool>)> done;  // called exactly once, as a reply is
        std::size_t behind = 0;  // messages that were taken in before it: the writer's
    };
    // From any thread. False: the writer has stopped.
    [[nodiscard]] bool post_alone(Alone alone);

    // From any thread: answers what has waited past its deadline.
    void expire() { mailbox_.expire(clock_.now()); }

    // From any thread: the mailbox's bounds change at once, all else with the next batch.
    void configure(const Options& options);

    // Takes nothing more, finishes what was taken in, makes the final checkpoint, and ends its
    // thread.
    void stop();

    [[nodiscard]] Figures figures() const;
    // From any thread, for as long as the writer lives: how long writes waited for their batch,
    // took with that, and how long batches took until they were durable.
    struct Times {
        Timing queue;
        Timing requests;
        Timing commits;
    };
    [[nodiscard]] const Times& times() const { return times_; }

    // From any thread, before stop(): what its thread has used so far. It grows every second, even
    // where there is nothing to write, unless the thread hangs.
    [[nodiscard]] std::chrono::nanoseconds processor_time();

private:
    void note_queued(std::span<const WriterMail> batch, Moment taken);
    void note_done(std::span<const WriterMail> batch);
    void note_busy(Moment since) { busy_since_ = since.time_since_epoch().count(); }
    void adopt_options();
    void run();
    std::vector<WriterMail> gather();
    void commit(std::vector<WriterMail>& batch);
    void record(catalog::WriteTransaction& transaction, std::span<const catalog::audit::Act> acts);
    void record_failed(std::span<const WriterMail> batch);
    void perform_alone();
    void serve_before(const Alone& alone);
    void serve(std::vector<WriterMail>& batch);
    void refuse_alone();
    protocol::Result<bool> perform(const Alone& alone);
    void follow_replacement();
    // Why no transaction may begin; empty while one may.
    [[nodiscard]] const std::string& refusal() const {
        return failure_.empty() ? connection_->held() : failure_;
    }
    std::size_t apply_all(catalog::WriteTransaction& transaction, std::vector<WriterMail>& batch);
    Answer apply_once(WriteContext& context, const WriterMail& mail, bool& changed);
    void forget_expired_requests(catalog::WriteTransaction& transaction);
    [[nodiscard]] std::int64_t running_time() const;
    void make_durable(catalog::WriteTransaction& transaction);
    void fail(const std::string& reason);
    const std::string& look_at_disk();
    void note_index_steps(const std::vector<WriterMail>& batch);
    void index_when_due();
    void checkpoint_when_due();
    void checkpoint(catalog::WriteConnection::Checkpoint mode, std::chrono::milliseconds patience);
    void tick();
    void store_query_statistics_when_due();
    void store_query_statistics();
    void finish();

    const Clock& clock_;
    const Shared shared_;
    const Events events_;

    // Of the writer's thread.
    Options options_;
    std::unique_ptr<catalog::WriteConnection> connection_;
    catalog::QueryStatistics* const statistics_;  // null where nothing is counted
    catalog::DiskGuard disk_;
    Moment began_;
    Moment statistics_stored_;
    std::int64_t running_time_before_ = 0;  // milliseconds, of the daemons before this one
    std::int64_t times_replaced_ = 0;       // that the above has followed
    std::int64_t requests_to_keep_ = 0;     // of the batch that is being applied
    enum class IndexStep { none, under_way, failed } index_step_ = IndexStep::none;
    std::string failure_;  // empty while all is well
    std::int64_t next_checkpoint_;
    std::int64_t commits_at_last_tick_ = 0;
    std::int64_t commits_copied_ = 0;  // those that are in the database file
    std::size_t last_batch_ = 0;       // messages in it; 0 after a pause
    Moment::duration last_commit_{};   // how long it took

    // Shared with those who post and ask.
    Mailbox<WriterMail> mailbox_;
    std::mutex configuring_;
    Options next_options_;                // under the lock
    std::atomic<bool> configured_{true};  // they are not adopted yet
    std::mutex alone_lock_;
    std::vector<Alone> alone_;
    bool takes_alone_ = true;
    std::atomic<std::int64_t> commits_{0};
    std::atomic<std::int64_t> operations_{0};
    std::atomic<std::int64_t> checkpoints_{0};
    std::atomic<std::int64_t> log_bytes_{0};
    std::atomic<bool> short_of_disk_{false};
    std::atomic<Moment::rep> busy_since_{0};  // 0: it waits for work
    Times times_;

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer ticker_;
    std::thread thread_;
};

}  // namespace catalogd::actors
