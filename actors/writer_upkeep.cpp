// What the writer does between two batches, and once a second.
#include <spdlog/spdlog.h>

#include "actors/writer.h"

namespace catalogd::actors {
namespace {

using catalog::WriteConnection;
using std::chrono::milliseconds;

constexpr auto upkeep_interval = std::chrono::seconds(1);
// Of the log, while the disk is nearly full.
constexpr std::int64_t checkpoint_at_when_short = 1 << 20;
// A reader's page takes some milliseconds: this long the writer waits for it near the log's limit.
constexpr auto patience_near_limit = milliseconds(100);

}  // namespace

Writer::Figures Writer::figures() const {
    Figures figures{mailbox_.size(),     mailbox_.refused(), commits_.load(),    operations_.load(),
                    checkpoints_.load(), log_bytes_.load(),  mailbox_.fullness()};
    if (const Moment::rep since = busy_since_.load(); since != 0) {
        figures.busy_since = Moment(Moment::duration(since));
    }
    figures.short_of_disk = short_of_disk_.load();
    return figures;
}

void Writer::note_queued(std::span<const WriterMail> batch, Moment taken) {
    note_busy(taken);
    for (const WriterMail& mail : batch) {
        times_.queue.add(taken - mail.deadline.accepted);
    }
}

void Writer::note_done(std::span<const WriterMail> batch) {
    const Moment now = clock_.now();
    for (const WriterMail& mail : batch) {
        times_.requests.add(now - mail.deadline.accepted);
    }
}

void Writer::configure(const Options& options) {
    mailbox_.set_bounds(options.mailbox);
    const std::lock_guard lock(configuring_);
    next_options_ = options;
    configured_ = true;
}

void Writer::adopt_options() {
    if (!connection_->held().empty() || !configured_.exchange(false)) {
        return;
    }
    {
        const std::lock_guard lock(configuring_);
        options_ = next_options_;
    }
    try {
        connection_->set_cache(options_.cache);
        connection_->set_log_kept(options_.checkpoint_at);
        disk_.set_limits(options_.disk);
    } catch (const std::exception& failure) {
        spdlog::error("the sizes of cache and log stay as they are: {}", failure.what());
    }
}

// Before each batch too: a second of saves may take more than the floor.
const std::string& Writer::look_at_disk() {
    const std::string& reason = disk_.look();
    if (short_of_disk_.exchange(disk_.low()) != disk_.low()) {
        if (disk_.low()) {
            spdlog::error("{}", reason);
        } else {
            spdlog::info("the disk has room again: everything is written");
        }
    }
    return reason;
}

// A step ends with its last piece, and with one that fails; then the next begins with a tick.
// Before the replies, which take the outcomes away.
void Writer::note_index_steps(const std::vector<WriterMail>& batch) {
    for (const WriterMail& mail : batch) {
        const auto* part = std::get_if<InstallIndexStep>(&mail.message);
        if (part != nullptr && (!*mail.outcome || part->is_last())) {
            index_step_ = *mail.outcome ? IndexStep::none : IndexStep::failed;
            connection_->set_building_to(0);
        }
    }
}

// From when the indexer is told on, changes of what it may see are noted.
void Writer::index_when_due() {
    const catalog::Summary& summary = connection_->summary();
    const bool lags = catalog::search::backlog(summary) >= options_.index_backlog;
    if (lags && index_step_ == IndexStep::none && refusal().empty() && !disk_.low()) {
        index_step_ = IndexStep::under_way;
        connection_->set_building_to(summary.last_number);
        events_.index_lags(summary.last_number);
    }
}

// Copies the log into the database when it has grown by a step; near its limit it waits for the
// readers too, so that the log can begin anew.
void Writer::checkpoint_when_due() {
    const std::int64_t before = log_bytes_.load();
    const bool low = disk_.low() && before >= checkpoint_at_when_short;
    // Where the log has begun anew, the next step counts from there.
    next_checkpoint_ = std::min(next_checkpoint_, before + options_.checkpoint_at);
    if (!refusal().empty() || (before < next_checkpoint_ && !low)) {
        return;
    }
    const bool near_limit = low || before >= options_.log_limit / 4 * 3;
    if (near_limit) {
        checkpoint(WriteConnection::Checkpoint::restart, patience_near_limit);
    } else {
        checkpoint(WriteConnection::Checkpoint::passive, milliseconds(0));
    }
    const std::int64_t step = near_limit ? options_.checkpoint_at / 8 : options_.checkpoint_at;
    next_checkpoint_ = log_bytes_.load() + step;
}

void Writer::checkpoint(WriteConnection::Checkpoint mode, milliseconds patience) {
    try {
        const bool complete = connection_->checkpoint(mode, patience);
        commits_copied_ = complete ? commits_.load() : commits_copied_;
    } catch (const std::exception& failure) {
        spdlog::error("a checkpoint failed, the log grows: {}", failure.what());
    }
    ++checkpoints_;
    log_bytes_ = connection_->log_bytes();
}

// Once a second: whether the files are still ours, and the log copied once nothing happens.
void Writer::tick() {
    if (!connection_) {
        return;  // the last of its timer came behind finish()
    }
    adopt_options();
    look_at_disk();
    if (failure_.empty() && !connection_->files_in_place()) {
        fail("the database or its log was moved away or deleted");
    }
    index_step_ = index_step_ == IndexStep::failed ? IndexStep::none : index_step_;
    index_when_due();
    store_query_statistics_when_due();
    const bool idle = commits_.load() == commits_at_last_tick_;
    commits_at_last_tick_ = commits_.load();
    if (idle && refusal().empty() && commits_copied_ != commits_.load()) {
        checkpoint(WriteConnection::Checkpoint::passive, milliseconds(0));
    }
    ticker_.expires_after(upkeep_interval);
    ticker_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) {
            tick();
        }
    });
}

void Writer::store_query_statistics_when_due() {
    constexpr auto interval = std::chrono::minutes(1);
    if (clock_.now() - statistics_stored_ >= interval) {
        statistics_stored_ = clock_.now();
        store_query_statistics();
    }
}

// A message like any other, so that it shares a commit and cannot fail anybody else's.
void Writer::store_query_statistics() {
    if (statistics_ == nullptr || !statistics_->changed()) {
        return;
    }
    WriterMail mail;
    mail.message = StoreQueryStatistics{};
    mail.deadline = {clock_.now(), Moment::max()};
    mail.reply = [statistics = statistics_](const Outcome& outcome) {
        if (outcome) {
            statistics->mark_stored();
        } else {
            // What keeps it from that stops other writes too, and their callers are told.
            spdlog::debug("what was counted of statements was not stored: {}",
                          protocol::name_of(outcome.error()));
        }
    };
    if (!post(mail)) {
        spdlog::debug("what was counted of statements is stored later: the writer is busy");
    }
}

}  // namespace catalogd::actors
