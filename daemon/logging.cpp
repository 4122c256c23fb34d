#include "daemon/logging.h"

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "daemon/journal_sink.h"

namespace catalogd::daemon {
namespace {

constexpr auto repeat_interval = std::chrono::minutes(1);
constexpr std::size_t most_lines_remembered = 256;

// syslog's numbers, as sd-daemon(3) wants them in front of a line.
class JournalPriority : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
                spdlog::memory_buf_t& out) override {
        const std::array prefix{'<', journal_priority(message.level), '>'};
        out.append(prefix.data(), prefix.data() + prefix.size());
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<JournalPriority>();
    }
};

spdlog::level::level_enum to_spdlog(config::Level level) {
    constexpr std::array levels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                                spdlog::level::warn, spdlog::level::err};
    return levels[static_cast<std::size_t>(level)];
}

// JOURNAL_STREAM is inherited by whatever a service starts, a terminal too: only where stderr is
// the very file that it names does the journal read along.
bool journal_reads_stderr() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat status{};
    return stream != nullptr && ::fstat(STDERR_FILENO, &status) == 0 &&
           fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

spdlog::sink_ptr stderr_sink() {
    if (::isatty(STDERR_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr) {
        return std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    }
    auto plain = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    if (journal_reads_stderr() && JournalSink::journal_listens()) {
        return std::make_shared<JournalSink>(std::move(plain));
    }
    return plain;
}

std::unique_ptr<spdlog::formatter> stderr_formatter() {
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    if (journal_reads_stderr()) {
        formatter->add_flag<JournalPriority>('*').set_pattern("%*%v");
    } else {
        formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    }
    return formatter;
}

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

// The second byte of a control character beyond ASCII, after 0xC2: terminals act on those too.
bool is_c1(unsigned byte) {
    return byte >= 0x80 && byte < 0xA0;
}

}  // namespace

std::string printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    unsigned before = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned byte = byte_at(text, i);
        const bool begins_c1 = byte == 0xC2 && is_c1(byte_at(text, i + 1));
        if (byte < 0x20 || byte == 0x7F || begins_c1 || (before == 0xC2 && is_c1(byte))) {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += text[i];
        }
        before = byte;
    }
    return out;
}

RepeatFilter::RepeatFilter(spdlog::sink_ptr next, Now now)
    : next_(std::move(next)), now_(std::move(now)) {}

void RepeatFilter::sink_it_(const spdlog::details::log_msg& message) {
    std::string text = printable({message.payload.data(), message.payload.size()});
    const auto now = now_();
    const auto [place, is_new] = seen_.try_emplace(text, Seen{now, 0});
    Seen& seen = place->second;
    if (!is_new && now - seen.written < repeat_interval) {
        ++seen.held_back;
        return;
    }
    if (seen.held_back > 0) {
        text += " (and " + std::to_string(seen.held_back) + " times more before)";
    }
    seen = {now, 0};
    forget_oldest();
    spdlog::details::log_msg line(message);
    line.payload = spdlog::string_view_t(text.data(), text.size());
    next_->log(line);
}

void RepeatFilter::forget_oldest() {
    if (seen_.size() > most_lines_remembered) {
        seen_.erase(std::ranges::min_element(
            seen_, {}, [](const auto& entry) { return entry.second.written; }));
    }
}

void RepeatFilter::set_formatter_(std::unique_ptr<spdlog::formatter> formatter) {
    next_->set_formatter(std::move(formatter));
}

void start_logging(config::Level level) {
    auto filter = std::make_shared<RepeatFilter>(stderr_sink(),
                                                 [] { return std::chrono::steady_clock::now(); });
    auto logger = std::make_shared<spdlog::logger>("catalogd", filter);
    logger->set_formatter(stderr_formatter());
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(logger);
    set_log_level(level);
}

void set_log_level(config::Level level) {
    spdlog::default_logger_raw()->set_level(to_spdlog(level));
}

}  // namespace catalogd::daemon
