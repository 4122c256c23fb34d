#include "actors/indexer.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>

#include "actors/translation.h"

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

void Indexer::wake() {
    boost::asio::post(io_, [this] { build(); });
}

void Indexer::stop() {
    if (thread_.joinable()) {
        io_.stop();
        thread_.join();
    }
    connection_.reset();
}

void Indexer::build() {
    auto step = attempt([&] {
        return std::make_shared<const catalog::search::Step>(
            catalog::search::build(*connection_, shared_.index, shared_.folding));
    });
    if (step) {
        post(std::move(*step));
        return;
    }
    spdlog::error("the search index is not brought up to the records: {}",
                  protocol::name_of(step.error()));
    retry_.expires_after(pause_after_failure);
    retry_.async_wait([this](boost::system::error_code) { build(); });
}

void Indexer::post(std::shared_ptr<const catalog::search::Step> step) {
    WriterMail mail;
    mail.message = InstallIndexStep{step};
    mail.deadline = {clock_.now(), Moment::max()};
    mail.reply = [](const Outcome& outcome) {
        if (!outcome) {
            spdlog::error("a part of the search index was not installed: {}",
                          protocol::name_of(outcome.error()));
        }
    };
    if (post_(mail)) {
        ++steps_;
        return;
    }
    retry_.expires_after(pause_while_busy);
    retry_.async_wait([this, step](boost::system::error_code) { post(step); });
}

}  // namespace catalogd::actors
