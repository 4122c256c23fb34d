#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

class Refusals : public ConfigFile {};

TEST_F(Refusals, NameTheNearestKey) {
    EXPECT_EQ(problems_in("log:\n  levle: debug\n"),
              Messages{"FILE:2:3: log.levle: unknown key; did you mean log.level?"});
    EXPECT_EQ(problems_in("limits: {conections_per_user: 3}\n"),
              Messages{"FILE:1:10: limits.conections_per_user: unknown key; did you mean "
                       "limits.connections_per_user?"});
}

TEST_F(Refusals, ListTheKeysWhenNoneIsNear) {
    EXPECT_EQ(problems_in("socket: {owner: root}\n"),
              Messages{"FILE:1:10: socket.owner: unknown key; known are socket.path, socket.mode, "
                       "socket.group"});
}

TEST_F(Refusals, NameTheNearestSection) {
    EXPECT_EQ(problems_in("databse: {path: 7}\n"),
              Messages{"FILE:1:1: databse: unknown section; did you mean database?"});
}

TEST_F(Refusals, TellHowAFullNameIsWritten) {
    EXPECT_EQ(problems_in("log.level: debug\n"),
              Messages{"FILE:1:1: log.level: unknown section; write level: in the section log: "
                       "instead"});
}

TEST_F(Refusals, CoverKeysAndSectionsGivenTwice) {
    EXPECT_EQ(problems_in("log:\n  level: info\n  level: debug\nlog: {}\n"),
              (Messages{"FILE:3:3: log.level: given twice: first in line 2",
                        "FILE:4:1: log: given twice: first in line 1"}));
}

TEST_F(Refusals, CheckBothOfAKeyGivenTwice) {
    EXPECT_EQ(problems_in("log: {level: loud}\nlog: {level: silent}\n"),
              (Messages{"FILE:1:14: log.level: expected trace, debug, info, warning or error, got "
                        "\"loud\"",
                        "FILE:2:1: log: given twice: first in line 1",
                        "FILE:2:14: log.level: expected trace, debug, info, warning or error, got "
                        "\"silent\""}));
}

TEST_F(Refusals, CoverNumbersWithoutUnits) {
    EXPECT_EQ(
        problems_in("deadlines: {read: 10}\nwriter: {queue_bytes: 67108864}\n"),
        (Messages{"FILE:1:19: deadlines.read: needs a unit: ms, s, m, h or d, such as 30s; got "
                  "\"10\"",
                  "FILE:2:23: writer.queue_bytes: needs a unit: B, KB, MB, GB, KiB, MiB or GiB, "
                  "such as 64MiB; got \"67108864\""}));
}

TEST_F(Refusals, CoverUnitsOfAnotherType) {
    EXPECT_EQ(
        problems_in("deadlines: {read: 10MiB}\n"),
        Messages{"FILE:1:19: deadlines.read: unknown unit \"MiB\", expected ms, s, m, h or d"});
    EXPECT_EQ(problems_in("limits: {connections: 10s}\n"),
              Messages{"FILE:1:23: limits.connections: expected a whole number, got \"10s\""});
}

TEST_F(Refusals, CoverBounds) {
    EXPECT_EQ(problems_in("readers: {count: 1, max_age: 8d}\n"
                          "limits: {calls_in_flight: 65, frame: 17MiB, connections: -3}\n"),
              (Messages{"FILE:1:18: readers.count: must be 2 to 64, is 1",
                        "FILE:1:30: readers.max_age: must be 100ms to 7d, is 8d",
                        "FILE:2:27: limits.calls_in_flight: must be 1 to 64, is 65",
                        "FILE:2:38: limits.frame: must be 64KiB to 16MiB, is 17MiB",
                        "FILE:2:58: limits.connections: must be 1 to 65536, is -3"}));
}

TEST_F(Refusals, CoverNumbersBeyondEveryInteger) {
    EXPECT_EQ(problems_in("readers: {count: 18446744073709551620}\n"),
              Messages{"FILE:1:18: readers.count: must be 2 to 64, is 18446744073709551620"});
}

