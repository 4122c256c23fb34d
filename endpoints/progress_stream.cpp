#include "endpoints/progress_stream.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace catalogd::endpoints {

void ProgressStream::take(std::string frame, bool last) {
    boost::asio::post(responder_->executor(),
                      [self = shared_from_this(), frame = std::move(frame), last]() mutable {
                          self->next_ = std::move(frame);
                          self->last_ = last;
                          self->send();
                      });
}

void ProgressStream::send() {
    if (under_way_ || next_.empty()) {
        return;
    }
    if (last_) {
        responder_->finish(std::exchange(next_, {}));
        return;
    }
    under_way_ = true;
    responder_->proceed(std::exchange(next_, {}), [self = shared_from_this()] {
        self->under_way_ = false;
        self->send();
    });
}

}  // namespace catalogd::endpoints
