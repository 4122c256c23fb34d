// Nothing that was acknowledged is lost and nothing is half there, whichever call of the disk
// fails. Every point of a whole life of a catalog is tried.
#include <memory>
#include <set>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/fault_vfs.h"

namespace catalogd::catalog {
namespace {

using std::chrono::milliseconds;
using Names = std::set<std::string>;
using Checkpoint = WriteConnection::Checkpoint;

// What the life of a catalog has told its callers.
struct Ledger {
    Names acknowledged;
    Names refused;  // told to have failed, so they must not come back
    bool outcome_unknown = false;
    bool finished = false;
};

class FaultyDisk : public testing::Test {
protected:
    [[nodiscard]] OpenOptions options(const std::string& vfs) const {
        OpenOptions options;
        options.path = folder_->file("catalog.db");
        options.vfs = vfs;
        return options;
    }

    static void save_file(WriteTransaction& transaction, std::int64_t client,
                          const std::string& name, int size) {
        transaction.begin_request();
        files::save(transaction, client, file_named(name + std::string(900, '-'), size));
        transaction.keep_request();
    }

    // A batch of eight requests, large enough for several pages.
    static void save_batch(WriteConnection& writer, const std::string& prefix, Ledger& ledger) {
        Names names;
        try {
            WriteTransaction transaction(writer, 0);
            const auto client = clients::find_owner(writer, id_of(1)).value();
            for (int i = 0; i < 8; ++i) {
                const std::string name = prefix + std::to_string(i);
                names.insert(name);
                save_file(transaction, client.number, name, prefix.front() * 100 + i);
            }
            transaction.commit();
        } catch (const CommitUnknown&) {
            ledger.outcome_unknown = true;
            throw;
        } catch (const SQLite::Exception&) {
            ledger.refused.insert(names.begin(), names.end());
            throw;
        }
        ledger.acknowledged.insert(names.begin(), names.end());
    }

    static void save_owner(WriteConnection& writer) {
        WriteTransaction transaction(writer, 0);
        transaction.begin_request();
        clients::save(transaction, id_of(1), {"one", {}, {}, 0});
        transaction.keep_request();
        transaction.commit();
    }

    void live(Ledger& ledger) {
        WriteConnection writer(options(FaultVfs::name));
        try {
            migrate(writer, migrations(), 0);
            save_owner(writer);
            save_batch(writer, "a", ledger);
            writer.checkpoint(Checkpoint::passive, milliseconds(0));
            save_batch(writer, "b", ledger);
            writer.checkpoint(Checkpoint::truncate, milliseconds(0));
            save_batch(writer, "c", ledger);
        } catch (const CommitUnknown&) {
            writer.abandon();
            throw;
        }
    }

    Ledger live_with(const FaultVfs::Plan& plan) {
        folder_ = std::make_unique<TempFolder>(TempFolder::fast());
        Ledger ledger;
        disk_.fail(plan);
        try {
            live(ledger);
            ledger.finished = true;
        } catch (const SQLite::Exception&) {
        } catch (const Unusable&) {
        } catch (const CommitUnknown&) {
        }
        disk_.heal();
        return ledger;
    }

    static Names names_in(WriteConnection& writer) {
        Names names;
        for (const std::string& name : rows_of(writer, "SELECT rtrim(name, '-') FROM files")) {
            names.insert(name);
        }
        return names;
    }

    // What a sound disk finds afterwards.
    void expect_kept(const Ledger& ledger) {
        WriteConnection writer(options("unix-excl"));
        migrate(writer, migrations(), 0);
        EXPECT_EQ(writer.query_text("PRAGMA integrity_check"), "ok");
        EXPECT_THAT(rows_of(writer, "PRAGMA foreign_key_check"), testing::IsEmpty());
        const Names present = names_in(writer);
        EXPECT_EQ(present.size() % 8, 0U) << "half a batch";
        EXPECT_THAT(ledger.acknowledged, testing::IsSubsetOf(present));
        for (const std::string& name : ledger.refused) {
            EXPECT_FALSE(present.contains(name)) << name << " was refused and is there";
        }
    }