TEST_F(Refusals, CoverPathsThatDoNotFit) {
    EXPECT_EQ(problems_in("socket: {path: " + std::string(108, 's') + "}\n"),
              Messages{"FILE:1:16: socket.path: must be 1 to 107 bytes, is 108"});
    EXPECT_EQ(problems_in("database: {path: ''}\n"),
              Messages{"FILE:1:18: database.path: must be 1 to 500 bytes, is 0"});
}

TEST_F(Refusals, CoverPathsThatYamlReadsAsSomethingElse) {
    for (const std::string text : {"true", "No", "7", "1.5", "0x1f", "-1"}) {
        EXPECT_EQ(problems_in("socket: {path: " + text + "}\n"),
                  Messages{"FILE:1:16: socket.path: expected a path, got \"" + text +
                           "\"; a path of that name needs quotes"});
    }
}

TEST_F(Refusals, CoverControlCharactersThatAreEscaped) {
    EXPECT_EQ(problems_in("socket: {path: \"/a\\0b\"}\n"),
              Messages{"FILE:1:16: socket.path: holds the control character 0x00"});
}

TEST_F(Refusals, CoverModesWithoutQuotes) {
    EXPECT_EQ(problems_in("socket: {mode: 0660}\n"),
              Messages{"FILE:1:16: socket.mode: a mode needs quotes: without them YAML may read a "
                       "number of another value; got \"0660\""});
}

TEST_F(Refusals, CoverModesThatAllowTooMuchOrTooLittle) {
    for (const std::string mode : {"0770", "0667", "0610", "0460", "0000"}) {
        EXPECT_EQ(problems_in("socket: {mode: '" + mode + "'}\n"),
                  Messages{"FILE:1:16: socket.mode: must be \"0600\" to \"0666\", without execute "
                           "bits, is \"" +
                           mode + "\""});
    }
}

TEST_F(Refusals, CoverNumbersInQuotes) {
    EXPECT_EQ(
        problems_in("readers: {count: '4'}\n"),
        Messages{"FILE:1:18: readers.count: expected a whole number without quotes, got \"4\""});
}

TEST_F(Refusals, CoverLevelsOfOtherSpelling) {
    for (const std::string level : {"INFO", "warn", "3", "''"}) {
        EXPECT_EQ(problems_in("log: {level: " + level + "}\n").size(), 1U) << level;
    }
}

TEST_F(Refusals, CoverSwitchesOfOtherSpelling) {
    for (const std::string text : {"True", "yes", "on", "1", "'true'", "''"}) {
        EXPECT_EQ(problems_in("jobs: {orphan_repair: " + text + "}\n").size(), 1U) << text;
    }
}

TEST_F(Refusals, CoverValuesOfAnotherShape) {
    EXPECT_EQ(
        problems_in("log: {level: [info]}\nreaders: {count: {a: 1}}\naccess: {read: user:a}\n"),
        (Messages{"FILE:1:14: log.level: expected a level, got a list",
                  "FILE:2:18: readers.count: expected a whole number, got a mapping",
                  "FILE:3:16: access.read: expected a list, got a text"}));
}

TEST_F(Refusals, CoverKeysWithoutValue) {
    EXPECT_EQ(problems_in("log:\n  level: ~\naccess:\n  read: null\n"),
              (Messages{"FILE:2:10: log.level: has no value",
                        "FILE:4:9: access.read: has no value; an empty list is []"}));
}

TEST_F(Refusals, CoverSectionsThatAreNone) {
    EXPECT_EQ(problems_in("log: debug\nsocket: [path]\n"),
              (Messages{"FILE:1:6: log: expected keys below the section",
                        "FILE:2:9: socket: expected keys below the section"}));
}

TEST_F(Refusals, CoverRootsThatAreNoMapping) {
    for (const std::string text : {"- a\n", "[]\n", "text\n", "'text'\n"}) {
        EXPECT_EQ(problems_in(text),
                  Messages{"FILE:1:1: expected sections such as \"log:\" at the top level"});
    }
}

