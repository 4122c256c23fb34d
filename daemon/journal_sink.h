// Lines for systemd's journal, with what they are about as fields of their own.
#pragma once

#include <spdlog/sinks/base_sink.h>

#include <mutex>

namespace catalogd::daemon {

// What the journal does not take goes to `otherwise`, in its form.
class JournalSink : public spdlog::sinks::base_sink<std::mutex> {
public:
    // Whether there is one: what is sent to none is lost without an error.
    static bool journal_listens();

    explicit JournalSink(spdlog::sink_ptr otherwise) : otherwise_(std::move(otherwise)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override { otherwise_->flush(); }
    void set_formatter_(std::unique_ptr<spdlog::formatter> formatter) override {
        otherwise_->set_formatter(std::move(formatter));
    }

private:
    const spdlog::sink_ptr otherwise_;
};

// syslog's number of a level, as sd-daemon(3) and the journal have it.
char journal_priority(spdlog::level::level_enum level);

}  // namespace catalogd::daemon
