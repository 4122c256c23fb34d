#include "endpoints/page_stream.h"

#include "endpoints/catalog_calls.h"

namespace catalogd::endpoints {

PageStream::PageStream(const Actors& actors, std::chrono::milliseconds time, std::size_t bytes,
                       bool more, actors::ReadMessage message, AuditedCall audited)
    : readers_(actors.readers),
      clock_(actors.clock),
      time_(time),
      bytes_(bytes),
      more_(more),
      audited_(std::move(audited)),
      message_(std::move(message)),
      deadline_(deadline_from(clock_, time_)) {}

void PageStream::next_page(std::shared_ptr<Responder> responder) {
    actors::ReaderMail mail;
    mail.message = message_;
    mail.deadline = deadline_;
    mail.bytes = bytes_;
    mail.abandoned = [responder] { return responder->abandoned(); };
    const AuditedCall::Reply answer = [self = shared_from_this(),
                                       responder](actors::Outcome outcome) {
        self->send(responder, std::move(outcome));
    };
    mail.reply = std::exchange(first_, false) ? audited_.recorded(answer) : answer;
    if (!readers_.post(mail)) {
        answer(busy());
    }
}

void PageStream::send(const std::shared_ptr<Responder>& responder, actors::Outcome outcome) {
    if (!more_ || !outcome || !outcome->next) {
        responder->finish(frame_of(std::move(outcome)));
        return;
    }
    actors::go_on(message_, *outcome->next);
    responder->proceed(frame_of(std::move(outcome), true), [self = shared_from_this(), responder] {
        self->deadline_ = deadline_from(self->clock_, self->time_);
        self->next_page(responder);
    });
}

}  // namespace catalogd::endpoints
