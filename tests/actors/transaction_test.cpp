// io.catalogd.Transaction: all or nothing, and what each operation is told.
#include <deque>

#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using protocol::Object;
using whole::OnError;
using whole::Operation;

class TransactionTest : public ActorsFixture {
protected:
    static Operation operation(const std::string& method, const std::string& parameters) {
        return {"io.catalogd." + method, Object{parameters}, {}, {}};
    }
    static Operation save_client(const std::string& name, const std::string& more = "") {
        return operation("Clients.Save", R"({"name":")" + name + '"' + more + '}');
    }
    static Operation get_client(const std::string& name) {
        return operation("Clients.Get", R"({"name":")" + name + R"("})");
    }
    static Operation expecting(Operation operation, const std::string& expected) {
        operation.expect = Object{expected};
        return operation;
    }
    static Operation going_on(Operation operation) {
        operation.on_error = OnError::continue_;
        return operation;
    }
    static Operation nested(const std::vector<Operation>& operations) {
        std::string text;
        protocol::encode(text, whole::Transaction{{operations}, {}});
        return operation("Transaction", text);
    }
    Operation save_file(const std::string& client, const std::string& name) {
        return operation("Files.Save", R"({"clientId":")" + client + R"(","file":{"name":")" +
                                           name + R"(","path":"/p","size":5}})");
    }

    protocol::Result<whole::Transaction::Reply> transact(std::vector<Operation> operations) {
        return ask(whole::Transaction{{std::move(operations)}, {}});
    }
    // Each is posted as soon as the writer has room for it; all of them succeed.
    void transact_each(const std::vector<Operation>& operations) {
        std::deque<Awaited<whole::Transaction>> waiting;
        const auto settle_oldest = [&] {
            succeeded(waiting.front().get());
            waiting.pop_front();
        };
        for (const Operation& operation : operations) {
            const whole::Transaction one{{{operation}}, {}};
            auto posted = post(one, std::chrono::hours(1));
            for (; !posted; posted = post(one, std::chrono::hours(1))) {
                settle_oldest();
            }
            waiting.push_back(std::move(*posted));
        }
        while (!waiting.empty()) {
            settle_oldest();
        }
    }
    // The replies, where all went well.
    std::vector<whole::Outcome> results(std::vector<Operation> operations) {
        return succeeded(transact(std::move(operations))).results;
    }
    // Which operation ended it, and in what.
    std::pair<std::int64_t, std::string> failure(std::vector<Operation> operations) {
        const auto outcome = transact(std::move(operations));
        if (!ends_in<errors::TransactionFailed>(outcome)) {
            return {-1, std::string(outcome ? "" : protocol::name_of(outcome.error()))};
        }
        const auto failed = std::get<errors::TransactionFailed>(outcome.error());
        return {failed.index, failed.error};
    }
    bool has_client(const std::string& name) { return ask(clients::Get{{}, name}).has_value(); }
    std::string error_of(const protocol::Error& error) {
        std::string text(protocol::name_of(error));
        protocol::encode_parameters(text, error);
        return text;
    }
};

using Failure = std::pair<std::int64_t, std::string>;

const std::string id_a(32, 'a');
const std::string with_id_a = R"(,"id":")" + id_a + '"';

TEST_F(TransactionTest, AppliesItsOperationsInOrderAndTellsEachReply) {
    const auto done =
        results({save_client("one", with_id_a), save_file(id_a, "f"),
                 operation("Files.Delete", R"({"clientId":")" + id_a + R"(","name":"f"})")});
    ASSERT_EQ(done.size(), 3U);
    EXPECT_THAT(done[0].parameters->json, testing::HasSubstr(R"("created":true)"));
    EXPECT_THAT(done[2].parameters->json, testing::HasSubstr(R"("size":5)"));
    EXPECT_TRUE(has_client("one"));
}

TEST_F(TransactionTest, KeepsNothingWhereOneOperationFails) {
    EXPECT_EQ(failure({save_client("one", with_id_a), save_client("two"), save_client("one")}),
              Failure(2, "io.catalogd.Clients.NameTaken"));
    EXPECT_FALSE(has_client("one"));
    EXPECT_FALSE(has_client("two"));
}

TEST_F(TransactionTest, NamesTheErrorWithItsParameters) {
    const auto outcome = transact({save_file(id_a, "f")});
    EXPECT_EQ(
        error_of(outcome.error()),
        R"(io.catalogd.TransactionFailed{"index":0,"error":"io.catalogd.Files.UnknownClient",)"
        R"("parameters":{"clientId":")" +
            id_a + R"("}})");
}

TEST_F(TransactionTest, ReadsSeeTheWritesBeforeThem) {
    const auto done =
        results({save_client("one", with_id_a), save_file(id_a, "f"), get_client("one"),
                 operation("Clients.List", R"({"order":"mostFiles"})"),
                 operation("Files.List", R"({"clientId":")" + id_a + R"("})")});
    EXPECT_THAT(done[2].parameters->json, testing::HasSubstr(R"("files":1)"));
    EXPECT_THAT(done[3].parameters->json, testing::HasSubstr(R"("files":1)"));
    EXPECT_THAT(done[4].parameters->json, testing::HasSubstr(R"("name":"f")"));
}

