// Real actors on a real catalog, with a clock that tests set, and the words in which they speak.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "actors/indexer.h"
#include "actors/readers.h"
#include "actors/writer.h"
#include "protocol/codec.h"
#include "tests/catalog/temp_folder.h"
#include "tests/eventually.h"

namespace catalogd::actors {

namespace errors = protocol::errors;

class ManualClock : public Clock {
public:
    [[nodiscard]] Moment now() const override {
        if (asks_until_step_ > 0 && --asks_until_step_ == 0) {
            elapsed_ = elapsed_.load() + std::chrono::hours(1);
        }
        return Moment(elapsed_.load());
    }
    [[nodiscard]] Moment since_boot() const override {
        return Moment(elapsed_.load() + slept_.load());
    }
    [[nodiscard]] std::int64_t wall() const override { return wall_.load(); }
    void pass(std::chrono::milliseconds time) { elapsed_ = elapsed_.load() + time; }
    // As it is where nothing is wrong with any of them.
    void pass_on_all(std::chrono::milliseconds time) {
        pass(time);
        jump_wall(time);
    }
    void sleep(std::chrono::milliseconds time) {
        slept_ = slept_.load() + time;
        jump_wall(time);
    }
    // An hour passes at the nth time from now that somebody asks.
    void pass_at_ask(int nth) { asks_until_step_ = nth; }
    void jump_wall(std::chrono::milliseconds by) { wall_ += by.count(); }

private:
    mutable std::atomic<int> asks_until_step_{0};
    mutable std::atomic<Moment::duration> elapsed_{std::chrono::hours(1)};
    std::atomic<Moment::duration> slept_{std::chrono::hours(0)};
    std::atomic<std::int64_t> wall_{1'700'000'000'000};
};

// The reply to a message, once it is there.
template <class Message>
class Awaited {
public:
    explicit Awaited(std::future<Outcome> outcome) : outcome_(std::move(outcome)) {}
    protocol::Result<typename Message::Reply> get() {
        const Outcome outcome = outcome_.get();
        if (!outcome) {
            return outcome.error();
        }
        return protocol::decode_text<typename Message::Reply>(outcome->reply.parameters());
    }
    template <class Time>
    [[nodiscard]] std::future_status wait_for(Time time) const {
        return outcome_.wait_for(time);
    }

private:
    std::future<Outcome> outcome_;
};

// Holds an actor's thread in a reply, so that what is posted meanwhile waits.
class Hold {
public:
    void wait_until_holding() { latches_->holding.wait(); }
    void release() { latches_->released.count_down(); }
    std::function<void(Outcome)> reply() {
        // Shared: the thread may still be on its way out when the test has ended.
        return [latches = latches_](const Outcome&) {
            latches->holding.count_down();
            latches->released.wait();
        };
    }

private:
    struct Latches {
        std::latch holding{1};
        std::latch released{1};
    };
    std::shared_ptr<Latches> latches_ = std::make_shared<Latches>();
};

class ActorsFixture : public testing::Test {
protected:
    // Bounds and batches as a test needs them; set before the first use of writer() or readers().
    Writer::Options writer_options;
    Readers::Options reader_options;

    ~ActorsFixture() override { stop(); }

    // Whether the search index follows; set before the first use of writer().
    bool indexing = false;

    [[nodiscard]] catalog::OpenOptions database() const {
        catalog::OpenOptions options;
        options.path = folder_.file("catalog.db");
        options.statistics = statistics_.get();
        return options;
    }

    // Of this start; the next begins with what was stored.
    catalog::QueryStatistics& statistics() { return *statistics_; }
    // Statements that take a nanosecond are slow from now on, and `found` is called for each.
    void on_every_statement(std::function<void()> found) {
        on_statement_ = std::move(found);
        statistics().set_slow(std::chrono::nanoseconds(1));
    }

    catalog::Opened& opened() {
        if (!opened_) {
            opened_.emplace(catalog::open(database(), {folder_.file("key")}, clock.wall()));
        }
        return *opened_;
    }

    Shared shared() { return {opened().folding, opened().sealer, index_, backups_, arrivals_}; }

    Writer& writer() {
        if (!writer_) {
            indexer_.emplace(database(), shared(), clock);
            writer_.emplace(
                std::move(opened().writer), shared(), clock, writer_options,
                Writer::Events{[this](std::string why) { failures.push_back(std::move(why)); },
                               [this](std::int64_t up_to) {
                                   ++index_lags;
                                   indexer_->wake(up_to);
                               }});
            if (indexing) {
                indexer_->start([this](WriterMail& mail) { return writer_->post(mail); });
            }
        }
        return *writer_;
    }

