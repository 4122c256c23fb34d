#include "catalog/transaction.h"

#include <sqlite3.h>

#include <limits>

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

class Transaction : public CatalogFixture {
protected:
    void SetUp() override {
        one_ = save_client("one", 1);
        two_ = save_client("two", 2);
    }

    void request(WriteTransaction& transaction, std::int64_t client, const std::string& name,
                 std::int64_t size) {
        transaction.begin_request();
        save(transaction, client, name, size);
        transaction.keep_request();
    }
    void save(WriteTransaction& transaction, std::int64_t client, const std::string& name,
              std::int64_t size) {
        FileRecord file = file_named(name, size);
        file.verified = true;
        files::save(transaction, client, file);
    }
    // As a full memory or a signal would: every statement fails until told otherwise.
    void interrupt_statements(bool fail) {
        sqlite3_progress_handler(
            writer().database().getHandle(), fail ? 1 : 0, [](void*) { return 1; }, nullptr);
    }

    std::int64_t one_ = 0;
    std::int64_t two_ = 0;
};

TEST_F(Transaction, KeepsTheNeighboursOfADroppedRequest) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    save(transaction, one_, "dropped", 20);
    EXPECT_TRUE(transaction.drop_request());
    request(transaction, one_, "b", 30);
    transaction.commit();
    EXPECT_EQ(count("files"), 2);
    EXPECT_EQ(client(1).bytes, 40);
    expect_totals_exact();
}

TEST_F(Transaction, RollsBackWhatIsNotCommitted) {
    const auto before = everything();
    {
        WriteTransaction transaction(writer(), now);
        request(transaction, one_, "a", 10);
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(Transaction, IsDurableWhenCommitReturns) {
    {
        WriteTransaction transaction(writer(), now);
        request(transaction, one_, "a", 10);
        transaction.commit();
    }
    crash();
    reopen();
    EXPECT_EQ(count("files"), 1);
    expect_totals_exact();
}

TEST_F(Transaction, RestoresEarlierTotalsWhenARequestThatWroteThemIsDropped) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    save(transaction, one_, "dropped", 20);
    transaction.flush_totals();
    transaction.flush_totals();
    EXPECT_TRUE(transaction.drop_request());
    transaction.commit();
    EXPECT_EQ(client(1).bytes, 10);
    expect_totals_exact();
}

TEST_F(Transaction, CountsOnceWhatARequestWroteAndKept) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    save(transaction, one_, "b", 20);
    transaction.flush_totals();
    save(transaction, one_, "c", 40);
    transaction.keep_request();
    request(transaction, one_, "d", 80);
    transaction.commit();
    EXPECT_EQ(client(1).bytes, 150);
    expect_totals_exact();
}

TEST_F(Transaction, DeletesAClientWhoseTotalsAreWaiting) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    request(transaction, two_, "b", 20);
    transaction.begin_request();
    EXPECT_EQ(clients::remove(transaction, id_of(1)), 1);
    transaction.keep_request();
    transaction.commit();
    EXPECT_EQ(count("client_totals"), 1);
    expect_totals_exact();
}

TEST_F(Transaction, GivesANewClientNothingOfADeletedOnesTotals) {
    WriteTransaction transaction(writer(), now);
    request(transaction, two_, "a", 10);
    transaction.begin_request();
    clients::remove(transaction, id_of(2));
    clients::insert_new(transaction, id_of(3), {"three", {}, {}, 0});
    transaction.keep_request();
    EXPECT_GT(clients::find_owner(writer(), id_of(3))->number, two_) << "never used again";
    transaction.commit();
    EXPECT_EQ(client(3).files, 0);
    expect_totals_exact();
}

TEST_F(Transaction, KeepsAClientWhoseDeletionIsDropped) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    EXPECT_EQ(clients::remove(transaction, id_of(1)), 1);
    EXPECT_TRUE(transaction.drop_request());
    request(transaction, one_, "b", 20);
    transaction.commit();
    EXPECT_EQ(client(1).files, 2);
    EXPECT_EQ(client(1).bytes, 30);
    expect_totals_exact();
}

