// The replies of long work: how far it has come, as often as the peer takes that, and last what it
// ended in. Whoever does the work never waits here: what the peer has not taken is overtaken.
#pragma once

#include <memory>
#include <string>

#include "endpoints/service.h"

namespace catalogd::endpoints {

// Lives on the session's executor; its two functions may be called on any thread.
class ProgressStream : public std::enable_shared_from_this<ProgressStream> {
public:
    explicit ProgressStream(std::shared_ptr<Responder> responder)
        : responder_(std::move(responder)) {}

    // Whole frames.
    void report(std::string frame) { take(std::move(frame), false); }
    void finish(std::string frame) { take(std::move(frame), true); }

private:
    void take(std::string frame, bool last);
    void send();

    const std::shared_ptr<Responder> responder_;
    std::string next_;  // the newest that has not been given to the session
    bool last_ = false;
    bool under_way_ = false;  // to the peer
};

}  // namespace catalogd::endpoints
