#include "endpoints/varlink_session.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include "endpoints/use_result.h"

namespace catalogd::endpoints {
namespace {

namespace asio = boost::asio;

constexpr std::size_t idle_read_size = 4 * 1024;  // what an idle connection costs
constexpr std::size_t read_size = 64 * 1024;
// What a list that a stop cuts short asks its caller to wait: until a restart is through.
constexpr std::int64_t retry_after_stop_ms = 1'000;
constexpr std::size_t output_kept = 64 * 1024;
// Replies that the peer has not taken: beyond this no further call is read, and no list begun.
constexpr std::size_t output_limit = 1 << 20;

// One parser serves every session of a thread: it is used between two suspension points.
protocol::MessageParser& parser() {
    static thread_local protocol::MessageParser instance;
    return instance;
}

std::string error_frame(const protocol::Error& error) {
    std::string frame;
    protocol::append_error(frame, error);
    return frame;
}

}  // namespace

class VarlinkSession::SlotResponder : public Responder {
public:
    SlotResponder(std::shared_ptr<VarlinkSession> session, std::uint64_t number)
        : session_(std::move(session)), number_(number) {}

    void finish(std::string frame) override {
        asio::dispatch(executor(),
                       [session = session_, number = number_, f = std::move(frame)]() mutable {
                           session->receive(number, std::move(f), true, {});
                       });
    }

    void proceed(std::string frame, std::function<void()> sent) override {
        asio::dispatch(executor(), [session = session_, number = number_, f = std::move(frame),
                                    then = std::move(sent)]() mutable {
            session->receive(number, std::move(f), false, std::move(then));
        });
    }

    [[nodiscard]] bool abandoned() const override { return session_->closed_; }

    [[nodiscard]] asio::any_io_executor executor() const override {
        return session_->changed_.get_executor();
    }

private:
    const std::shared_ptr<VarlinkSession> session_;
    const std::uint64_t number_;
};

VarlinkSession::VarlinkSession(Socket socket, Caller caller, const Service& service,
                               SessionLimits limits)
    : socket_(std::move(socket)),
      caller_(std::move(caller)),
      service_(service),
      limits_(limits),
      reader_(limits.frame_bytes_of(caller_.role)),
      changed_(socket_.get_executor(), asio::steady_timer::time_point::max()) {
    socket_.non_blocking(true);
}

void VarlinkSession::configure(Role role, const SessionLimits& limits) {
    caller_.role = role;
    limits_ = limits;
    reader_.set_limit(limits_.frame_bytes_of(role));
    changed_.cancel();
}

asio::awaitable<void> VarlinkSession::run() {
    co_await read_calls();
    close_when_abandoned();
    while (!closed_ && !(slots_.empty() && output_.empty())) {
        co_await changed_.async_wait(use_result);
    }
    close();
}

asio::awaitable<void> VarlinkSession::read_calls() {
    while (!stopping_ && !closed_) {
        if (!has_room()) {
            co_await changed_.async_wait(use_result);
            continue;
        }
        if (const auto frame = reader_.next()) {
            if (!accept(*frame)) {
                co_return;
            }
            continue;
        }
        if (reader_.oversized()) {
            co_return;
        }
        const auto room = reader_.prepare(reader_.empty() ? idle_read_size : read_size);
        const auto [error, size] =
            co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), use_result);
        if (error) {
            co_return;
        }
        reader_.commit(size);
    }
}

// A peer that has only ended its own sending still reads; one that has closed has hung up.
void VarlinkSession::close_when_abandoned() {
    if (closed_ || slots_.empty()) {
        return;
    }
    socket_.async_wait(Socket::wait_error,
                       [self = shared_from_this()](boost::system::error_code error) {
                           if (!error) {
                               self->close();
                           }
                       });
}

bool VarlinkSession::has_room() const {
    return slots_.size() < limits_.calls_in_flight && !crowded();
}

bool VarlinkSession::crowded() const {
    return output_.size() - written_ >= output_limit;
}

// False where the frame breaks the rules: the connection is then closed.
bool VarlinkSession::accept(std::string_view frame) {
    const auto call = parser().parse_call(frame);
    if (!call) {
        parser().forget();
        return false;
    }
    Slot& slot = slots_.emplace_back();
    slot.oneway = call->oneway;
    auto task = service_.prepare(*call, caller_, frame.size());
    parser().forget();  // a parsed frame may take many times its bytes
    if (task) {
        slot.conduct = task->conduct;
        slot.start = std::move(task->start);
        start_what_may();
    } else {
        slot.started = true;
        receive(first_number_ + slots_.size() - 1, error_frame(task.error()), true, {});
    }
    return true;
}

