// Admin.ImportDatabase: what comes over, what is set aside, and that twice is once.
#include "tests/actors/import/import_fixture.h"

namespace catalogd::actors {
namespace {

using catalog::import::blob;
using catalog::import::name_of;
using catalog::import::old_forms;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ImportOfEveryForm : public ImportTest, public testing::WithParamInterface<OldForm> {};

TEST_P(ImportOfEveryForm, BringsClientsAndFilesOver) {
    server(GetParam()).client(1, "laptop").client(2, "desktop").file(1, "a").file(2, "b").stop();
    const json::object report = import();
    EXPECT_EQ(report.at("schema").as_string(), name_of(GetParam()));
    EXPECT_EQ(line(report, "clients"), "2 read, 2 imported, 0 merged, 0 present");
    EXPECT_EQ(line(report, "files"), "2 read, 2 imported, 0 merged, 0 present");
    EXPECT_EQ(ask(clients::Get{{}, "laptop"})->client.id, id_of(1));
    EXPECT_EQ(file_of(2, "b").path, "received_files/b");
}

TEST_P(ImportOfEveryForm, BringsOverWhatIsInTheLogAlone) {
    server(GetParam()).client(1, "laptop").file(1, "a").crash();
    EXPECT_EQ(line(import(), "files"), "1 read, 1 imported, 0 merged, 0 present");
}

TEST_P(ImportOfEveryForm, LeavesTheOldFilesByteForByte) {
    server(GetParam()).client(1, "laptop").file(1, "a").crash();
    const std::string before = catalog::content_of(path());
    const std::string log = catalog::content_of(path() + "-wal");
    import();
    EXPECT_EQ(catalog::content_of(path()), before);
    EXPECT_EQ(catalog::content_of(path() + "-wal"), log);
}

TEST_P(ImportOfEveryForm, ChangesNothingTheSecondTime) {
    server(GetParam()).client(1, "laptop").file(1, "a").file(1, "b").file(9, "orphan").stop();
    import();
    const auto statistics = ask(whole::GetStatistics{})->statistics;
    const json::object report = import();
    EXPECT_EQ(line(report, "clients"), "1 read, 0 imported, 0 merged, 1 present");
    EXPECT_THAT(line(report, "files"), HasSubstr("3 read, 0 imported, 0 merged, 2 present"));
    EXPECT_EQ(ask(whole::GetStatistics{})->statistics.bytes_transferred,
              statistics.bytes_transferred);
    EXPECT_EQ(ask(files::ListRemovals{})->removals.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(OfTheSeven, ImportOfEveryForm, testing::ValuesIn(old_forms),
                         [](const auto& each) {
                             std::string name = name_of(each.param);
                             std::erase(name, ' ');
                             return name;
                         });

TEST_F(ImportTest, KeepsKeysAndTheTimeOfAClient) {
    server().client(1, "laptop").stop();
    import();
    const auto client = ask(clients::Get{id_of(1), {}})->client;
    EXPECT_EQ(client.public_key->value, std::string(160, '\0'));
    EXPECT_EQ(client.last_seen.milliseconds, 1'736'510'400'250);
    EXPECT_EQ(ask(clients::GetSessionKey{id_of(1)})->session_key->value, std::string(32, '\0'));
}

TEST_F(ImportTest, MergesTheRowsOfOneFile) {
    OldServer old = server();
    old.client(1, "laptop").row(1, "a", "0, 7, '2025-01-09T12:00:00+00:00', 99");
    old.row(1, "a", "1, 7, '2025-01-09T12:00:00+00:00', NULL").row(1, "a", "0, 0, '', NULL").stop();
    EXPECT_EQ(line(import(), "files"), "3 read, 1 imported, 2 merged, 0 present");
    EXPECT_TRUE(file_of(1, "a").verified);
    EXPECT_EQ(file_of(1, "a").crc, 99);
    EXPECT_EQ(file_of(1, "a").size, 7);
}

TEST_F(ImportTest, CountsWhatItBroughtAsSaved) {
    server().client(1, "laptop").file(1, "a").file(1, "b", false).stop();
    import();
    const auto statistics = ask(whole::GetStatistics{})->statistics;
    EXPECT_EQ(statistics.files, 2);
    EXPECT_EQ(statistics.bytes, 14);
    EXPECT_EQ(statistics.verified_bytes, 7);
    EXPECT_EQ(statistics.bytes_transferred, 7);
    files::Search search;
    search.text = "received_files/b";
    EXPECT_EQ(ask(search)->files.size(), 1U);
}

TEST_F(ImportTest, SetsOrphansAsideWithAllThatTheyHold) {
    server().client(1, "laptop").file(9, "orphan").stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "files"),
              "1 read, 0 imported, 0 merged, 0 present; its client is not there 1");
    EXPECT_THAT(side_report(report), HasSubstr(R"("FileName":"orphan","PathName":)"));
    EXPECT_THAT(side_report(report), HasSubstr(R"("CRC":99)"));
}

TEST_F(ImportTest, SetsAClientWithAShortIdentifierAsideAndItsFilesWithIt) {
    OldServer old = server();
    old.run("INSERT INTO clients VALUES (x'0102', 'short', NULL, '', NULL)");
    old.run("INSERT INTO files VALUES (x'01', 'a', 'p', 1, 1, '', 1, x'0102')").stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "clients"),
              "1 read, 0 imported, 0 merged, 0 present; its identifier is not 16 bytes 1");
    EXPECT_EQ(line(report, "files"),
              "1 read, 0 imported, 0 merged, 0 present; its client was set aside 1");
}

