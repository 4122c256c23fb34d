// The indexer beside calls: when it rests for them, and what follows a step that fails.
#include "actors/indexer.h"

#include <gtest/gtest.h>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::microseconds;

// Of a machine so slow that it is 0.1 ms later whenever somebody looks.
class SlowMachine : public Clock {
public:
    explicit SlowMachine(Arrivals& arrivals) : arrivals_(arrivals) {}

    [[nodiscard]] Moment now() const override {
        arrivals_.of_short += calls_come ? 1 : 0;
        return Moment(microseconds(100 * ++looks_));
    }

    std::atomic<bool> calls_come{true};

private:
    Arrivals& arrivals_;
    mutable std::atomic<int> looks_{1'000'000};
};

class IndexerTest : public ActorsFixture {
protected:
    ~IndexerTest() override {
        indexer_->stop();
        stop();
    }

    // Brings the index up to this many more records, and says how often it rested on the way.
    std::int64_t rests_for_a_step_after(int records) {
        save_files(client_, records);
        if (!indexer_) {
            indexer_.emplace(database(), shared(), machine);
            indexer_->start([this](WriterMail& mail) { return post(mail); });
        }
        const std::int64_t before = indexer_->rests();
        installed_ = false;
        indexer_->wake(std::numeric_limits<std::int64_t>::max());
        EXPECT_TRUE(eventually([&] { return installed_.load(); }));
        return indexer_->rests() - before;
    }

    SlowMachine machine{shared().arrivals};

private:
    bool post(WriterMail& mail) {
        mail.reply = [this, reply = std::move(mail.reply),
                      last = std::get<InstallIndexStep>(mail.message).is_last()](Outcome outcome) {
            reply(std::move(outcome));
            installed_ = last;
        };
        return writer().post(mail);
    }

    const protocol::Id client_ = new_client("laptop");
    std::optional<Indexer> indexer_;
    std::atomic<bool> installed_{false};
};

TEST_F(IndexerTest, RestsWhileCallsCome) {
    EXPECT_GT(rests_for_a_step_after(60), 15) << "not only at its end";
}

TEST_F(IndexerTest, DoesNotRestWhereNobodyCalls) {
    machine.calls_come = false;
    EXPECT_EQ(rests_for_a_step_after(60), 0);
}

TEST_F(IndexerTest, DoesNotRestWhileItFallsBehindTheRecords) {
    EXPECT_EQ(rests_for_a_step_after(9'000), 0);
    EXPECT_GT(rests_for_a_step_after(4'000), 0) << "fewer wait than before";
}

class IndexerBesideItsWriter : public ActorsFixture {
protected:
    IndexerBesideItsWriter() {
        indexing = true;
        writer_options.index_backlog = 10;
    }
    void rename_terms(const std::string& from, const std::string& to) {
        catalog::WriteConnection connection(database());
        connection.database().exec("ALTER TABLE " + from + " RENAME TO " + to);
    }
    std::int64_t backlog() {
        catalog::ReadConnection connection(database());
        return catalog::search::backlog(catalog::read_summary(connection));
    }
};

TEST_F(IndexerBesideItsWriter, TriesAStepThatFailedOnceASecond) {
    const auto client = new_client("laptop");
    rename_terms("search_terms", "terms_away");
    save_files(client, 20);
    EXPECT_TRUE(eventually([&] { return index_lags == 2; }));
    EXPECT_EQ(backlog(), 20);
    rename_terms("terms_away", "search_terms");
    EXPECT_TRUE(eventually([&] { return backlog() == 0; }));
    EXPECT_LT(index_lags, 10);
}

}  // namespace
}  // namespace catalogd::actors