    // Lives again and again, each time failing one call later, until none is left to fail.
    int sweep(FaultVfs::Plan plan) {
        for (plan.nth = 1; plan.nth < 2'000; ++plan.nth) {
            SCOPED_TRACE("call " + std::to_string(plan.nth));
            const Ledger ledger = live_with(plan);
            expect_kept(ledger);
            if (!disk_.has_failed()) {
                EXPECT_TRUE(ledger.finished);
                EXPECT_EQ(ledger.acknowledged.size(), 24U);
                return static_cast<int>(plan.nth) - 1;
            }
            if (HasFailure()) {
                break;
            }
        }
        return 0;
    }

    FaultVfs disk_;
    std::unique_ptr<TempFolder> folder_;
};

TEST_F(FaultyDisk, LosesNothingWhenAnyCallFailsOnce) {
    EXPECT_GT(sweep({FaultKind::every_change, 1, false, false, false}), 50);
}

TEST_F(FaultyDisk, LosesNothingWhenEveryCallFailsFromAnyPointOn) {
    EXPECT_GT(sweep({FaultKind::every_change, 1, true, false, false}), 50);
}

TEST_F(FaultyDisk, LosesNothingWhenItFillsUpAtAnyPoint) {
    EXPECT_GT(sweep({FaultKind::write, 1, true, true, false}), 30);
}

TEST_F(FaultyDisk, LosesNothingWhenAnySyncFails) {
    EXPECT_GT(sweep({FaultKind::sync, 1, false, false, false}), 5);
}

TEST_F(FaultyDisk, LosesNothingWhenAnyReadFails) {
    EXPECT_GT(sweep({FaultKind::read, 1, false, false, false}), 5);
}

class Commit : public FaultyDisk {
protected:
    void SetUp() override {
        folder_ = std::make_unique<TempFolder>(TempFolder::fast());
        writer_ = std::make_unique<WriteConnection>(options(FaultVfs::name));
        migrate(*writer_, migrations(), 0);
        save_owner(*writer_);
    }
    void reopen() {
        disk_.heal();
        writer_ = nullptr;
        writer_ = std::make_unique<WriteConnection>(options("unix-excl"));
    }
    std::unique_ptr<WriteConnection> writer_;
    Ledger ledger_;
};

TEST_F(Commit, IsUnknownWhenTheSyncFails) {
    disk_.fail({FaultKind::sync, 1, true, false, true});
    EXPECT_THROW(save_batch(*writer_, "a", ledger_), CommitUnknown);
    writer_->abandon();
    reopen();
    EXPECT_EQ(names_in(*writer_).size() % 8, 0U);
}

TEST_F(Commit, IsUnknownWhenAWriteFails) {
    disk_.fail({FaultKind::write, 1, false, false, true});
    EXPECT_THROW(save_batch(*writer_, "a", ledger_), CommitUnknown);
}

TEST_F(Commit, IsRefusedByAFullDiskAndLeavesNothing) {
    disk_.fail({FaultKind::write, 3, true, true, true});
    EXPECT_THROW(save_batch(*writer_, "a", ledger_), SQLite::Exception);
    writer_->abandon();
    reopen();
    EXPECT_THAT(names_in(*writer_), testing::IsEmpty());
}

TEST_F(Commit, GoesOnWhenAFullDiskHasRoomAgain) {
    save_batch(*writer_, "a", ledger_);
    disk_.fail({FaultKind::write, 3, true, true, false});
    EXPECT_THROW(save_batch(*writer_, "b", ledger_), SQLite::Exception);
    disk_.heal();
    save_batch(*writer_, "b", ledger_);
    reopen();
    EXPECT_EQ(names_in(*writer_).size(), 16U);
}

TEST_F(Commit, IsKeptWhenACheckpointFails) {
    save_batch(*writer_, "a", ledger_);
    disk_.fail({FaultKind::write, 2, true, false, false});
    EXPECT_THROW(writer_->checkpoint(Checkpoint::truncate, milliseconds(0)), SQLite::Exception);
    writer_->abandon();
    reopen();
    EXPECT_EQ(names_in(*writer_).size(), 8U);
}

}  // namespace
}  // namespace catalogd::catalog
