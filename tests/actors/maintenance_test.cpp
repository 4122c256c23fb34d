#include "actors/maintenance.h"

#include "catalog/failure.h"
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

Answer done() {
    return {protocol::EncodedReply::of_text("{}")};
}

Answer cancelled_in_time(WorkContext& context) {
    while (!context.cancelled()) {
        std::this_thread::yield();
    }
    context.throw_if_cancelled();
    return done();
}

class MaintenanceTest : public ActorsFixture {
protected:
    using Run = std::function<Answer(WorkContext&)>;

    Maintenance& maintenance() {
        if (!maintenance_) {
            writer();
            maintenance_.emplace(
                database(), shared(), clock, options,
                [this](WriterMail& mail) { return --refusals < 0 && writer().post(mail); },
                [this](Writer::Alone alone) { return writer().post_alone(std::move(alone)); });
        }
        return *maintenance_;
    }

    Work work(Run run, milliseconds time = std::chrono::hours(1)) {
        Work work;
        work.run = std::move(run);
        work.deadline = {clock.now(), clock.now() + time};
        return work;
    }
    std::future<Outcome> begin(Work work) {
        auto promise = std::make_shared<std::promise<Outcome>>();
        work.reply = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
        EXPECT_TRUE(maintenance().post(work));
        return promise->get_future();
    }
    Outcome outcome_of(Run run) { return begin(work(std::move(run))).get(); }

    // A piece that is running, until `hold` lets it go.
    std::future<Outcome> hold_maintenance(Hold& hold) {
        auto outcome = begin(work([reply = hold.reply()](WorkContext&) {
            reply(done());
            return done();
        }));
        hold.wait_until_holding();
        return outcome;
    }

    Maintenance::Options options;
    std::atomic<int> refusals{0};  // of the writer, to come

private:
    std::optional<Maintenance> maintenance_;
};

TEST_F(MaintenanceTest, AnswersWithWhatTheWorkReturns) {
    const Outcome outcome = outcome_of(
        [](WorkContext&) { return Answer{protocol::EncodedReply::of_text(R"({"resealed":3})")}; });
    EXPECT_EQ(outcome->reply.parameters(), R"({"resealed":3})");
}

TEST_F(MaintenanceTest, AnswersWithTheErrorThatTheWorkEndsIn) {
    EXPECT_TRUE(ends_in<errors::NameTaken>(
        outcome_of([](WorkContext&) -> Answer { throw catalog::NameTaken{{}, "taken", {}}; })));
    EXPECT_TRUE(ends_in<errors::InternalError>(
        outcome_of([](WorkContext&) -> Answer { throw std::runtime_error("broken"); })));
    EXPECT_TRUE(outcome_of([](WorkContext&) { return done(); })) << "and goes on";
}

TEST_F(MaintenanceTest, RunsOnePieceAtATimeInTheirOrder) {
    std::vector<int> order;
    Hold hold;
    auto first = hold_maintenance(hold);
    auto second = begin(work([&](WorkContext&) { return order.push_back(2), done(); }));
    auto third = begin(work([&](WorkContext&) { return order.push_back(3), done(); }));
    EXPECT_THAT(order, IsEmpty());
    hold.release();
    EXPECT_TRUE(first.get() && second.get() && third.get());
    EXPECT_THAT(order, ElementsAre(2, 3));
}

TEST_F(MaintenanceTest, SeesWhatTheWriterHasMadeDurableForIt) {
    std::int64_t clients = 0;
    ASSERT_TRUE(outcome_of([&](WorkContext& context) {
        context.connection();
        context.write(clients::Save{{}, {"kept"}, {}, {}, {}});
        clients = context.connection().query_integer("SELECT count(*) FROM clients");
        return done();
    }));
    EXPECT_EQ(clients, 1);
}

TEST_F(MaintenanceTest, EndsInTheErrorOfItsWrite) {
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(outcome_of([](WorkContext& context) {
        context.write(clients::Delete{});
        return done();
    })));
}

TEST_F(MaintenanceTest, WaitsWhileTheWriterIsBusy) {
    refusals = 2;
    EXPECT_TRUE(outcome_of([](WorkContext& context) {
        context.write(clients::Save{{}, {"late"}, {}, {}, {}});
        return done();
    }));
    EXPECT_TRUE(ask(clients::Get{{}, "late"}));
}

TEST_F(MaintenanceTest, WaitsForABusyWriterNoLongerThanUntilItIsCancelled) {
    refusals = 1'000'000;
    auto outcome = begin(work([](WorkContext& context) {
        context.write(clients::Save{{}, {"never"}, {}, {}, {}});
        return done();
    }));
    ASSERT_TRUE(eventually([&] { return refusals < 1'000'000; }));
    maintenance().cancel();
    EXPECT_TRUE(ends_in<errors::Busy>(outcome.get()));
}

