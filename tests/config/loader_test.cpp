#include "config/loader.h"

#include "config/keys.h"
#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

using std::chrono::milliseconds;

class Loader : public ConfigFile {};

TEST_F(Loader, NeedsNoFile) {
    EXPECT_EQ(config(), defaults());
    EXPECT_EQ(origin("log.level"), "default");
}

TEST_F(Loader, KnowsTheDefaults) {
    const Config config = defaults();
    EXPECT_EQ(config.database.path, "/var/lib/catalogd/catalog.db");
    EXPECT_EQ(config.database.wal_limit, 256 * 1024 * 1024);
    EXPECT_EQ(config.socket.mode, 0660U);
    EXPECT_EQ(config.limits.connections_per_user, 1024);
    EXPECT_EQ(config.readers.max_age, milliseconds(3'600'000));
    EXPECT_EQ(config.log.level, Level::Info);
    EXPECT_TRUE(config.access.admin.empty());
}

TEST_F(Loader, TakesFilesAndSectionsThatSayNothing) {
    for (const std::string text : {"", "\n", "# nothing\n", "---\n", "log:\n", "log: {}\n", "{}"}) {
        EXPECT_EQ(config_of(text), defaults()) << text;
    }
}

TEST_F(Loader, FillsEveryType) {
    const Config config = config_of(
        "database: {path: /srv/c.db, reader_cache: 16MB}\n"
        "socket: {mode: \"0600\", group: 1000}\n"
        "access:\n  read: [user:0, 'group:backup']\n"
        "limits: {connections: 7}\n"
        "deadlines: {read: 250ms}\n"
        "log: {level: trace}\n");
    EXPECT_EQ(config.database.path, "/srv/c.db");
    EXPECT_EQ(config.database.reader_cache, 16'000'000);
    EXPECT_EQ(config.socket.mode, 0600U);
    EXPECT_EQ(config.socket.group, "1000");
    EXPECT_EQ(config.access.read, (std::vector<std::string>{"user:0", "group:backup"}));
    EXPECT_EQ(config.limits.connections, 7);
    EXPECT_EQ(config.deadlines.read, milliseconds(250));
    EXPECT_EQ(config.log.level, Level::Trace);
}

TEST_F(Loader, TakesSizesAndDurationsInQuotes) {
    const Config config = config_of("writer: {queue_bytes: '32MiB'}\nshutdown: {grace: \"0s\"}\n");
    EXPECT_EQ(config.writer.queue_bytes, 32 * 1024 * 1024);
    EXPECT_EQ(config.shutdown.grace, milliseconds(0));
}

TEST_F(Loader, TakesValuesAtTheirBounds) {
    const Config least =
        config_of("limits: {calls_in_flight: 1, frame: 64KiB}\nreaders: {count: 2}");
    EXPECT_EQ(least.limits.calls_in_flight, 1);
    EXPECT_EQ(least.readers.count, 2);
    const Config most =
        config_of("limits: {calls_in_flight: 64, frame: 16MiB}\nreaders: {count: 64}");
    EXPECT_EQ(most.limits.frame, 16 * 1024 * 1024);
    EXPECT_EQ(most.readers.count, 64);
}

TEST_F(Loader, TakesTheLongestSocketPath) {
    const std::string path = "/" + std::string(106, 's');
    EXPECT_EQ(config_of("socket: {path: " + path + "}\n").socket.path, path);
}

TEST_F(Loader, TakesAByteOrderMarkAndForeignLineEnds) {
    EXPECT_EQ(config_of("\xef\xbb\xbflog:\r\n  level: debug\r\n").log.level, Level::Debug);
}

TEST_F(Loader, PutsTheKeyFileBesideTheDatabase) {
    EXPECT_EQ(defaults().database.key_file, "/var/lib/catalogd/catalog.db.key");
    EXPECT_EQ(config_of("database: {path: /srv/c.db}").database.key_file, "/srv/c.db.key");
    EXPECT_EQ(config_of("database: {key_file: /srv/k}").database.key_file, "/srv/k");
}

TEST_F(Loader, PutsTheDefaultDatabaseInTheStateDirectory) {
    set("STATE_DIRECTORY", "/var/lib/private/catalogd:/var/lib/other");
    EXPECT_EQ(config().database.path, "/var/lib/private/catalogd/catalog.db");
    EXPECT_EQ(origin("database.path"), "default in STATE_DIRECTORY");
}

TEST_F(Loader, PassesOverAStateDirectoryThatSaysNothing) {
    set("STATE_DIRECTORY", "");
    EXPECT_EQ(config(), defaults());
}

TEST_F(Loader, PrefersTheFileToTheDefault) {
    set("STATE_DIRECTORY", "/state");
    write("# where it is\ndatabase:\n  path: /file.db\n");
    EXPECT_EQ(config().database.path, "/file.db");
    EXPECT_EQ(origin("database.path"), "FILE:3");
}

TEST_F(Loader, PrefersTheEnvironmentToTheFile) {
    write("log: {level: error}\n");
    set("CATALOGD_LOG__LEVEL", "warning");
    EXPECT_EQ(config().log.level, Level::Warning);
    EXPECT_EQ(origin("log.level"), "environment CATALOGD_LOG__LEVEL");
}

TEST_F(Loader, PrefersFlagsToEverything) {
    write("socket: {path: /file}\n");
    set("CATALOGD_SOCKET__PATH", "/environment");
    pass("--socket", "socket.path", "/flag");
    EXPECT_EQ(config().socket.path, "/flag");
    EXPECT_EQ(origin("socket.path"), "flag --socket");
}

TEST_F(Loader, NeedsNoQuotesOutsideTheFile) {
    set("CATALOGD_SOCKET__MODE", "0666");
    set("CATALOGD_DATABASE__PATH", "123");
    EXPECT_EQ(config().socket.mode, 0666U);
    EXPECT_EQ(config().database.path, "123");
}

TEST_F(Loader, SplitsListsOfTheEnvironmentAtCommas) {
    set("CATALOGD_ACCESS__READ", "user:root,group:backup");
    set("CATALOGD_ACCESS__WRITE", "");
    EXPECT_EQ(config().access.read, (std::vector<std::string>{"user:root", "group:backup"}));
    EXPECT_TRUE(config().access.write.empty());
}

TEST_F(Loader, PassesOverVariablesOfOthers) {
    set("CATALOGD_REGENERATE", "1");
    set("PATH", "/bin");
    set("MY_CATALOGD_LOG__LEVEL", "loud");
    EXPECT_EQ(config(), defaults());
}

TEST_F(Loader, NamesAnOriginForEveryKey) {
    write("readers:\n  count: 8\n");
    EXPECT_EQ(origin("readers.count"), "FILE:2");
    EXPECT_EQ(origin("readers.queue"), "default");
    EXPECT_EQ(loaded().origins.size(), keys().size());
}

TEST_F(Loader, TakesLimitsThatAreEqual) {
    EXPECT_EQ(config_of("database: {wal_limit: 8MiB, checkpoint_at: 8MiB}").database.wal_limit,
              8 * 1024 * 1024);
}

}  // namespace
}  // namespace catalogd::config