TEST_F(ImportTest, TakesTheFirstOfTwoClientsWithOneIdentifier) {
    OldServer old = server();
    old.run(
        "DROP TABLE clients; CREATE TABLE clients (ID, Name, LastSeen); "
        "INSERT INTO clients VALUES (" +
        blob(1) + ", 'first', ''), (" + blob(1) + ", 'second', '')");
    old.file(1, "a").stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "clients"),
              "2 read, 1 imported, 0 merged, 0 present; a client before it has its identifier 1");
    EXPECT_EQ(file_of(1, "a").client_name, "first");
}

TEST_F(ImportTest, TakesTheFirstOfTwoClientsWithOneNameAndForeseesIt) {
    OldServer old = server();
    old.run(
        "DROP TABLE clients; CREATE TABLE clients (ID, Name, LastSeen); "
        "INSERT INTO clients VALUES (" +
        blob(1) + ", 'same', ''), (" + blob(2) + ", 'same', '')");
    old.file(1, "a").file(2, "b").stop();
    const json::object foreseen = import(true);
    const json::object done = import();
    EXPECT_EQ(line(done, "clients"),
              "2 read, 1 imported, 0 merged, 0 present; another client has its name 1");
    EXPECT_EQ(foreseen.at("tables"), done.at("tables"));
}

TEST_F(ImportTest, SetsAsideAClientWhoseNameAnotherHas) {
    new_client("laptop");
    server().client(1, "laptop").file(1, "a").stop();
    const json::object report = import();
    EXPECT_THAT(line(report, "clients"), HasSubstr("another client has its name 1"));
    EXPECT_THAT(line(report, "files"), HasSubstr("its client was set aside 1"));
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Get{id_of(1), {}})));
}

TEST_F(ImportTest, BringsAClientOverWithoutItsKeysOfAnotherLength) {
    OldServer old = server();
    old.client(1, "laptop").run("UPDATE clients SET PublicKey = x'01', AESKey = x'504c414e544544'");
    old.stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "clients"),
              "1 read, 1 imported, 0 merged, 0 present; a public key that is not 160 bytes 1; "
              "a session key that is not 32 bytes 1");
    EXPECT_THAT(side_report(report), HasSubstr(R"("values":{"AESKey":{"withheldBytes":7}})"));
    EXPECT_THAT(side_report(report), Not(HasSubstr("504c414e544544")));
}

