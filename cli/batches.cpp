#include "cli/batches.h"

#include "cli/request_id.h"

namespace catalogd::cli {
namespace {

// A batch is sent when it reaches any of these.
constexpr std::size_t most_files = 1000;
constexpr std::size_t most_text = 1024 * 1024;
constexpr std::int64_t most_content = 1024 * 1024 * 1024;  // not to be read again after a crash

constexpr std::size_t most_on_their_way = 2;

}  // namespace

Result<void> Batches::add(protocol::files::NewFile file) {
    text_bytes_ += file.name.value.size() + file.path.value.size();
    content_bytes_ += file.size ? file.size->value : 0;
    collected_.files.value.push_back(std::move(file));
    const bool full = collected_.files.value.size() >= most_files || text_bytes_ >= most_text ||
                      content_bytes_ >= most_content;
    return full ? send_collected() : Result<void>();
}

Result<void> Batches::finish() {
    if (!collected_.files.value.empty()) {
        if (auto sent = send_collected(); !sent) {
            return sent;
        }
    }
    while (!on_their_way_.empty()) {
        if (auto done = await_one(); !done) {
            return done;
        }
    }
    return {};
}

Result<void> Batches::send_collected() {
    while (on_their_way_.size() >= most_on_their_way) {
        if (auto done = await_one(); !done) {
            return done;
        }
    }
    collected_.request_id = next_request_id();
    std::string parameters;
    protocol::encode(parameters, collected_);
    collected_.files.value.clear();
    text_bytes_ = 0;
    content_bytes_ = 0;
    return send(std::move(parameters));
}

Result<void> Batches::send(std::string parameters) {
    on_their_way_.push_back(std::move(parameters));
    return daemon_.send(protocol::files::SaveMany::method, on_their_way_.back());
}

Result<void> Batches::await_one() {
    const auto reply = daemon_.receive_reply<protocol::files::SaveMany>();
    std::string parameters = std::move(on_their_way_.front());
    on_their_way_.pop_front();
    if (reply) {
        created_ += reply->created;
        updated_ += reply->updated;
        patience_.renew();
        return {};
    }
    // The same requestId goes again: nothing can be recorded twice.
    return patience_.wait(reply.error()) ? send(std::move(parameters))
                                         : Result<void>(reply.error());
}

}  // namespace catalogd::cli
