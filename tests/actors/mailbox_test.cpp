#include "actors/mailbox.h"

#include <gtest/gtest.h>

#include <thread>

#include "actors/handlers.h"

namespace catalogd::actors {
namespace {

using Mail = WriterMail;
using Box = Mailbox<Mail>;

Mail mail(std::size_t bytes, Moment end = Moment::max()) {
    Mail made;
    made.deadline = {Moment(), end};
    made.bytes = bytes;
    made.reply = [](const Outcome&) {};
    return made;
}

Box::Pushed push(Box& box, Mail what) {
    return box.push(what);
}

TEST(Mailbox, TellsWhenItsOwnerHasToBeWoken) {
    Box box({10, 1000});
    EXPECT_EQ(push(box, mail(1)), Box::Pushed::queued_first);
    EXPECT_EQ(push(box, mail(1)), Box::Pushed::queued);
    EXPECT_EQ(box.take(10).size(), 2U);
    EXPECT_EQ(push(box, mail(1)), Box::Pushed::queued_first);
}

TEST(Mailbox, RefusesWhatIsBeyondItsMessages) {
    Box box({2, 1000});
    push(box, mail(1));
    push(box, mail(1));
    EXPECT_EQ(push(box, mail(1)), Box::Pushed::refused);
    EXPECT_EQ(box.refused(), 1U);
    EXPECT_EQ(box.size(), 2U);
}

TEST(Mailbox, RefusesWhatIsBeyondItsBytesAndTakesThemAgainLater) {
    Box box({10, 100});
    push(box, mail(60));
    EXPECT_EQ(push(box, mail(41)), Box::Pushed::refused);
    EXPECT_EQ(push(box, mail(40)), Box::Pushed::queued);
    box.take(1);
    EXPECT_EQ(push(box, mail(60)), Box::Pushed::queued);
}

TEST(Mailbox, LeavesARefusedMessageWhole) {
    Box box({0, 0});
    Mail refused = mail(1);
    refused.message = clients::Touch{{{7}}, {}, {}};
    box.push(refused);
    EXPECT_EQ(std::get<clients::Touch>(refused.message).id.bytes[0], 7);
    EXPECT_TRUE(refused.reply);
}

TEST(Mailbox, HandsOutInOrderAndNoMoreThanAsked) {
    Box box({10, 1000});
    for (const std::size_t bytes : {1U, 2U, 3U}) {
        push(box, mail(bytes));
    }
    const auto taken = box.take(2);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[1].bytes, 2U);
    EXPECT_EQ(box.size(), 1U);
}

TEST(Mailbox, AnswersWhatHasWaitedTooLongAndKeepsTheRest) {
    Box box({10, 10});
    int answered = 0;
    Mail overdue = mail(10, Moment(std::chrono::seconds(1)));
    overdue.reply = [&](const Outcome&) { ++answered; };
    box.push(overdue);
    box.expire(Moment(std::chrono::milliseconds(999)));
    EXPECT_EQ(answered, 0);
    box.expire(Moment(std::chrono::seconds(1)));
    EXPECT_EQ(answered, 1);
    EXPECT_EQ(push(box, mail(10)), Box::Pushed::queued_first) << "its bytes are free again";
}

TEST(Mailbox, LetsItsOwnerAwaitSoManyMessages) {
    Box box({10, 1000});
    push(box, mail(1));
    std::thread sender([&] { push(box, mail(1)); });
    box.await(2, std::chrono::hours(1));
    EXPECT_EQ(box.size(), 2U);
    sender.join();
    box.await(3, std::chrono::nanoseconds(1));
    EXPECT_EQ(box.size(), 2U) << "its patience ends";
}

TEST(Mailbox, RefusesEverythingOnceClosed) {
    Box box({10, 1000});
    box.close();
    EXPECT_EQ(push(box, mail(1)), Box::Pushed::refused);
}

}  // namespace
}  // namespace catalogd::actors
