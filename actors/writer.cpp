#include "actors/writer.h"

#include <pthread.h>
#include <spdlog/spdlog.h>
#include <time.h>

#include <boost/asio/post.hpp>

#include "actors/audit.h"
#include "actors/log_fields.h"
#include "actors/translation.h"
#include "catalog/failure.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;
using catalog::WriteConnection;
using std::chrono::milliseconds;

constexpr auto schema_was_left = "the catalog's schema was taken back, and catalogd stops";
// So few messages cost less than the sync of the commit that they share.
constexpr std::size_t few = 16;
// A commit that hung for a while says nothing of what the next one costs.
constexpr auto longest_wait = milliseconds(10);
// Expired requests that a commit removes beyond as many as it adds.
constexpr std::int64_t requests_spare = 16;

void fail_all(std::vector<WriterMail>& batch, const protocol::Error& error) {
    for (WriterMail& mail : batch) {
        mail.outcome = error;
    }
}

// Each with the id that its own call gave, so that the caller can repeat it.
void outcome_unknown(std::vector<WriterMail>& batch) {
    for (WriterMail& mail : batch) {
        mail.outcome = protocol::Error(errors::OutcomeUnknown{request_id_of(mail.message)});
    }
}

void reply_all(std::vector<WriterMail>& batch) {
    for (WriterMail& mail : batch) {
        mail.reply(std::move(*mail.outcome));
    }
}

// The transaction has ended under a statement: whoever was in it has failed with it.
struct TransactionEnded {
    protocol::Error why;
};

}  // namespace

Writer::Writer(std::unique_ptr<WriteConnection> connection, const Shared& shared,
               const Clock& clock, Options options, Events events)
    : clock_(clock),
      shared_(shared),
      events_(std::move(events)),
      options_(options),
      connection_(std::move(connection)),
      statistics_(connection_->options().statistics),
      disk_(connection_->path(), options.disk),
      began_(clock.now()),
      statistics_stored_(began_),
      running_time_before_(connection_->summary().running_time),
      next_checkpoint_(options.checkpoint_at),
      mailbox_(options.mailbox),
      next_options_(options),
      work_(io_.get_executor()),
      ticker_(io_),
      thread_([this] { io_.run(); }) {
    boost::asio::post(io_, [this] { tick(); });
}

Writer::~Writer() {
    stop();
}

void Writer::stop() {
    if (!thread_.joinable()) {
        return;
    }
    store_query_statistics();
    mailbox_.close();
    boost::asio::post(io_, [this] { finish(); });
    work_.reset();
    thread_.join();
}