TEST_F(MaintenanceTest, RestsBetweenTwoSlicesWhileCallsCome) {
    ASSERT_TRUE(outcome_of([&](WorkContext& context) {
        ++shared().arrivals.of_short;
        clock.pass(milliseconds(1));
        context.throw_if_cancelled();
        return done();
    }));
    EXPECT_EQ(maintenance().figures().rests, 1);
}

TEST_F(MaintenanceTest, DoesNotRestWhereNobodyCalls) {
    ASSERT_TRUE(outcome_of([&](WorkContext& context) {
        clock.pass(milliseconds(1));
        context.throw_if_cancelled();
        return done();
    }));
    EXPECT_EQ(maintenance().figures().rests, 0);
}

TEST_F(MaintenanceTest, LeavesWriterAndReadersToTheirCalls) {
    Hold hold;
    auto held = hold_maintenance(hold);
    new_client("meanwhile");
    EXPECT_TRUE(ask(clients::Get{{}, "meanwhile"}));
    hold.release();
    EXPECT_TRUE(held.get());
}

TEST_F(MaintenanceTest, TellsItsProgressTenTimesASecondAtMost) {
    std::vector<double> told;
    Work work = this->work([&](WorkContext& context) {
        for (const double done : {0.1, 0.2, 0.3, 0.4}) {
            context.progress(done);
            clock.pass(milliseconds(50));
        }
        return done();
    });
    work.progress = [&](double done) { told.push_back(done); };
    ASSERT_TRUE(begin(std::move(work)).get());
    EXPECT_THAT(told, ElementsAre(0.1, 0.3));
}

TEST_F(MaintenanceTest, RefusesWhatDoesNotFitAndLeavesItAsItWas) {
    options.mailbox.messages = 1;
    Hold hold;
    auto running = hold_maintenance(hold);
    auto waiting = begin(work([](WorkContext&) { return done(); }));
    Work refused = work([](WorkContext&) { return done(); });
    EXPECT_FALSE(maintenance().post(refused));
    EXPECT_TRUE(refused.run);
    EXPECT_EQ(maintenance().figures().refused, 1U);
    hold.release();
    EXPECT_TRUE(running.get() && waiting.get());
}

TEST_F(MaintenanceTest, AnswersWhatRunsAndWhatWaitsWhenItIsCancelled) {
    auto running = begin(work(cancelled_in_time));
    auto waiting = begin(work([](WorkContext&) { return done(); }));
    maintenance().cancel();
    EXPECT_TRUE(ends_in<errors::Busy>(running.get()));
    EXPECT_TRUE(ends_in<errors::Busy>(waiting.get()));
    Work late = work([](WorkContext&) { return done(); });
    EXPECT_FALSE(maintenance().post(late));
}

TEST_F(MaintenanceTest, HasAnsweredEverythingOnceItHasStopped) {
    auto running = begin(work(cancelled_in_time));
    auto waiting = begin(work(cancelled_in_time));
    maintenance().stop();
    EXPECT_EQ(running.wait_for(seconds(0)), std::future_status::ready);
    EXPECT_EQ(waiting.wait_for(seconds(0)), std::future_status::ready);
    EXPECT_EQ(maintenance().figures().finished, 2);
}

TEST_F(MaintenanceTest, BreaksOffALongStatementWhenItIsCancelled) {
    std::latch begun(1);
    auto outcome = begin(work([&](WorkContext& context) {
        context.connection();
        begun.count_down();
        context.connection().query_integer(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT max(i) FROM n");
        return done();
    }));
    begun.wait();
    maintenance().cancel();
    EXPECT_TRUE(ends_in<errors::Busy>(outcome.get()));
}

TEST_F(MaintenanceTest, EndsWhenItsCallersTimeIsOver) {
    auto outcome = begin(work(
        [&](WorkContext& context) {
            clock.pass(milliseconds(20));
            return cancelled_in_time(context);
        },
        milliseconds(20)));
    EXPECT_EQ(std::get<errors::DeadlineExceeded>(outcome.get().error()).after_ms, 20);
}

TEST_F(MaintenanceTest, AnswersWhatHasWaitedTooLongWithoutRunningIt) {
    Hold hold;
    auto running = hold_maintenance(hold);
    auto waiting = begin(work([](WorkContext&) { return done(); }, milliseconds(20)));
    clock.pass(milliseconds(20));
    maintenance().expire();
    EXPECT_TRUE(ends_in<errors::DeadlineExceeded>(waiting.get()));
    hold.release();
    EXPECT_TRUE(running.get());
    EXPECT_EQ(maintenance().figures().finished, 1);
}

}  // namespace
}  // namespace catalogd::actors