// The calls whose turn has come: see Conduct.
void VarlinkSession::start_what_may() {
    bool write_open = false;
    bool any_open = false;
    bool alone_open = false;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Slot& slot = slots_[i];
        if (!slot.started) {
            const bool blocked = slot.conduct == Conduct::read      ? write_open
                                 : slot.conduct == Conduct::listing ? any_open || crowded()
                                 : slot.conduct == Conduct::alone   ? any_open
                                                                    : false;
            if (!blocked && !alone_open) {
                start(i);
            }
        }
        write_open = write_open || (!slot.done && slot.conduct == Conduct::write);
        any_open = any_open || !slot.done;
        alone_open = alone_open || (!slot.done && slot.conduct == Conduct::alone);
    }
}

void VarlinkSession::start(std::size_t index) {
    Slot& slot = slots_[index];
    slot.started = true;
    const auto start = std::move(slot.start);
    start(std::make_shared<SlotResponder>(shared_from_this(), first_number_ + index));
}

void VarlinkSession::receive(std::uint64_t number, std::string frame, bool last,
                             std::function<void()> sent) {
    if (closed_) {
        return;
    }
    Slot& slot = slots_[number - first_number_];
    if (!slot.oneway) {
        slot.output = std::move(frame);
    }
    slot.sent = std::move(sent);
    slot.done = last;
    schedule_flush();
}

// Once for all replies that are waiting to be received on this thread.
void VarlinkSession::schedule_flush() {
    if (!flush_scheduled_) {
        flush_scheduled_ = true;
        asio::post(changed_.get_executor(), [self = shared_from_this()] {
            self->flush_scheduled_ = false;
            self->flush();
        });
    }
}

void VarlinkSession::flush() {
    collect_output();
    start_what_may();
    if (waiting_to_write_ || !write_output()) {
        return;
    }
    start_what_may();  // a list that has waited for room
    if (const auto sent = std::exchange(sent_, {})) {
        if (stopping_ && slots_.front().conduct == Conduct::listing) {
            receive(first_number_, error_frame(protocol::errors::Busy{retry_after_stop_ms}), true,
                    {});
        } else {
            sent();
        }
    }
    changed_.cancel();
}

// Moves the replies whose turn it is: of the oldest call, and of those behind it that are done.
void VarlinkSession::collect_output() {
    while (!slots_.empty()) {
        Slot& slot = slots_.front();
        if (output_.empty()) {
            output_.swap(slot.output);
        } else {
            output_ += slot.output;
        }
        slot.output.clear();
        if (!slot.done) {
            if (slot.sent) {
                sent_ = std::move(slot.sent);
                slot.sent = {};
            }
            return;
        }
        slots_.pop_front();
        ++first_number_;
    }
}

// False while the peer does not take all of it.
bool VarlinkSession::write_output() {
    while (written_ < output_.size() && !closed_) {
        boost::system::error_code error;
        written_ += socket_.write_some(
            asio::buffer(output_.data() + written_, output_.size() - written_), error);
        if (error == asio::error::would_block) {
            waiting_to_write_ = true;
            socket_.async_wait(Socket::wait_write,
                               [self = shared_from_this()](boost::system::error_code) {
                                   self->waiting_to_write_ = false;
                                   self->schedule_flush();
                               });
            return false;
        }
        if (error) {
            close();
        }
    }
    output_.clear();
    if (output_.capacity() > output_kept) {
        output_.shrink_to_fit();
    }
    written_ = 0;
    return true;
}

void VarlinkSession::stop() {
    stopping_ = true;
    changed_.cancel();
    boost::system::error_code ignored;  // a peer that has gone needs no telling
    socket_.shutdown(Socket::shutdown_receive, ignored);
}

void VarlinkSession::close() {
    closed_ = true;
    sent_ = {};
    for (Slot& slot : slots_) {
        slot.sent = {};  // it holds this session
        slot.start = {};
    }
    changed_.cancel();
    boost::system::error_code ignored;  // closing is all that is left to do
    socket_.close(ignored);
}

}  // namespace catalogd::endpoints