std::chrono::nanoseconds Writer::processor_time() {
    clockid_t clock{};
    timespec used{};
    if (::pthread_getcpuclockid(thread_.native_handle(), &clock) != 0 ||
        ::clock_gettime(clock, &used) != 0) {
        return {};
    }
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

bool Writer::post(WriterMail& mail) {
    const auto pushed = mailbox_.push(mail);
    if (pushed == Mailbox<WriterMail>::Pushed::queued_first) {
        boost::asio::post(io_, [this] { run(); });
    }
    return pushed != Mailbox<WriterMail>::Pushed::refused;
}

// What came in while a batch was being committed makes the next one.
void Writer::run() {
    note_busy(clock_.now());
    perform_alone();
    for (auto batch = gather(); !batch.empty(); batch = gather()) {
        serve(batch);
        perform_alone();
    }
    last_batch_ = 0;
    note_busy({});
}

void Writer::serve(std::vector<WriterMail>& batch) {
    const Moment began = clock_.now();
    note_queued(batch, began);
    const std::int64_t commits_before = commits_.load();
    commit(batch);
    last_batch_ = batch.size();
    last_commit_ = clock_.now() - began;
    if (commits_.load() != commits_before) {
        times_.commits.add(last_commit_);
    }
    note_done(batch);
    note_index_steps(batch);
    reply_all(batch);
    index_when_due();
    checkpoint_when_due();
}

// Those who were just answered are likely to ask again at once. Waiting for them, for a part of
// what a commit costs, saves them a whole commit that would carry only the first of them. Where
// they are many, half of them make a batch worth its sync, and the others are answered meanwhile.
std::vector<WriterMail> Writer::gather() {
    adopt_options();
    if (last_batch_ > 1) {
        const std::size_t half = std::min(last_batch_, options_.batch) / 2;
        mailbox_.await(std::max(std::min(last_batch_, few), half),
                       std::min<std::chrono::nanoseconds>(last_commit_ / 2, longest_wait));
    }
    return mailbox_.take(options_.batch);
}

void Writer::commit(std::vector<WriterMail>& batch) {
    if (!refusal().empty()) {
        fail_all(batch, errors::ReadOnly{refusal()});
        return;
    }
    try {
        catalog::WriteTransaction transaction(*connection_, clock_.wall());
        const std::size_t kept = apply_all(transaction, batch);
        auto acts = entries_of(batch);
        if (kept > 0 || !acts.empty()) {
            forget_expired_requests(transaction);
            record(transaction, acts);
            make_durable(transaction);
            operations_ += static_cast<std::int64_t>(kept);
        }
    } catch (const TransactionEnded& ended) {
        fail_all(batch, ended.why);
        record_failed(batch);
    } catch (const catalog::CommitUnknown& unknown) {
        outcome_unknown(batch);
        fail(unknown.what());
    } catch (...) {
        fail_all(batch, translate_current_exception());
        record_failed(batch);
    }
}

// How many requests have changed the catalog.
std::size_t Writer::apply_all(catalog::WriteTransaction& transaction,
                              std::vector<WriterMail>& batch) {
    transaction.summary().running_time = running_time();
    requests_to_keep_ = 0;
    WriteContext context{transaction, shared_, options_.metrics_kept};
    const Moment now = clock_.now();
    std::size_t kept = 0;
    const bool alone = batch.size() == 1;  // then the whole transaction goes back with it
    const std::string& short_of_disk = look_at_disk();
    for (WriterMail& mail : batch) {
        if (mail.deadline.passed(now)) {
            mail.outcome = mail.deadline.error();
            continue;
        }
        if (transaction.schema_left()) {
            mail.outcome = errors::ReadOnly{schema_was_left};
            continue;
        }
        if (!short_of_disk.empty() && !makes_room(mail.message)) {
            mail.outcome = errors::ReadOnly{short_of_disk};
            continue;
        }
        transaction.begin_request(alone ? catalog::WriteTransaction::Undo::nothing_to_do
                                        : undo_of(mail.message));
        bool changed = true;
        mail.outcome = attempt([&] { return apply_once(context, mail, changed); });
        mail.acts = std::exchange(context.acts, {});
        if (*mail.outcome) {
            transaction.keep_request();
            kept += changed ? 1 : 0;
        } else if (!transaction.drop_request()) {
            throw TransactionEnded{mail.outcome->error()};
        }
    }
    return kept;
}

// A request that was applied before gets the reply that it got.
Answer Writer::apply_once(WriteContext& context, const WriterMail& mail, bool& changed) {
    if (!mail.request) {
        return dispatch(context, mail.message);
    }
    if (const auto reply =
            catalog::requests::find_reply(context.transaction.connection(), *mail.request)) {
        changed = false;
        return {protocol::EncodedReply::of_text(*reply)};
    }
    Answer answer = dispatch(context, mail.message);
    catalog::requests::keep_reply(context.transaction, *mail.request,
                                  std::string(answer.reply.parameters()));
    ++requests_to_keep_;
    return answer;
}

// As many as came, and some more: their number stays where it is, and no commit pays for many.
void Writer::forget_expired_requests(catalog::WriteTransaction& transaction) {
    if (requests_to_keep_ > 0 && !transaction.schema_left()) {
        catalog::requests::remove_expired(transaction, options_.requests,
                                          requests_to_keep_ + requests_spare);
    }
}

std::int64_t Writer::running_time() const {
    const auto here = std::chrono::duration_cast<milliseconds>(clock_.now() - began_);
    return running_time_before_ + here.count();
}

void Writer::make_durable(catalog::WriteTransaction& transaction) {
    transaction.commit();
    if (!connection_->files_in_place()) {
        throw catalog::CommitUnknown("the database or its log was moved away or deleted");
    }
    ++commits_;
    log_bytes_ = connection_->log_bytes();
    if (events_.changed && !transaction.changed_clients().empty()) {
        events_.changed(transaction.changed_clients());
    }
    if (transaction.schema_left()) {
        failure_ = schema_was_left;
        events_.schema_left();
    }
}

void Writer::fail(const std::string& reason) {
    failure_ = "the catalog takes no more writes: " + reason;
    const LogField field(log_field::message_id, log_message::writes_ended);
    spdlog::critical("{}", failure_);
    connection_->abandon();
    events_.failed(reason);
}

// The last of the thread: what was taken in is done, and closing makes the final checkpoint.
void Writer::finish() {
    run();
    refuse_alone();
    ticker_.cancel();
    connection_.reset();
}

}  // namespace catalogd::actors
