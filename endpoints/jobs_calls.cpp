#include "endpoints/jobs_calls.h"

#include "actors/audit.h"
#include "endpoints/catalog_calls.h"
#include "endpoints/progress_stream.h"

namespace catalogd::endpoints {
namespace {

namespace jobs = protocol::jobs;
using Finish = AuditedCall::Reply;

template <class Reply>
actors::Scheduler::Answered<Reply> answering(Finish finish) {
    return [finish = std::move(finish)](const protocol::Result<Reply>& result) {
        if (result) {
            finish(actors::Answer{protocol::EncodedReply(*result)});
        } else {
            finish(result.error());
        }
    };
}

// Asks the scheduler: false where it takes nothing more.
bool ask(actors::Scheduler& scheduler, const jobs::List& /*call*/, const Finish& finish) {
    return scheduler.list(answering<jobs::List::Reply>(finish));
}
bool ask(actors::Scheduler& scheduler, const jobs::Cancel& call, const Finish& finish) {
    return scheduler.cancel(call.id, answering<jobs::Cancel::Reply>(finish));
}
bool ask(actors::Scheduler& scheduler, const jobs::Hold& call, const Finish& finish) {
    return scheduler.hold(call, answering<jobs::Hold::Reply>(finish));
}
bool ask(actors::Scheduler& scheduler, const jobs::Release& /*call*/, const Finish& finish) {
    return scheduler.release(answering<jobs::Release::Reply>(finish));
}

template <class Message>
Task task_of(const Actors& actors, Message message, const AuditedCall& audited, bool /*more*/) {
    return {Conduct::alone, [&scheduler = actors.scheduler, message = std::move(message),
                             audited](const std::shared_ptr<Responder>& responder) {
                const Finish finish = audited.recorded([responder](actors::Outcome outcome) {
                    responder->finish(frame_of(std::move(outcome)));
                });
                audited.begin([&scheduler, message, finish](actors::Outcome begun) {
                    if (!begun) {
                        finish(std::move(begun));
                    } else if (!ask(scheduler, message, finish)) {
                        finish(busy());
                    }
                });
            }};
}

// Who asks for more is told of the run's beginning, of how far it has come, and of its end.
actors::Scheduler::RunOrder order_of(const jobs::Run& call, const AuditedCall& audited,
                                     const std::shared_ptr<ProgressStream>& stream,
                                     const Finish& finish, bool more) {
    actors::Scheduler::RunOrder order;
    order.call = call;
    order.caller = audited.caller();
    order.begun = [stream, finish, more](const protocol::Result<jobs::Run::Reply>& begun) {
        if (!begun) {
            finish(begun.error());
        } else if (more) {
            stream->report(protocol::EncodedReply(*begun).frame(true));
        } else {
            finish(actors::Answer{protocol::EncodedReply(*begun)});
        }
    };
    if (more) {
        order.progress = [stream](const jobs::Run::Reply& reply) {
            stream->report(protocol::EncodedReply(reply).frame(true));
        };
        order.ended = [finish](const jobs::Run::Reply& reply) {
            finish(actors::Answer{protocol::EncodedReply(reply)});
        };
    }
    return order;
}

Task task_of(const Actors& actors, const jobs::Run& call, const AuditedCall& audited, bool more) {
    return {
        Conduct::alone,
        [&scheduler = actors.scheduler, call, audited, more](std::shared_ptr<Responder> responder) {
            const auto stream = std::make_shared<ProgressStream>(std::move(responder));
            const Finish finish = audited.recorded([stream](actors::Outcome outcome) {
                stream->finish(frame_of(std::move(outcome)));
            });
            audited.begin([&scheduler, call, audited, stream, finish, more](actors::Outcome begun) {
                if (!begun) {
                    finish(std::move(begun));
                } else if (!scheduler.run(order_of(call, audited, stream, finish, more))) {
                    finish(busy());
                }
            });
        }};
}

}  // namespace

Role role_for_run(const protocol::Call& call) {
    const auto message = protocol::decode<jobs::Run>(call.parameters);
    const actors::JobKind* kind = message ? actors::find_job(message->job) : nullptr;
    return kind != nullptr && kind->for_admins ? Role::admin : Role::write;
}

template <class Message>
    requires boost::mp11::mp_contains<jobs::SchedulerMethods, Message>::value
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t /*bytes*/) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    const AuditedCall audited(actors, caller, actors::acts_of(*message));
    return task_of(actors, std::move(*message), audited, call.more);
}

template protocol::Result<Task> prepare<jobs::List>(const Actors&, const protocol::Call&,
                                                    const Caller&, std::size_t);
template protocol::Result<Task> prepare<jobs::Run>(const Actors&, const protocol::Call&,
                                                   const Caller&, std::size_t);
template protocol::Result<Task> prepare<jobs::Cancel>(const Actors&, const protocol::Call&,
                                                      const Caller&, std::size_t);
template protocol::Result<Task> prepare<jobs::Hold>(const Actors&, const protocol::Call&,
                                                    const Caller&, std::size_t);
template protocol::Result<Task> prepare<jobs::Release>(const Actors&, const protocol::Call&,
                                                       const Caller&, std::size_t);

}  // namespace catalogd::endpoints
