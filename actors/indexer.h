// Indexer: builds what the search index lacks, beside the writer, which only has to install it.
//
// Thread     its own; everything but wake and stop runs there
// Messages   wake(up_to): the writer has records or notes that the index lacks, and notes changes
// of
//            records up to a number
// Events     InstallIndexStep, posted to the writer piece by piece
// Invariants one step is under way at a time, from its snapshot until the writer has installed the
//            last piece of it or one has failed; before that snapshot the writer has begun to note
//            changes of what it will hold; it rests while calls come (pacing.h), but not where it
//            falls behind the records that do
// Overflow   nothing queues: a wake during a step is the next step
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <thread>

#include "actors/handlers.h"
#include "catalog/connection.h"

namespace catalogd::actors {

class Indexer {
public:
    // False: the writer's mailbox is full.
    using Post = std::function<bool(WriterMail&)>;

    // `shared` must outlive the indexer. Opens its connection before it returns.
    Indexer(const catalog::OpenOptions& database, const Shared& shared, const Clock& clock);
    ~Indexer();
    Indexer(const Indexer&) = delete;
    Indexer& operator=(const Indexer&) = delete;

    // `post` gives mail to the writer, who must live until stop, and end before the indexer does:
    // it answers each piece. Wakes that came before are not lost.
    void start(Post post);
    // From any thread.
    void wake(std::int64_t up_to);
    // Ends the thread and closes the connection. A step that the writer has not installed is lost,
    // and will be built again.
    void stop();

    [[nodiscard]] std::int64_t steps() const { return steps_; }  // that were built
    [[nodiscard]] std::int64_t rests() const { return rests_; }

private:
    using Step = std::shared_ptr<const catalog::search::Step>;

    void build(std::int64_t up_to);
    void note_whether_it_falls_behind();
    void install(const Step& step, std::size_t piece);
    void go_on(const Step& step, std::size_t piece, const Outcome& outcome);
    void rest(Moment::duration time);
    [[nodiscard]] std::int64_t arrived() const;

    const Shared shared_;
    const Clock& clock_;
    Post post_;
    std::unique_ptr<catalog::ReadConnection> connection_;  // of its thread
    std::atomic<std::int64_t> steps_{0};
    std::atomic<std::int64_t> rests_{0};
    Pacing pacing_;             // of its thread, as are the next two
    std::int64_t waiting_ = 0;  // records and notes, when the last step began
    bool falls_behind_ = false;

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    boost::asio::steady_timer retry_;
    std::thread thread_;
};

}  // namespace catalogd::actors