TEST_F(Transaction, GivesANewClientOfABatchItsTotals) {
    WriteTransaction transaction(writer(), now);
    transaction.begin_request();
    clients::insert_new(transaction, id_of(3), {"three", {}, {}, 0});
    const auto three = clients::find_owner(writer(), id_of(3)).value();
    save(transaction, three.number, "a", 10);
    transaction.keep_request();
    request(transaction, three.number, "b", 20);
    transaction.commit();
    EXPECT_EQ(client(3).bytes, 30);
    expect_totals_exact();
}

TEST_F(Transaction, ShowsARequestTheTotalsOfThoseBeforeIt) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    EXPECT_EQ(clients::update(transaction, id_of(1), {}).bytes, 10);
    transaction.keep_request();
    transaction.commit();
}

TEST_F(Transaction, SumsSizesBeyondTheLargestNumber) {
    WriteTransaction transaction(writer(), now);
    for (const char* const name : {"a", "b", "c"}) {
        request(transaction, one_, name, largest);
    }
    transaction.commit();
    EXPECT_EQ(client(1).bytes, largest);
    expect_totals_exact();
}

TEST_F(Transaction, FindsTheWayBackFromALargeSum) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", largest);
    request(transaction, one_, "b", largest);
    request(transaction, one_, "c", 0xFFFFFFFF);
    transaction.begin_request();
    files::remove(transaction, one_, "a");
    files::remove(transaction, one_, "b");
    transaction.keep_request();
    transaction.commit();
    EXPECT_EQ(client(1).bytes, 0xFFFFFFFF);
    expect_totals_exact();
}

TEST_F(Transaction, TellsThatAnInterruptedWriteHasEndedIt) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    interrupt_statements(true);
    EXPECT_THROW(save(transaction, one_, "b", 20), SQLite::Exception);
    interrupt_statements(false);
    EXPECT_FALSE(transaction.drop_request());
}

TEST_F(Transaction, KeepsNothingOfABatchThatHasEnded) {
    const auto before = everything();
    {
        WriteTransaction transaction(writer(), now);
        request(transaction, one_, "a", 10);
        transaction.begin_request();
        interrupt_statements(true);
        EXPECT_THROW(save(transaction, one_, "b", 20), SQLite::Exception);
        interrupt_statements(false);
        EXPECT_FALSE(transaction.drop_request());
        // The request after it must not commit alone.
        EXPECT_THROW(request(transaction, one_, "c", 30), SQLite::Exception);
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(Transaction, SurvivesAnInterruptedQuestion) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    interrupt_statements(true);
    EXPECT_THROW(files::find(writer(), one_, "a"), SQLite::Exception);
    interrupt_statements(false);
    EXPECT_TRUE(transaction.drop_request());
    transaction.commit();
    EXPECT_EQ(client(1).bytes, 10);
}

TEST_F(Transaction, SurvivesAConstraint) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request();
    EXPECT_THROW(save(transaction, one_, "negative", -1), SQLite::Exception);
    EXPECT_TRUE(transaction.drop_request());
    transaction.commit();
    EXPECT_EQ(count("files"), 1);
    expect_totals_exact();
}

TEST_F(Transaction, CanFollowOneThatFailed) {
    for (int i = 0; i < 1'000; ++i) {
        WriteTransaction transaction(writer(), now);
        transaction.begin_request();
        EXPECT_THROW(save(transaction, one_, "negative", -1), SQLite::Exception);
    }
    save_file(one_, file_named("a", 10));
    EXPECT_EQ(client(1).bytes, 10);
}

TEST_F(Transaction, KeepsTheNeighboursOfARequestThatHasNothingToUndo) {
    WriteTransaction transaction(writer(), now);
    request(transaction, one_, "a", 10);
    transaction.begin_request(WriteTransaction::Undo::nothing_to_do);
    EXPECT_TRUE(transaction.drop_request());
    transaction.commit();
    EXPECT_EQ(count("files"), 1);
}

TEST_F(Transaction, GivesItselfUpForARequestThatSaidSoAndHadChangedSomething) {
    WriteTransaction transaction(writer(), now);
    transaction.begin_request(WriteTransaction::Undo::nothing_to_do);
    save(transaction, one_, "half", 10);
    EXPECT_FALSE(transaction.drop_request());
}

}  // namespace
}  // namespace catalogd::catalog