TEST_F(ImportTest, SetsWholeTablesAsideThatHaveNoPlace) {
    OldServer old = server(OldForm::migration_5);
    old.client(1, "laptop")
        .run("INSERT INTO client_quotas (ClientID, LastUpdated) VALUES (" + blob(1) +
             ", '2025-01-10 12:00:00')");
    old.stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "client_quotas"),
              "1 read, 0 imported, 0 merged, 0 present; the catalog has no place for it 1");
    EXPECT_EQ(line(report, "file_versions"), "0 read, 0 imported, 0 merged, 0 present");
    EXPECT_THAT(side_report(report), HasSubstr(R"("QuotaBytes":1073741824)"));
}

TEST_F(ImportTest, BringsMetricsOverOnceAndForAll) {
    OldServer old = server();
    old.run(
        "INSERT INTO metrics_history (timestamp, metric_name, value) VALUES "
        "('2025-01-10T12:00:00.5+00:00', 'bytes', 7.5), "
        "('2025-01-10T12:00:00.5+00:00', 'bytes', 7.5), "
        "('2025-01-10T12:00:20.5+00:00', 'bytes', 8), ('never', 'bytes', 1), "
        "('2025-01-10T12:00:20.5+00:00', 'bytes', 9e999), ('', '', 1)");
    old.stop();
    const json::object foreseen = import(true);
    const json::object report = import();
    EXPECT_EQ(line(report, "metrics_history"),
              "6 read, 2 imported, 1 merged, 0 present; "
              "it has no name, no time, or no finite value 3");
    EXPECT_EQ(foreseen.at("tables"), report.at("tables"));
    EXPECT_THAT(line(import(), "metrics_history"), HasSubstr("0 imported, 1 merged, 2 present"));
    const auto points = ask(metrics::History{"bytes", {}, {}, {}})->points;
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].value, 7.5);
    EXPECT_EQ(points[0].at.milliseconds, 1'736'510'400'500);
}

TEST_F(ImportTest, LeavesWhatTheCatalogHasAsItIs) {
    ASSERT_TRUE(ask(clients::Save{id_of(1), {"renamed"}, {}, {}, {}}));
    ASSERT_TRUE(ask(files::Save{id_of(1), file("a", 1'000), {}}));
    server().client(1, "laptop").file(1, "a").file(1, "b").stop();
    const json::object report = import();
    EXPECT_EQ(line(report, "files"), "2 read, 1 imported, 0 merged, 1 present");
    EXPECT_EQ(file_of(1, "a").size, 1'000);
    EXPECT_EQ(file_of(1, "a").client_name, "renamed");
    EXPECT_THAT(ask(files::ListRemovals{})->removals, IsEmpty());
}

TEST_F(ImportTest, ForeseesTheSameWithoutWritingAnything) {
    new_client("taken");
    OldServer old = server(OldForm::migration_5);
    old.client(1, "laptop").client(2, "taken").file(1, "a").file(1, "a").file(2, "b").file(9, "c");
    old.stop();
    const json::object foreseen = import(true);
    EXPECT_EQ(ask(whole::GetStatistics{})->statistics.clients, 1);
    EXPECT_FALSE(foreseen.contains("sideReport"));
    const json::object done = import();
    EXPECT_EQ(foreseen.at("tables"), done.at("tables"));
    EXPECT_TRUE(foreseen.at("dryRun").as_bool());
    EXPECT_FALSE(done.at("dryRun").as_bool());
}

TEST_F(ImportTest, AddsUpEveryRowThatItRead) {
    OldServer old = server(OldForm::migration_5);
    old.client(1, "laptop").file(1, "a").file(1, "a").file(9, "c").row(1, "\x7F", "1, 1, '', 1");
    old.stop();
    const json::object report = import();
    for (const json::value& table : report.at("tables").as_array()) {
        std::int64_t sum = 0;
        for (const char* part : {"imported", "merged", "present"}) {
            sum += table.at(part).to_number<std::int64_t>();
        }
        for (const json::value& reason : table.at("setAside").as_array()) {
            sum += reason.at("count").to_number<std::int64_t>();
        }
        EXPECT_EQ(sum, table.at("read").to_number<std::int64_t>()) << table.at("table");
    }
}

}  // namespace
}  // namespace catalogd::actors
