// A list, one page or all of them: each page is asked for when the one before it has been taken by
// the peer, has a deadline of its own, and holds nothing while it waits.
#pragma once

#include <memory>

#include "endpoints/audited_call.h"

namespace catalogd::endpoints {

class PageStream : public std::enable_shared_from_this<PageStream> {
public:
    // `time`: that each page may take; the first one's runs from now. `more`: every page.
    PageStream(const Actors& actors, std::chrono::milliseconds time, std::size_t bytes, bool more,
               actors::ReadMessage message, AuditedCall audited);

    void next_page(std::shared_ptr<Responder> responder);

private:
    void send(const std::shared_ptr<Responder>& responder, actors::Outcome outcome);

    actors::Readers& readers_;
    const actors::Clock& clock_;
    const std::chrono::milliseconds time_;
    const std::size_t bytes_;
    const bool more_;
    const AuditedCall audited_;  // with its first page, and that one's outcome
    bool first_ = true;
    actors::ReadMessage message_;  // of the next page
    actors::Deadline deadline_;    // the same
};

}  // namespace catalogd::endpoints
