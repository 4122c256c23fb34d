#include "cli/batches.h"

#include <gmock/gmock.h>

#include "cli/request_id.h"
#include "tests/cli/fake_daemon.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
namespace errors = protocol::errors;
namespace files = protocol::files;
using std::chrono::milliseconds;

class BatchesTest : public ::testing::Test {
protected:
    Batches batches() {
        return {*VarlinkClient::connect(daemon_.socket()), protocol::Id{}, patience()};
    }
    Patience patience() {
        return Patience([this](milliseconds time) { waits_.push_back(time.count()); });
    }
    static files::NewFile file(std::int64_t size = 1, std::size_t path = 10) {
        files::NewFile made;
        made.name.value = "name";
        made.path.value = std::string(path, 'p');
        made.size = protocol::Size{size};
        return made;
    }
    static Result<void> add(Batches& batches, std::size_t count, const files::NewFile& each) {
        Result<void> done;
        for (std::size_t i = 0; i < count && done; ++i) {
            done = batches.add(each);
        }
        return done;
    }
    // `failures` times this error, then success.
    void fail_first(int failures, const protocol::Error& error) {
        daemon_.on(std::string(files::SaveMany::method), [=](const auto&, int nth) {
            return nth <= failures ? error_frame(error) : reply_frame(files::SaveMany::Reply{3, 4});
        });
    }
    void succeed() { fail_first(0, errors::Busy{}); }

    FakeDaemon daemon_;
    std::vector<std::int64_t> waits_;
};

TEST_F(BatchesTest, AreSentInThousands) {
    succeed();
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 2500, file()));
    EXPECT_TRUE(sent.finish());
    EXPECT_THAT(daemon_.calls(), SizeIs(3));
    EXPECT_EQ(sent.created(), 9);
    EXPECT_EQ(sent.updated(), 12);
}

TEST_F(BatchesTest, AreBoundedInBytesToo) {
    succeed();
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 600, file(1, 4096)));
    EXPECT_TRUE(sent.finish());
    EXPECT_THAT(daemon_.calls(), SizeIs(3));
}

TEST_F(BatchesTest, DoNotHoldBackWhatWasLongToRead) {
    succeed();
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 2, file(2'000'000'000)));
    EXPECT_TRUE(sent.finish());
    EXPECT_THAT(daemon_.calls(), SizeIs(2));
}

TEST_F(BatchesTest, OfNothingAreNotSent) {
    Batches sent = batches();
    EXPECT_TRUE(sent.finish());
    EXPECT_TRUE(daemon_.calls().empty());
}

TEST_F(BatchesTest, LeaveVerifiedToTheDaemon) {
    succeed();
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 1, file()));
    EXPECT_TRUE(sent.finish());
    EXPECT_THAT(daemon_.calls(), ElementsAre(testing::Not(HasSubstr("verified"))));
}

TEST_F(BatchesTest, WaitAsLongAsABusyDaemonAsks) {
    fail_first(2, errors::Busy{700});
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 1, file()));
    EXPECT_TRUE(sent.finish());
    EXPECT_THAT(waits_, ElementsAre(700, 700));
}

TEST_F(BatchesTest, AreRepeatedWithTheSameRequestId) {
    fail_first(1, errors::DeadlineExceeded{10});
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 1, file()));
    EXPECT_TRUE(sent.finish());
    const auto calls = daemon_.calls();
    ASSERT_THAT(calls, SizeIs(2));
    EXPECT_EQ(calls[0], calls[1]);
    EXPECT_THAT(calls[0], HasSubstr("\"requestId\""));
}

TEST_F(BatchesTest, EndWhenTheDaemonStaysBusy) {
    fail_first(1000, errors::Busy{60'000});
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 1, file()));
    EXPECT_EQ(sent.finish().error().code, ExitCode::again);
    EXPECT_THAT(waits_, SizeIs(12));
    EXPECT_THAT(waits_, testing::Each(5'000));
}

TEST_F(BatchesTest, AreNotRepeatedWhereThatCannotHelp) {
    fail_first(1, errors::UnknownClient{});
    Batches sent = batches();
    EXPECT_TRUE(add(sent, 1, file()));
    EXPECT_EQ(sent.finish().error().code, ExitCode::not_found);
    EXPECT_THAT(waits_, testing::IsEmpty());
}

TEST(RequestIds, AreUuidsInOrderOfTime) {
    std::string last;
    for (int i = 0; i < 10'000; ++i) {
        const std::string id = next_request_id().value;
        ASSERT_LT(last, id);
        ASSERT_EQ(id.size(), 32U);
        ASSERT_EQ(id[12], '7');
        ASSERT_THAT(id[16], testing::AnyOf('8', '9', 'a', 'b'));
        last = id;
    }
}

}  // namespace
}  // namespace catalogd::cli