TEST_F(TransactionTest, GoesOnWhereAskedToAndUndoesThatOperationAlone) {
    const auto done =
        results({save_client("one", with_id_a), going_on(save_client("one")),
                 going_on(nested({save_client("two"), save_client("one")})), save_client("three")});
    EXPECT_EQ(done[1].error, "io.catalogd.Clients.NameTaken");
    EXPECT_EQ(done[1].parameters->json, R"({"name":"one","id":")" + id_a + R"("})");
    EXPECT_EQ(done[2].error, "io.catalogd.TransactionFailed");
    EXPECT_TRUE(has_client("one") && has_client("three"));
    EXPECT_FALSE(has_client("two"));
}

TEST_F(TransactionTest, KeepsTotalsExactWhereAPartWasUndone) {
    results({save_client("one", with_id_a), save_file(id_a, "a"),
             going_on(nested({save_file(id_a, "b"), get_client("one"), get_client("none")})),
             save_file(id_a, "c")});
    EXPECT_EQ(succeeded(ask(clients::Get{{}, "one"})).client.files, 2);
    EXPECT_EQ(succeeded(ask(clients::Get{{}, "one"})).client.bytes, 10);
}

TEST_F(TransactionTest, NestsEightDeepAndNoDeeper) {
    Operation eight = save_client("eighth");
    for (int depth = 2; depth <= 8; ++depth) {
        eight = nested({eight});
    }
    results({eight});
    EXPECT_TRUE(has_client("eighth"));
    EXPECT_EQ(failure({nested({eight})}), Failure(0, "io.catalogd.TransactionFailed"));
}

TEST_F(TransactionTest, GoesOnlyWhereItsExpectationIsMet) {
    results({save_client("one", with_id_a)});
    results({expecting(get_client("one"), R"({"client":{"files":0,"publicKey":null}})"),
             save_client("two")});
    EXPECT_EQ(
        failure({expecting(get_client("one"), R"({"client":{"files":1}})"), save_client("three")}),
        Failure(0, "io.catalogd.ExpectationFailed"));
    EXPECT_TRUE(has_client("two"));
    EXPECT_FALSE(has_client("three"));
}

TEST_F(TransactionTest, RefusesWhatIsNoOperation) {
    EXPECT_EQ(failure({operation("Files.Search", "{}")}), Failure(0, "io.catalogd.InvalidValue"));
    EXPECT_EQ(failure({operation("Admin.Query", "{}")}), Failure(0, "io.catalogd.InvalidValue"));
    EXPECT_EQ(failure({get_client("x"), operation("", "{}")}),
              Failure(0, "io.catalogd.Clients.NotFound"));
    EXPECT_EQ(failure({save_client("one", R"(,"requestId":"r")")}),
              Failure(0, "io.catalogd.InvalidValue"));
    EXPECT_EQ(failure({save_client("one", R"(,"nick":"r")")}),
              Failure(0, "org.varlink.service.InvalidParameter"));
}

TEST_F(TransactionTest, MayHoldNothing) {
    EXPECT_EQ(results({}).size(), 0U);
}

TEST_F(TransactionTest, CountsNestedOperationsTowardsItsLimit) {
    const std::vector<Operation> many(6'000, get_client("none"));
    EXPECT_EQ(failure({going_on(nested({})), nested(many), nested(many)}),
              Failure(1, "io.catalogd.TransactionFailed"));
    const std::vector<Operation> going(6'000, going_on(get_client("none")));
    EXPECT_EQ(failure({nested(going), nested(going)}), Failure(1, "io.catalogd.InvalidValue"));
}

TEST_F(TransactionTest, AppliesTenThousandOperationsAtOnce) {
    std::vector<Operation> operations{save_client("one", with_id_a)};
    for (int i = 1; i < 10'000; ++i) {
        operations.push_back(save_file(id_a, "f" + std::to_string(i)));
    }
    EXPECT_EQ(results(std::move(operations)).size(), 10'000U);
    EXPECT_EQ(succeeded(ask(clients::Get{{}, "one"})).client.files, 9'999);
}

TEST_F(TransactionTest, OfOneOperationMayFollowTenThousandTimes) {
    std::vector<Operation> operations{save_client("one", with_id_a)};
    for (int i = 1; i < 10'000; ++i) {
        operations.push_back(save_file(id_a, "f" + std::to_string(i)));
    }
    transact_each(operations);
    EXPECT_EQ(succeeded(ask(clients::Get{{}, "one"})).client.files, 9'999);
}

TEST_F(TransactionTest, RefusesRepliesThatNoFrameHolds) {
    std::vector<Operation> operations{
        save_client("one", R"(,"id":")" + id_a + R"(")"),
        operation("Files.Save", R"({"clientId":")" + id_a +
                                    R"(","file":{"name":"f","path":"/p",)"
                                    R"("attributes":{"a":")" +
                                    std::string(60'000, 'x') + R"("}}})")};
    for (int i = 0; i < 300; ++i) {
        operations.push_back(
            operation("Files.Get", R"({"clientId":")" + id_a + R"(","name":"f"})"));
    }
    EXPECT_EQ(failure(operations).second, "io.catalogd.InvalidValue");
    EXPECT_FALSE(has_client("one"));
}

TEST_F(TransactionTest, SparesItsNeighboursInTheBatch) {
    const auto client = new_client("a");
    Hold hold;
    hold_writer(hold, client);
    auto before = *post(save(client, "before"));
    auto failing = *post(whole::Transaction{{{save_client("one"), save_client("one")}}, {}});
    auto after = *post(save(client, "after"));
    hold.release();
    EXPECT_TRUE(ends_in<errors::TransactionFailed>(failing.get()));
    EXPECT_TRUE(before.get() && after.get());
    EXPECT_FALSE(has_client("one"));
}

}  // namespace
}  // namespace catalogd::actors
