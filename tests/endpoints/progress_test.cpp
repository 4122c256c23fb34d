// Long work behind a connection: progress where it is asked for, and never a wait for the peer.
#include "endpoints/catalog_calls.h"
#include "tests/endpoints/contract_names.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

using actors::Answer;
using actors::WorkContext;

// Replies that no socket holds more than a few of.
std::optional<protocol::EncodedReply> progress_of(double done) {
    const json::object reply{{"progress", done}, {"filler", std::string(100'000, 'x')}};
    return protocol::EncodedReply::of_text(json::serialize(reply));
}

// The catalog's service, and one method more, test.Work.
class WithWork : public Service {
public:
    explicit WithWork(std::function<Answer(WorkContext&)> run) : run_(std::move(run)) {}

    protocol::Result<Task> prepare(const protocol::Call& call, const Caller& caller,
                                   std::size_t bytes) const override {
        if (call.method != "test.Work") {
            return inner_->prepare(call, caller, bytes);
        }
        actors::Work work;
        work.run = run_;
        return task_of(*actors_, call, bytes, std::move(work), progress_of,
                       AuditedCall(*actors_, caller, {}));
    }
    [[nodiscard]] Role role_of(const Peer& peer) const override { return inner_->role_of(peer); }

    const Service& around(const Service& inner, const Actors& actors) {
        inner_ = &inner;
        actors_.emplace(actors);
        return *this;
    }

private:
    const std::function<Answer(WorkContext&)> run_;
    const Service* inner_ = nullptr;
    std::optional<Actors> actors_;
};

class LongWork : public testing::Test {
protected:
    ~LongWork() override { end_work(); }

    Answer step_until_told(WorkContext& context) {
        while (!ended_ && !context.cancelled()) {
            context.progress(0.5);
            catalog.clock().pass(pace);
            ++steps_;
            std::this_thread::yield();
        }
        context.throw_if_cancelled();
        return {protocol::EncodedReply::of_text(R"({"resealed":7})")};
    }
    void end_work() { ended_ = true; }
    // Replies of these would be more than the sockets hold.
    void wait_for_many_steps() {
        const int before = steps_;
        EXPECT_TRUE(eventually([&] { return steps_ >= before + 1'000; }));
    }
    // What comes after all progress.
    static Reply last_reply(VarlinkPeer& from) {
        Reply reply = from.receive();
        for (; reply.continues; reply = from.receive()) {
            EXPECT_THAT(reply, Has("/progress", 0.5));
        }
        return reply;
    }

    std::atomic<std::chrono::milliseconds> pace{std::chrono::milliseconds(100)};
    WithWork work{[this](WorkContext& context) { return step_until_told(context); }};
    ServedCatalog catalog{options()};
    VarlinkPeer peer = catalog.connect();

private:
    ServedOptions options() {
        ServedOptions options;
        options.maintenance.mailbox.messages = 1;
        options.around = [this](const Service& inner, const Actors& actors) -> const Service& {
            return work.around(inner, actors);
        };
        return options;
    }

    std::atomic<int> steps_{0};
    std::atomic<bool> ended_{false};
};

TEST_F(LongWork, TellsItsProgressFirstAndThenWhatItEndedIn) {
    peer.send_call("test.Work", {}, more);
    EXPECT_TRUE(peer.receive().continues);
    end_work();
    EXPECT_THAT(last_reply(peer), Has("/resealed", 7));
}

TEST_F(LongWork, AnswersOnceWhereMoreIsNotAskedFor) {
    peer.send_call("test.Work");
    wait_for_many_steps();
    end_work();
    const Reply reply = peer.receive();
    EXPECT_FALSE(reply.continues);
    EXPECT_THAT(reply, Has("/resealed", 7));
}

TEST_F(LongWork, GoesOnWhileItsPeerReadsNothing) {
    peer.send_call("test.Work", {}, more);
    wait_for_many_steps();
    end_work();
    EXPECT_TRUE(eventually([&] { return catalog.maintenance().figures().finished == 1; }));
    EXPECT_THAT(last_reply(peer), Has("/resealed", 7));
}

TEST_F(LongWork, KeepsNoProgressThatItsPeerHasNotTaken) {
    peer.send_call("test.Work", {}, more);
    wait_for_many_steps();
    end_work();
    EXPECT_TRUE(eventually([&] { return catalog.maintenance().figures().finished == 1; }));
    int replies = 0;
    while (peer.receive().continues) {
        ++replies;
    }
    EXPECT_LT(replies, 20);
}

TEST_F(LongWork, GoesOnWhenItsPeerHasGone) {
    {
        VarlinkPeer leaving = catalog.connect();
        leaving.send_call("test.Work", {}, more);
        wait_for_many_steps();
    }
    wait_for_many_steps();
    end_work();
    EXPECT_TRUE(eventually([&] { return catalog.maintenance().figures().finished == 1; }));
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 1; }));
}

TEST_F(LongWork, IsRefusedWhereTooMuchWaits) {
    peer.send_call("test.Work", {}, more);
    peer.receive();
    VarlinkPeer second = catalog.connect();
    second.send_call("test.Work");
    EXPECT_TRUE(eventually([&] { return catalog.maintenance().figures().queued == 1; }));
    EXPECT_THAT(catalog.call("test.Work"), IsError("io.catalogd.Busy"));
    end_work();
    EXPECT_THAT(second.receive(), Has("/resealed", 7));
}

TEST_F(LongWork, StandsBetweenTheCallsBeforeItAndThoseBehindIt) {
    pace = std::chrono::milliseconds(0);  // the deadline of what waits behind it runs
    catalog.hold_writer();
    peer.send(call_text("io.catalogd.Clients.Save", {{"name", "before"}}) + '\0' +
              call_text("test.Work") + '\0' +
              call_text("io.catalogd.Clients.Save", {{"name", "behind"}}) + '\0');
    peer.wait_until_taken();
    EXPECT_TRUE(eventually([&] { return catalog.writer().figures().queued == 1; }));
    EXPECT_EQ(catalog.maintenance().figures().queued, 0U);
    catalog.release_actors();
    wait_for_many_steps();
    EXPECT_EQ(catalog.writer().figures().operations, 1);
    end_work();
    EXPECT_THAT(peer.receive(3)[2], Has("/client/name", "behind"));
}

TEST_F(LongWork, EndsInBusyWhenTheDaemonStops) {
    peer.send_call("test.Work", {}, more);
    wait_for_many_steps();
    catalog.stop_server(std::chrono::hours(1));
    EXPECT_THAT(last_reply(peer), IsError("io.catalogd.Busy"));
    EXPECT_TRUE(peer.closed());
    catalog.wait_until_stopped();
}

TEST_F(LongWork, EndsWhenItsCallersTimeIsOver) {
    peer.send_call("test.Work", {}, {{"io.catalogd.timeoutMs", 1'000}});
    const Reply reply = peer.receive();
    EXPECT_THAT(reply, IsError("io.catalogd.DeadlineExceeded"));
    EXPECT_THAT(reply, Has("/afterMs", 1'000));
}

}  // namespace
}  // namespace catalogd::endpoints
