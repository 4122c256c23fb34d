#include "catalog/files.h"

#include <sqlite3.h>

#include <functional>
#include <limits>

#include "catalog/identifiers.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

class Files : public CatalogFixture {
protected:
    void SetUp() override { client_ = save_client("one", 1); }

    static FileRecord full(const std::string& name) {
        FileRecord file = file_named(name, 1'000);
        file.verified = true;
        file.modified = -5;
        file.crc = 0xFFFFFFFF;
        file.mime_type = "text/plain";
        file.category = "document";
        file.attributes = R"({"owner":"root"})";
        return file;
    }
    FileRecord stored(const std::string& name) {
        return files::find(writer(), client_, name).value();
    }
    std::optional<FileRecord> set_verified(const std::string& name, bool verified,
                                           std::optional<std::int64_t> crc) {
        return commit([&](WriteTransaction& transaction) {
            return files::set_verified(transaction, client_, name, verified, crc);
        });
    }
    std::optional<FileRecord> remove(const std::string& name) {
        return commit([&](WriteTransaction& transaction) {
            return files::remove(transaction, client_, name);
        });
    }
    static void expect_same(const FileRecord& a, const FileRecord& b) {
        EXPECT_EQ(a.name, b.name);
        EXPECT_EQ(a.path, b.path);
        EXPECT_EQ(a.verified, b.verified);
        EXPECT_EQ(a.size, b.size);
        EXPECT_EQ(a.modified, b.modified);
        EXPECT_EQ(a.crc, b.crc);
        EXPECT_EQ(a.mime_type, b.mime_type);
        EXPECT_EQ(a.category, b.category);
        EXPECT_EQ(a.attributes, b.attributes);
    }
    std::int64_t client_ = 0;
};

TEST_F(Files, AreStoredAsGiven) {
    EXPECT_TRUE(save_file(client_, full("a")).created);
    expect_same(stored("a"), full("a"));
}

TEST_F(Files, KnowNothingThatWasNotGiven) {
    save_file(client_, file_named("a"));
    expect_same(stored("a"), file_named("a"));
    EXPECT_EQ(stored("a").size, std::nullopt);
    EXPECT_EQ(stored("a").attributes, std::nullopt);
}

TEST_F(Files, HaveOneRecordForEachName) {
    const auto first = save_file(client_, full("a"));
    const auto again = save_file(client_, file_named("a", 2'000));
    EXPECT_FALSE(again.created);
    EXPECT_EQ(file_id(again.file), file_id(first.file));
    EXPECT_EQ(count("files"), 1);
    expect_totals_exact();
}

TEST_F(Files, KeepWhatASecondSaveLeavesOutButVerified) {
    save_file(client_, full("a"));
    FileRecord expected = full("a");
    expected.path = "/new";
    expected.verified = false;
    FileRecord again;
    again.name = "a";
    again.path = "/new";
    expect_same(save_file(client_, again).file, expected);
    expect_same(stored("a"), expected);
    expect_totals_exact();
}

TEST_F(Files, TakeEverythingThatASecondSaveGives) {
    save_file(client_, file_named("a", 1));
    save_file(client_, full("a"));
    expect_same(stored("a"), full("a"));
    EXPECT_EQ(client(1).bytes, 1'000);
    EXPECT_EQ(client(1).verified_files, 1);
}

TEST_F(Files, TellNamesApartByCaseAndByClient) {
    const auto other = save_client("two", 2);
    EXPECT_TRUE(save_file(client_, file_named("a")).created);
    EXPECT_TRUE(save_file(client_, file_named("A")).created);
    EXPECT_TRUE(save_file(other, file_named("a")).created);
    EXPECT_EQ(count("files"), 3);
}

TEST_F(Files, AreFoundByTheirIdWithTheirClient) {
    const auto saved = save_file(client_, full("a"));
    const auto found = files::find_by_id(writer(), file_id(saved.file));
    expect_same(found.value().file, full("a"));
    EXPECT_EQ(found->owner.name, "one");
    EXPECT_EQ(found->owner.id, id_of(1));
}

TEST_F(Files, AreNotFoundByAnIdentifierThatHoldsTheirNumberAlone) {
    FileRecord other = save_file(client_, full("a")).file;
    EXPECT_FALSE(files::find_by_id(writer(), id_of(static_cast<int>(other.number))).has_value());
    ++other.created;
    EXPECT_FALSE(files::find_by_id(writer(), file_id(other)).has_value());
    other = {};
    EXPECT_FALSE(files::find_by_id(writer(), file_id(other)).has_value());
}

TEST_F(Files, NeverShareANumberWithOneThatHasGone) {
    const auto first = save_file(client_, full("a")).file.number;
    remove("a");
    reopen();
    EXPECT_GT(save_file(client_, full("a")).file.number, first);
}

TEST_F(Files, OfARequestThatIsDroppedTakeNoNumber) {
    const auto first = save_file(client_, full("a")).file.number;
    refused<int>([&](WriteTransaction& transaction) {
        files::save(transaction, client_, full("b"));
        throw 1;
    });
    EXPECT_EQ(save_file(client_, full("c")).file.number, first + 1);
}

TEST_F(Files, AreNotFoundUnderAnotherName) {
    save_file(client_, full("a"));
    EXPECT_FALSE(files::find(writer(), client_, "b").has_value());
    EXPECT_FALSE(files::find(writer(), client_ + 1, "a").has_value());
}

TEST_F(Files, KeepTheirCrcWhenVerifiedWithoutOne) {
    save_file(client_, full("a"));
    EXPECT_EQ(set_verified("a", false, {}).value().crc, 0xFFFFFFFF);
    EXPECT_FALSE(stored("a").verified);
    EXPECT_EQ(stored("a").crc, 0xFFFFFFFF);
    EXPECT_EQ(client(1).verified_files, 0);
}

TEST_F(Files, TakeTheCrcThatTheyAreVerifiedWith) {
    save_file(client_, file_named("a", 10));
    EXPECT_TRUE(set_verified("a", true, 7).value().verified);
    EXPECT_EQ(stored("a").crc, 7);
    EXPECT_EQ(stored("a").size, 10);
    EXPECT_EQ(client(1).verified_files, 1);
}

TEST_F(Files, AreMissedWhenVerifiedOrRemovedWithoutARecord) {
    const auto before = everything();
    EXPECT_FALSE(set_verified("none", true, 7).has_value());
    EXPECT_FALSE(remove("none").has_value());
    EXPECT_EQ(everything(), before);
}

TEST_F(Files, AreRemovedAndTellWhatTheyWere) {
    save_file(client_, full("a"));
    save_file(client_, full("b"));
    expect_same(remove("a").value(), full("a"));
    EXPECT_FALSE(remove("a").has_value());
    EXPECT_EQ(count("files"), 1);
    EXPECT_EQ(client(1).bytes, 1'000);
    expect_totals_exact();
}

class FileChecks : public Files {
protected:
    void expect_refused(const FileRecord& file, std::int64_t client) {
        const auto before = everything();
        const auto failure = refused<SQLite::Exception>(
            [&](WriteTransaction& transaction) { files::save(transaction, client, file); });
        EXPECT_EQ(failure.getErrorCode() & 0xFF, SQLITE_CONSTRAINT) << failure.what();
        EXPECT_EQ(everything(), before);
    }
    void expect_refused(const std::function<void(FileRecord&)>& spoil) {
        FileRecord file = full("a");
        spoil(file);
        expect_refused(file, client_);
    }
};

TEST_F(FileChecks, RefuseAnUnknownClientAtOnce) {
    expect_refused(full("a"), client_ + 1);
}

TEST_F(FileChecks, RefuseNamesAndPathsOfOtherLengths) {
    expect_refused([](FileRecord& file) { file.name = ""; });
    expect_refused([](FileRecord& file) { file.name = std::string(1'025, 'x'); });
    expect_refused([](FileRecord& file) { file.path = ""; });
    expect_refused([](FileRecord& file) { file.path = std::string(4'097, 'x'); });
}

TEST_F(FileChecks, RefuseNumbersOutOfBounds) {
    expect_refused([](FileRecord& file) { file.size = -1; });
    expect_refused([](FileRecord& file) { file.crc = -1; });
    expect_refused([](FileRecord& file) { file.crc = 0x1'0000'0000; });
}

TEST_F(FileChecks, RefuseLongOrEmptyWords) {
    expect_refused([](FileRecord& file) { file.mime_type = ""; });
    expect_refused([](FileRecord& file) { file.mime_type = std::string(256, 'x'); });
    expect_refused([](FileRecord& file) { file.category = std::string(256, 'x'); });
    expect_refused([](FileRecord& file) { file.attributes = std::string(65'537, 'x'); });
}

TEST_F(FileChecks, TakeTheLargestOfEverything) {
    FileRecord file = full(std::string(1'024, 'n'));
    file.path = std::string(4'096, 'p');
    file.size = std::numeric_limits<std::int64_t>::max();
    file.modified = std::numeric_limits<std::int64_t>::min();
    file.attributes = std::string(65'536, 'a');
    save_file(client_, file);
    expect_same(stored(file.name), file);
}

}  // namespace
}  // namespace catalogd::catalog
