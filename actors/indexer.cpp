#include "actors/indexer.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>

#include "actors/translation.h"
#include "catalog/summary.h"

namespace catalogd::actors {
namespace {

constexpr auto pause_while_busy = std::chrono::milliseconds(50);
constexpr auto pause_after_failure = std::chrono::seconds(1);

}  // namespace

Indexer::Indexer(const catalog::OpenOptions& database, const Shared& shared, const Clock& clock)
    : shared_(shared),
      clock_(clock),
      connection_(std::make_unique<catalog::ReadConnection>(database)),
      work_(io_.get_executor()),
      retry_(io_) {}

Indexer::~Indexer() {
    stop();
}

void Indexer::start(Post post) {
    post_ = std::move(post);
    thread_ = std::thread([this] { io_.run(); });
}

void Indexer::wake(std::int64_t up_to) {
    boost::asio::post(io_, [this, up_to] { build(up_to); });
}

void Indexer::stop() {
    if (thread_.joinable()) {
        io_.stop();
        thread_.join();
    }
    connection_.reset();
}

void Indexer::build(std::int64_t up_to) {
    pacing_.begin(clock_.now());
    auto step = attempt([&] {
        note_whether_it_falls_behind();
        return std::make_shared<const catalog::search::Step>(
            catalog::search::build(*connection_, shared_.index, shared_.folding, up_to,
                                   [this] { rest(pacing_.rest_due(clock_.now(), arrived())); }));
    });
    if (step) {
        ++steps_;
        install(*step, 0);
        return;
    }
    spdlog::error("the search index is not brought up to the records: {}",
                  protocol::name_of(step.error()));
    retry_.expires_after(pause_after_failure);
    retry_.async_wait([this, up_to](boost::system::error_code) { build(up_to); });
}

// A whole segment more than this step takes, and more than when the last one began: another rest
// would make searches look at ever more records one by one.
void Indexer::note_whether_it_falls_behind() {
    const std::int64_t waiting = catalog::search::backlog(catalog::read_summary(*connection_));
    falls_behind_ = waiting > waiting_ &&
                    waiting >= 2 * static_cast<std::int64_t>(catalog::search::segment_capacity);
    waiting_ = waiting;
}

void Indexer::install(const Step& step, std::size_t piece) {
    WriterMail mail;
    mail.message = InstallIndexStep{step, piece};
    mail.deadline = {clock_.now(), Moment::max()};
    mail.reply = [this, step, piece](const Outcome& outcome) { go_on(step, piece, outcome); };
    if (!post_(mail)) {
        retry_.expires_after(pause_while_busy);
        retry_.async_wait([this, step, piece](boost::system::error_code) { install(step, piece); });
    }
}

// On the writer's thread, once it has the piece.
void Indexer::go_on(const Step& step, std::size_t piece, const Outcome& outcome) {
    if (!outcome) {
        spdlog::error("a part of the search index was not installed: {}",
                      protocol::name_of(outcome.error()));
    } else if (piece + 1 < catalog::search::pieces_of(*step)) {
        boost::asio::post(io_, [this, step, piece] {
            rest(pacing_.rest_after(clock_.now(), arrived()));
            install(step, piece + 1);
        });
    }
}

void Indexer::rest(Moment::duration time) {
    if (time > time.zero() && !falls_behind_ && !io_.stopped()) {
        ++rests_;
        std::this_thread::sleep_for(time);
        pacing_.resume(clock_.now());
    }
}

std::int64_t Indexer::arrived() const {
    return shared_.arrivals.of_short + shared_.arrivals.of_long;
}

}  // namespace catalogd::actors
