// Readers: several read-only connections that answer questions beside the writer.
//
// Threads    one for each connection; everything but post, expire and the figures runs there
// Messages   every message with an `answer` (handlers.h), answered with its reply or an error
// Events     none
// Invariants each request sees one snapshot, held for that request alone; no statement runs past
//            its request's deadline, nor a long one's when its caller has gone; short calls go
//            first, and long ones (Listing) never hold more than half of the readers, nor every
//            processor, and they rest while short calls come (pacing.h); capacity is always the
//            configured one: a connection that failed or grew old is replaced between requests
// Overflow   each of the two lanes refuses at once when full (Busy)
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "actors/handlers.h"
#include "actors/mailbox.h"
#include "actors/timing.h"
#include "catalog/connection.h"

namespace catalogd::actors {

class Readers {
public:
    struct Options {
        std::size_t count = 4;
        MailboxBounds mailbox;  // of each lane
        std::chrono::milliseconds max_age = std::chrono::hours(1);
        std::size_t processors = 0;  // 0: those of the machine
        bool operator==(const Options&) const = default;
    };
    struct Figures {
        std::size_t readers = 0;
        std::size_t queued = 0;
        std::size_t refused = 0;
        std::int64_t active = 0;
        std::int64_t peak_active = 0;
        std::int64_t answered = 0;
        std::int64_t connections_opened = 0;
        std::int64_t abandoned = 0;  // whose caller had gone before the reply
        std::int64_t rests = 0;      // of long calls, for short ones
        std::int64_t replaced_for_age = 0;
        std::int64_t replaced_after_failure = 0;
        double fullness = 0;  // of the fuller lane, 0 to 1
        std::chrono::nanoseconds average_age{};
        std::chrono::nanoseconds oldest_age{};
        std::chrono::milliseconds max_age{};
        std::chrono::nanoseconds longest_running{};  // of the calls that run now
        std::int64_t last_replaced = 0;              // milliseconds since 1970; 0: none was
    };

    // Opens every connection before it returns; throws what opening throws.
    // `shared` must outlive the readers.
    Readers(const catalog::OpenOptions& database, const Shared& shared, const Clock& clock,
            Options options);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    // From any thread. Takes the mail; false: refused, and it is untouched.
    [[nodiscard]] bool post(ReaderMail& mail);

    // From any thread: answers what has waited past its deadline.
    void expire();

    // From any thread, and at once: the mailbox's bounds and the age. The rest stays as it is.
    void configure(const Options& options);

    // Takes nothing more, finishes what was taken in, and ends the threads.
    void stop();

    [[nodiscard]] Figures figures() const;
    // From any thread, for as long as the readers live: how long the calls of a lane waited, and
    // took with that.
    struct Times {
        Timing queue;
        Timing requests;
    };
    [[nodiscard]] const Times& short_times() const { return short_times_; }
    [[nodiscard]] const Times& long_times() const { return long_times_; }

private:
    using Lane = Mailbox<ReaderMail>;

    // A thread's own. Others read when its connection was opened, and since when a call runs.
    struct Reader {
        std::unique_ptr<catalog::ReadConnection> connection;
        Pacing* pacing = nullptr;  // while it serves a long call
        std::atomic<Moment> opened{};
        std::atomic<Moment> running_since{};  // the epoch: none runs
    };
    void note_ages(Figures& figures) const;

    void open(Reader& reader);
    void serve_one(Reader& reader);
    Pacing* begin_long();
    void end_long(Pacing& place);
    void rest(Pacing& pacing, Moment::duration time);
    bool serve_from(Lane& lane, Times& times, Reader& reader);
    void serve(Reader& reader, ReaderMail& mail);
    [[nodiscard]] bool is_over(const ReaderMail& mail) const;
    Outcome answer_in_time(Reader& reader, const ReaderMail& mail);
    void refresh(Reader& reader);
    void replace(Reader& reader);

    static thread_local Reader* own_;  // of the thread that asks

    const catalog::OpenOptions database_;
    const Shared shared_;
    const Clock& clock_;
    const Options options_;

    Lane short_lane_;
    Lane long_lane_;
    std::vector<Pacing> long_places_;  // as many as there may be calls of the long lane at once
    std::mutex long_mutex_;            // over the next
    std::vector<Pacing*> long_places_free_;
    std::atomic<std::chrono::milliseconds> max_age_;
    std::atomic<std::int64_t> active_{0};
    std::atomic<std::int64_t> peak_active_{0};
    std::atomic<std::int64_t> answered_{0};
    std::atomic<std::int64_t> abandoned_{0};
    std::atomic<std::int64_t> rests_{0};
    std::atomic<std::int64_t> opened_{0};
    std::atomic<std::int64_t> aged_{0};
    std::atomic<std::int64_t> broken_{0};
    std::atomic<std::int64_t> last_replaced_{0};  // milliseconds since 1970
    Times short_times_;
    Times long_times_;
    std::vector<std::shared_ptr<Reader>> readers_;  // one for each thread, for good

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::vector<std::thread> threads_;
};

}  // namespace catalogd::actors