TEST_F(Refusals, CoverEachEntryOfAList) {
    EXPECT_EQ(problems_in("access:\n  admin:\n    - user:ok\n    - user: ok\n    - root\n"
                          "    - group:\n    - user:4294967295\n    - user:ok\n    - group:a b\n"),
              (Messages{"FILE:4:7: access.admin: expected an entry such as user:backup, without a "
                        "space after the colon",
                        "FILE:5:7: access.admin: expected \"user:\" or \"group:\" and a name or a "
                        "number, got \"root\"",
                        "FILE:6:7: access.admin: expected an entry such as user:backup, without a "
                        "space after the colon",
                        "FILE:7:7: access.admin: no user or group has the number \"4294967295\"",
                        "FILE:8:7: access.admin: \"user:ok\" is listed twice",
                        "FILE:9:7: access.admin: expected a name or a number, got \"a b\""}));
}

TEST_F(Refusals, CoverListsThatAreTooLong) {
    std::string entries;
    for (int i = 0; i < 257; ++i) {
        entries += (i == 0 ? "user:" : ", user:") + std::to_string(i);
    }
    EXPECT_EQ(problems_in("access: {read: [" + entries + "]}\n"),
              Messages{"FILE:1:16: access.read: must be 0 to 256 entries, is 257"});
}

TEST_F(Refusals, CoverGroupsThatAreNoName) {
    EXPECT_EQ(problems_in("socket: {group: 'a:b'}\n"),
              Messages{"FILE:1:17: socket.group: expected a name or a number, got \"a:b\""});
}

TEST_F(Refusals, CoverAnchorsAliasesTagsAndMergeKeys) {
    EXPECT_EQ(problems_in("log: &l {level: &d debug}\nsocket: {path: *d, mode: ! 0660}\n"
                          "access: {<<: *l}\n"),
              (Messages{"FILE:1:6: log: anchors are not allowed",
                        "FILE:1:17: log.level: anchors are not allowed",
                        "FILE:2:16: socket.path: aliases are not allowed",
                        "FILE:2:26: socket.mode: tags are not allowed",
                        "FILE:3:10: access.<<: merge keys are not allowed",
                        "FILE:3:14: access.<<: aliases are not allowed"}));
}

TEST_F(Refusals, CoverDepthAndFurtherDocuments) {
    EXPECT_EQ(problems_in("access:\n  read: " + std::string(20, '[') + std::string(20, ']') +
                          "\n---\nlog: {level: loud}\n"),
              (Messages{"FILE:2:10: access.read: expected an entry such as user:backup, without a "
                        "space after the colon",
                        "FILE:2:23: access.read: nested deeper than 16 levels",
                        "FILE:3:1: a second document starts here: a file holds one"}));
}

TEST_F(Refusals, CoverLimitsThatContradictEachOther) {
    EXPECT_EQ(
        problems_in("database: {wal_limit: 16MiB}\n"),
        Messages{"FILE:1: database.wal_limit: is 16MiB, must be at least "
                 "database.checkpoint_at, 128MiB (default): the log would be full before it is "
                 "ever checkpointed"});
}

TEST_F(Refusals, NameTheLimitThatWasSet) {
    write("");
    set("CATALOGD_DATABASE__CHECKPOINT_AT", "1GiB");
    EXPECT_EQ(
        problems(),
        Messages{"environment CATALOGD_DATABASE__CHECKPOINT_AT: database.checkpoint_at: is "
                 "1GiB, must be at most database.wal_limit, 256MiB (default): the log would be "
                 "full before it is ever checkpointed"});
}

TEST_F(Refusals, CompareNoLimitThatIsRefusedItself) {
    EXPECT_EQ(problems_in("database: {wal_limit: 1MiB, checkpoint_at: 64}\n").size(), 1U);
}

}  // namespace
}  // namespace catalogd::config
