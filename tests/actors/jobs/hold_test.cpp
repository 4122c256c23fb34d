// Maintenance that the server holds off: over restarts, jumps of the clock, and what else goes on.
#include "tests/actors/jobs/scheduler_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
namespace errors = protocol::errors;

class HoldTest : public SchedulerFixture {
protected:
    HoldTest() { options.jobs["cleanup"].usual = every(hours(1)); }

    // The catalog belongs to somebody else meanwhile, as to a restore.
    void keep_writes_off(const std::string& why) {
        std::promise<void> done;
        ASSERT_TRUE(writer().post_alone({[why](auto& connection) { connection.hold(why); },
                                         [&](const auto&) { done.set_value(); }}));
        done.get_future().get();
    }
    static bool is_answered(const Held& held) {
        return held.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }
};

TEST_F(HoldTest, OutlivesTheDaemon) {
    hold(7'200);
    restart();
    EXPECT_EQ(list().held_for, "a backup");
    pass(minutes(90));
    EXPECT_EQ(runs_of("cleanup"), 0);
    pass(minutes(30));
    await([&] { return runs_of("cleanup") == 1; });
}

TEST_F(HoldTest, IsGoneWithTheDaemonThatWasTold) {
    hold(7'200);
    release();
    restart();
    EXPECT_EQ(list().held_until, std::nullopt);
}

TEST_F(HoldTest, IsOverWhereItsTimePassedWhileNoDaemonRan) {
    hold(3'600);
    stop_all();
    clock.pass_on_all(hours(2));
    reopen();
    EXPECT_EQ(list().held_until, std::nullopt);
}

TEST_F(HoldTest, LastsNoLongerThanAskedWhereTheClockWentBackMeanwhile) {
    hold(7'200);
    stop_all();
    clock.jump_wall(-hours(400 * 24));
    reopen();
    EXPECT_NE(list().held_until, std::nullopt);
    pass(hours(2));
    EXPECT_EQ(list().held_until, std::nullopt);
}

TEST_F(HoldTest, CountsAtOnceAndIsAnsweredWhenTheCatalogHasIt) {
    scheduler();
    keep_writes_off("a full vacuum runs");
    const Held held = begin_hold(7'200);
    EXPECT_EQ(list().held_for, "a backup");
    EXPECT_FALSE(is_answered(held));
    keep_writes_off("");
    await([&] {
        scheduler().wake();
        return is_answered(held);
    });
    restart();
    EXPECT_EQ(list().held_for, "a backup");
}

TEST_F(HoldTest, IsRefusedWhereTheDaemonStopsBeforeTheCatalogHasIt) {
    scheduler();
    keep_writes_off("a full vacuum runs");
    Held held = begin_hold(7'200);
    list();
    stop_all();
    EXPECT_TRUE(ends_in<errors::Busy>(held.get()));
}

TEST_F(HoldTest, IsNotedInTheCatalogThatTakesThePlaceOfTheOneThatKnewIt) {
    hold(7'200);
    std::promise<void> forgotten;
    WriterMail mail;
    mail.message = NoteHold{};
    mail.deadline = {clock.now(), Moment::max()};
    mail.reply = [&](const Outcome&) { forgotten.set_value(); };
    ASSERT_TRUE(writer().post(mail));
    forgotten.get_future().get();
    scheduler().follow_replacement();
    restart();
    EXPECT_EQ(list().held_for, "a backup");
}

}  // namespace
}  // namespace catalogd::actors
