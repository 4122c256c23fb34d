// From a call to a message of the actors, and from its outcome to replies.
#pragma once

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <limits>

#include "endpoints/method_table.h"

namespace catalogd::endpoints {

// What a full queue asks its caller to wait: some commits, or some pages.
inline constexpr std::int64_t retry_after_ms = 50;

template <class Outcome>
std::string frame_of(const Outcome& outcome, bool continues = false) {
    std::string frame;
    if (outcome) {
        protocol::append_reply(frame, *outcome, continues);
    } else {
        protocol::append_error(frame, outcome.error());
    }
    return frame;
}

// The call's own limit of time where it is shorter than the configured one.
inline std::chrono::milliseconds time_for(const protocol::Call& call,
                                          std::chrono::milliseconds configured) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    const std::int64_t asked = std::min(call.timeout_ms.value_or(most), most);
    return std::min(configured, std::chrono::milliseconds(asked));
}

inline actors::Deadline deadline_from(const actors::Clock& clock, std::chrono::milliseconds time) {
    const actors::Moment now = clock.now();
    return {now, now + time};
}

// Posts the message when its turn has come, and answers at once where the actor refuses it.
// `answer` is called on the actor's thread.
template <class Actor, class Message, class Answer>
Task task_for(Conduct conduct, Actor& actor, actors::Envelope<Message> envelope, Answer answer) {
    return {conduct, [&actor, envelope = std::move(envelope),
                      answer](const std::shared_ptr<Responder>& responder) mutable {
                envelope.reply = [responder, answer](auto outcome) {
                    answer(responder, std::move(outcome));
                };
                if (!actor.post(envelope)) {
                    envelope.reply(protocol::Error(protocol::errors::Busy{retry_after_ms}));
                }
            }};
}

template <class Message>
actors::Envelope<Message> envelope_of(const Actors& actors, const protocol::Call& call,
                                      std::chrono::milliseconds configured, std::size_t bytes,
                                      Message message) {
    return {
        std::move(message), deadline_from(actors.clock, time_for(call, configured)), bytes, {}, {}};
}

// A write: its reply is encoded on the session's executor, since the writer's time is everyone's.
template <actors::Write Message>
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, Message message) {
    const auto answer = [](const std::shared_ptr<Responder>& responder, auto outcome) {
        boost::asio::post(responder->executor(), [responder, outcome = std::move(outcome)] {
            responder->finish(frame_of(outcome));
        });
    };
    return task_for(Conduct::write, actors.writer,
                    envelope_of(actors, call, actors.deadlines.write, bytes, std::move(message)),
                    answer);
}

// A read: its reply is encoded where it was found.
template <actors::Read Message>
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, Message message) {
    const auto answer = [](const std::shared_ptr<Responder>& responder, const auto& outcome) {
        responder->finish(frame_of(outcome));
    };
    return task_for(Conduct::read, actors.readers,
                    envelope_of(actors, call, actors.deadlines.read, bytes, std::move(message)),
                    answer);
}

// A stream of pages: each is asked for when the one before it has been taken by the peer, has a
// deadline of its own, and holds nothing while it waits.
template <actors::Listing Message>
class PageStream : public std::enable_shared_from_this<PageStream<Message>> {
public:
    PageStream(const Actors& actors, std::chrono::milliseconds time, std::size_t bytes, bool more,
               Message message)
        : readers_(actors.readers),
          clock_(actors.clock),
          time_(time),
          bytes_(bytes),
          more_(more),
          message_(std::move(message)),
          deadline_(deadline_from(clock_, time_)) {}

    void next_page(std::shared_ptr<Responder> responder) {
        using Envelope = actors::Envelope<Message>;
        Envelope envelope{message_, deadline_, bytes_, {}};
        envelope.reply = [self = this->shared_from_this(),
                          responder](typename Envelope::Outcome outcome) {
            self->send(responder, std::move(outcome));
        };
        if (!readers_.post(envelope)) {
            envelope.reply(protocol::Error(protocol::errors::Busy{retry_after_ms}));
        }
    }

private:
    void send(const std::shared_ptr<Responder>& responder,
              typename actors::Envelope<Message>::Outcome outcome) {
        if (!more_ || !outcome || !outcome->next) {
            responder->finish(frame_of(outcome));
            return;
        }
        message_.after = outcome->next;
        responder->proceed(frame_of(outcome, true), [self = this->shared_from_this(), responder] {
            self->deadline_ = deadline_from(self->clock_, self->time_);
            self->next_page(responder);
        });
    }

    actors::Readers& readers_;
    const actors::Clock& clock_;
    const std::chrono::milliseconds time_;
    const std::size_t bytes_;
    const bool more_;
    Message message_;            // of the next page
    actors::Deadline deadline_;  // the same; the first page's runs from when the call came
};

template <actors::Listing Message>
Task task_of(const Actors& actors, const protocol::Call& call, std::size_t bytes, Message message) {
    auto stream = std::make_shared<PageStream<Message>>(
        actors, time_for(call, actors.deadlines.read), bytes, call.more, std::move(message));
    return {Conduct::listing, [stream](std::shared_ptr<Responder> responder) {
                stream->next_page(std::move(responder));
            }};
}

// What a call leaves in the log beside its effect; most leave nothing.
template <class Message>
void note(const Caller& /*caller*/, const Message& /*message*/) {}

inline void note(const Caller& caller, const protocol::clients::GetSessionKey& message) {
    spdlog::info("user {} (process {}) asks for the session key of client {}", caller.peer.uid,
                 caller.peer.pid, protocol::to_text(message.id));
}

template <class Message>
    requires(actors::Read<Message> || actors::Write<Message>)
protocol::Result<Task> prepare(const Actors& actors, const protocol::Call& call,
                               const Caller& caller, std::size_t bytes) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    note(caller, *message);
    return task_of(actors, call, bytes, std::move(*message));
}

}  // namespace catalogd::endpoints
