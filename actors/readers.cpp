#include "actors/readers.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>

#include "actors/translation.h"

namespace catalogd::actors {
namespace {

// A search's page that has worked for so long ends with what it has.
constexpr auto longest_page = std::chrono::milliseconds(15);

// One processor at least is left to short calls, to the sessions and to the writer.
std::size_t share_of_long_calls(const Readers::Options& options) {
    const std::size_t processors =
        options.processors != 0 ? options.processors : std::thread::hardware_concurrency();
    const std::size_t spare = std::max<std::size_t>(processors, 2) - 1;
    return std::max<std::size_t>(1, std::min(options.count / 2, spare));
}

}  // namespace

Readers::Readers(const catalog::OpenOptions& database, const Shared& shared, const Clock& clock,
                 Options options)
    : database_(database),
      shared_(shared),
      clock_(clock),
      options_(options),
      short_lane_(options.mailbox),
      long_lane_(options.mailbox),
      long_places_(share_of_long_calls(options), Pacing(longest_page)),
      max_age_(options.max_age),
      io_(static_cast<int>(options.count)),
      work_(io_.get_executor()) {
    for (Pacing& place : long_places_) {
        long_places_free_.push_back(&place);
    }
    for (std::size_t i = 0; i < options_.count; ++i) {
        open(*readers_.emplace_back(std::make_shared<Reader>()));
    }
    for (const auto& reader : readers_) {
        threads_.emplace_back([this, reader] {
            own_ = reader.get();
            io_.run();
        });
    }
}

thread_local Readers::Reader* Readers::own_ = nullptr;

Readers::~Readers() {
    stop();
}

void Readers::stop() {
    short_lane_.close();
    long_lane_.close();
    work_.reset();
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
    for (const auto& reader : readers_) {
        reader->connection.reset();  // the writer's is to be the last that closes
    }
}

void Readers::configure(const Options& options) {
    short_lane_.set_bounds(options.mailbox);
    long_lane_.set_bounds(options.mailbox);
    max_age_ = options.max_age;
}

void Readers::expire() {
    short_lane_.expire(clock_.now());
    long_lane_.expire(clock_.now());
}

Readers::Figures Readers::figures() const {
    Figures figures;
    figures.readers = options_.count;
    figures.queued = short_lane_.size() + long_lane_.size();
    figures.refused = short_lane_.refused() + long_lane_.refused();
    figures.active = active_.load();
    figures.peak_active = peak_active_.load();
    figures.answered = answered_.load();
    figures.connections_opened = opened_.load();
    figures.abandoned = abandoned_.load();
    figures.rests = rests_.load();
    figures.replaced_for_age = aged_.load();
    figures.replaced_after_failure = broken_.load();
    figures.fullness = std::max(short_lane_.fullness(), long_lane_.fullness());
    figures.max_age = max_age_.load();
    figures.last_replaced = last_replaced_.load();
    note_ages(figures);
    return figures;
}

void Readers::note_ages(Figures& figures) const {
    const Moment now = clock_.now();
    for (const auto& reader : readers_) {
        const auto age = now - reader->opened.load();
        figures.average_age += age / readers_.size();
        figures.oldest_age = std::max<std::chrono::nanoseconds>(figures.oldest_age, age);
        if (const Moment since = reader->running_since.load(); since != Moment{}) {
            figures.longest_running =
                std::max<std::chrono::nanoseconds>(figures.longest_running, now - since);
        }
    }
}

// One turn of a reader for each message: a turn that finds nothing to do is harmless.
bool Readers::post(ReaderMail& mail) {
    if ((is_listing(mail.message) ? long_lane_ : short_lane_).push(mail) == Lane::Pushed::refused) {
        return false;
    }
    boost::asio::post(io_, [this] { serve_one(*own_); });
    return true;
}

void Readers::serve_one(Reader& reader) {
    if (serve_from(short_lane_, short_times_, reader)) {
        return;
    }
    Pacing* const pacing = begin_long();
    if (pacing == nullptr) {
        return;
    }
    reader.pacing = pacing;
    pacing->begin(clock_.now());
    serve_from(long_lane_, long_times_, reader);
    rest(*pacing, pacing->rest_after(clock_.now(), shared_.arrivals.of_short));
    reader.pacing = nullptr;
    end_long(*pacing);
}

// Null while as many readers as may be are busy with long calls.
Pacing* Readers::begin_long() {
    const std::lock_guard lock(long_mutex_);
    if (long_places_free_.empty()) {
        return nullptr;
    }
    Pacing* const place = long_places_free_.back();
    long_places_free_.pop_back();
    return place;
}

// Whose turn found the long lane taken has given it up: it is given again here.
void Readers::end_long(Pacing& place) {
    {
        const std::lock_guard lock(long_mutex_);
        long_places_free_.push_back(&place);
    }
    if (long_lane_.size() > 0) {
        boost::asio::post(io_, [this] { serve_one(*own_); });
    }
}

// A long call keeps a processor from whoever wakes up for a short one, for as long as the kernel's
// slice.
void Readers::rest(Pacing& pacing, Moment::duration time) {
    if (time > time.zero()) {
        ++rests_;
        std::this_thread::sleep_for(time);
        pacing.resume(clock_.now());
    }
}

bool Readers::serve_from(Lane& lane, Times& times, Reader& reader) {
    auto taken = lane.take(1);
    if (taken.empty()) {
        return false;
    }
    const Moment began = clock_.now();
    const Moment accepted = taken.front().deadline.accepted;
    times.queue.add(began - accepted);
    reader.running_since = began;
    const std::int64_t active = ++active_;
    for (auto peak = peak_active_.load();
         active > peak && !peak_active_.compare_exchange_weak(peak, active);) {
    }
    serve(reader, taken.front());
    times.requests.add(clock_.now() - accepted);
    reader.running_since = Moment{};
    --active_;
    ++answered_;
    return true;
}

void Readers::serve(Reader& reader, ReaderMail& mail) {
    auto outcome = is_over(mail) ? mail.deadline.error() : answer_in_time(reader, mail);
    abandoned_ += mail.abandoned && mail.abandoned() ? 1 : 0;
    mail.reply(std::move(outcome));
}

bool Readers::is_over(const ReaderMail& mail) const {
    return mail.deadline.passed(clock_.now()) || (mail.abandoned && mail.abandoned());
}

Outcome Readers::answer_in_time(Reader& reader, const ReaderMail& mail) {
    auto outcome = attempt([&] {
        refresh(reader);
        const catalog::ReadConnection::Deadline deadline(*reader.connection, [&] {
            if (Pacing* const pacing = reader.pacing) {
                rest(*pacing, pacing->rest_due(clock_.now(), shared_.arrivals.of_short));
            }
            return is_over(mail);
        });
        ReadContext context{
            *reader.connection, shared_, clock_.wall(),
            [this, began = clock_.now()] { return clock_.now() - began >= longest_page; },
            [&] { return is_over(mail); }};
        return dispatch(context, mail.message);
    });
    if (outcome) {
        return outcome;
    }
    if (reader.connection && reader.connection->broken()) {
        reader.connection.reset();
        last_replaced_ = clock_.wall();
        ++broken_;
    }
    if (std::holds_alternative<protocol::errors::DeadlineExceeded>(outcome.error())) {
        return mail.deadline.error();
    }
    return outcome;
}

// A connection is replaced between requests, never during one.
void Readers::refresh(Reader& reader) {
    if (!reader.connection) {
        open(reader);
    } else if (clock_.now() - reader.opened.load() >= max_age_.load()) {
        replace(reader);
    }
}

// The old one serves on where no other can be had: what it would give back, a connection that waits
// to be accepted may take first when the process has no descriptors left.
void Readers::replace(Reader& reader) {
    try {
        open(reader);
        last_replaced_ = clock_.wall();
        ++aged_;
    } catch (const std::exception& failure) {
        spdlog::warn("a reading connection that has grown old is kept: {}", failure.what());
    }
}

void Readers::open(Reader& reader) {
    reader.connection = std::make_unique<catalog::ReadConnection>(database_);
    reader.opened = clock_.now();
    ++opened_;
}

}  // namespace catalogd::actors