    Readers& readers() {
        writer();
        if (!readers_) {
            readers_.emplace(database(), shared(), clock, reader_options);
        }
        return *readers_;
    }

    void stop() {
        readers_.reset();
        if (indexer_) {
            indexer_->stop();
        }
        writer_.reset();
        indexer_.reset();
    }

    void reopen() {
        stop();
        opened_.reset();
        statistics_ = new_statistics();
    }

    // Of the actor that takes the message.
    template <class Message>
    using Mail = std::conditional_t<Write<Message>, WriterMail, ReaderMail>;

    template <class Message>
    Mail<Message> envelope(Message message,
                           std::chrono::milliseconds time = std::chrono::seconds(10)) {
        Mail<Message> mail;
        mail.message = std::move(message);
        mail.deadline = {clock.now(), clock.now() + time};
        mail.bytes = 100;
        return mail;
    }

    bool hand_over(WriterMail& mail) { return writer().post(mail); }
    bool hand_over(ReaderMail& mail) { return readers().post(mail); }

    template <class Message>
    std::optional<Awaited<Message>> post(
        Message message, std::chrono::milliseconds time = std::chrono::seconds(10)) {
        return post_mail<Message>(envelope(std::move(message), time));
    }

    // Empty where the actor refused it.
    template <class Message>
    std::optional<Awaited<Message>> post_mail(Mail<Message> mail) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        mail.reply = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
        return hand_over(mail) ? std::optional<Awaited<Message>>(promise->get_future())
                               : std::nullopt;
    }

    template <class Message>
    protocol::Result<typename Message::Reply> ask(Message message) {
        return post(std::move(message))->get();
    }

    // --- vocabulary -------------------------------------------------------------------------

    protocol::Id new_client(const std::string& name) {
        return ask(clients::Save{{}, {name}, {}, {}, {}})->client.id;
    }
    static files::NewFile file(const std::string& name, std::int64_t size = 1) {
        files::NewFile file;
        file.name.value = name;
        file.path.value = "/stored/" + name;
        file.size = protocol::Size{size};
        return file;
    }
    static files::Save save(const protocol::Id& client, const std::string& name) {
        return {client, file(name), {}};
    }
    void save_files(const protocol::Id& client, int count) {
        files::SaveMany message{client, {}, {}};
        for (int i = 0; i < count; ++i) {
            message.files.value.push_back(file("file" + std::to_string(i)));
        }
        ASSERT_TRUE(ask(message));
    }
    bool has_file(const protocol::Id& client, const std::string& name) {
        return ask(files::Get{{}, client, name}).has_value();
    }

    // Keeps the writer busy in one reply until `hold` lets it go.
    void hold_writer(Hold& hold, const protocol::Id& client) {
        auto mail = envelope(clients::Touch{client, {}, {}});
        mail.reply = hold.reply();
        ASSERT_TRUE(writer().post(mail));
        hold.wait_until_holding();
    }

    ManualClock clock;
    catalog::TempFolder folder_;
    std::vector<std::string> failures;  // of the writer
    std::atomic<int> index_lags{0};     // how often it said so

private:
    std::unique_ptr<catalog::QueryStatistics> new_statistics() {
        return std::make_unique<catalog::QueryStatistics>(clock.wall(), std::chrono::nanoseconds(0),
                                                          [this](auto&&...) { on_statement_(); });
    }

    std::function<void()> on_statement_;
    std::unique_ptr<catalog::QueryStatistics> statistics_ = new_statistics();
    std::optional<catalog::Opened> opened_;
    catalog::search::Index index_;
    Arrivals arrivals_;
    const catalog::backups::Store backups_{folder_.file("backups"), 0};
    std::optional<Indexer> indexer_;
    std::optional<Writer> writer_;
    std::optional<Readers> readers_;
};

template <class Error, class Outcome>
bool ends_in(const Outcome& outcome) {
    return !outcome && std::holds_alternative<Error>(outcome.error());
}

// The reply; where there is none, the test ends with the error's name and parameters.
template <class Reply>
Reply succeeded(const protocol::Result<Reply>& outcome) {
    if (!outcome) {
        std::string text(protocol::name_of(outcome.error()));
        protocol::encode_parameters(text, outcome.error());
        throw std::runtime_error(text);
    }
    return *outcome;
}

}  // namespace catalogd::actors
