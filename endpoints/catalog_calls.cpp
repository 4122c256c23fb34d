#include "endpoints/catalog_calls.h"

#include <boost/asio/post.hpp>
#include <limits>

#include "endpoints/page_stream.h"
#include "endpoints/progress_stream.h"
#include "protocol/digest.h"

namespace catalogd::endpoints {
namespace {

// The call's own limit of time where it is shorter than the configured one.
std::chrono::milliseconds time_for(const protocol::Call& call,
                                   std::chrono::milliseconds configured) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    const std::int64_t asked = std::min(call.timeout_ms.value_or(most), most);
    return std::min(configured, std::chrono::milliseconds(asked));
}

// Long work has the time that it takes, unless the call limits it.
actors::Deadline deadline_of_work(const actors::Clock& clock, const protocol::Call& call) {
    if (call.timeout_ms) {
        return deadline_from(clock, time_for(call, std::chrono::milliseconds::max()));
    }
    return {clock.now(), actors::Moment::max()};
}

}  // namespace

std::string frame_of(actors::Outcome outcome, bool continues) {
    if (outcome) {
        return std::move(outcome->reply).frame(continues);
    }
    std::string frame;
    protocol::append_error(frame, outcome.error());
    return frame;
}

actors::WriterMail envelope_of(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes,
                               std::optional<std::string> request_id) {
    actors::WriterMail mail;
    mail.caller = audited_caller(caller);
    mail.deadline = deadline_from(actors.clock, time_for(call, actors.deadlines.write));
    mail.bytes = bytes;
    if (request_id) {
        mail.request = {caller.peer.uid, std::move(*request_id),
                        protocol::digest_of(call.method, call.parameters)};
    }
    return mail;
}

// The writer's time is everyone's: what its reply sets going runs on the session's executor.
Task task_of(const Actors& actors, const protocol::Call& call, const Caller& caller,
             std::size_t bytes, actors::WriteMessage message) {
    auto mail = envelope_of(actors, call, caller, bytes, actors::request_id_of(message));
    mail.message = std::move(message);
    return {Conduct::write, [&writer = actors.writer, mail = std::move(mail)](
                                const std::shared_ptr<Responder>& responder) mutable {
                mail.reply = [responder](actors::Outcome outcome) {
                    boost::asio::post(responder->executor(),
                                      [responder, outcome = std::move(outcome)]() mutable {
                                          responder->finish(frame_of(std::move(outcome)));
                                      });
                };
                post_or_refuse(writer, std::move(mail));
            }};
}

Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes,
             actors::ReadMessage message, const AuditedCall& audited) {
    const auto time = time_for(call, actors.deadlines.read);
    if (actors::is_listing(message)) {
        const auto stream = std::make_shared<PageStream>(actors, time, bytes, call.more,
                                                         std::move(message), audited);
        return {Conduct::listing, [stream](std::shared_ptr<Responder> responder) {
                    stream->next_page(std::move(responder));
                }};
    }
    actors::ReaderMail mail;
    mail.message = std::move(message);
    mail.deadline = deadline_from(actors.clock, time);
    mail.bytes = bytes;
    const bool console = actors::is_console(mail.message);
    actors::Readers& readers = console ? actors.console : actors.readers;
    return {Conduct::read, [&readers, console, mail = std::move(mail),
                            audited](const std::shared_ptr<Responder>& responder) mutable {
                if (console) {
                    mail.abandoned = [responder] { return responder->abandoned(); };
                }
                mail.reply = audited.recorded([responder](actors::Outcome outcome) {
                    responder->finish(frame_of(std::move(outcome)));
                });
                if (!readers.post(mail)) {
                    responder->finish(frame_of(busy()));
                }
            }};
}

Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, actors::Work work,
             ProgressReply progress, const AuditedCall& audited) {
    work.deadline = deadline_of_work(actors.clock, call);
    work.bytes = bytes;
    work.caller = audited.caller();
    return {Conduct::alone,
            [&maintenance = actors.maintenance, work = std::move(work), progress, audited,
             more = call.more](std::shared_ptr<Responder> responder) mutable {
                const auto stream = std::make_shared<ProgressStream>(std::move(responder));
                const AuditedCall::Reply finish = [stream](actors::Outcome outcome) {
                    stream->finish(frame_of(std::move(outcome)));
                };
                work.reply = audited.recorded(finish);
                if (more) {
                    work.progress = [stream, progress](double done) {
                        if (auto reply = progress(done)) {
                            stream->report(std::move(*reply).frame(true));
                        }
                    };
                }
                audited.begin(
                    [&maintenance, finish, work = std::move(work)](actors::Outcome begun) mutable {
                        if (begun) {
                            post_or_refuse(maintenance, std::move(work));
                        } else {
                            finish(std::move(begun));
                        }
                    });
            }};
}

}  // namespace catalogd::endpoints
