#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

class RefusedSources : public ConfigFile {};

TEST_F(RefusedSources, CoverVariablesThatAreNoKeys) {
    set("CATALOGD_LOG__LEVLE", "info");
    set("CATALOGD_NOTHING__OF_OURS", "1");
    EXPECT_EQ(problems(),
              (Messages{"environment CATALOGD_LOG__LEVLE: log.levle: unknown key; did "
                        "you mean CATALOGD_LOG__LEVEL?",
                        "environment CATALOGD_NOTHING__OF_OURS: nothing.of_ours: unknown "
                        "key"}));
}

TEST_F(RefusedSources, CoverValuesOfVariablesAndFlags) {
    set("CATALOGD_LOG__LEVEL", "");
    set("CATALOGD_ACCESS__READ", "user:a,,b");
    pass("--socket", "socket.path", "");
    EXPECT_EQ(problems(),
              (Messages{"environment CATALOGD_ACCESS__READ: access.read: expected \"user:\" or "
                        "\"group:\" and a name or a number, got \"\"",
                        "environment CATALOGD_ACCESS__READ: access.read: expected \"user:\" or "
                        "\"group:\" and a name or a number, got \"b\"",
                        "environment CATALOGD_LOG__LEVEL: log.level: expected trace, debug, info, "
                        "warning or error, got \"\"",
                        "flag --socket: socket.path: must be 1 to 107 bytes, is 0"}));
}

TEST_F(RefusedSources, CoverAStateDirectoryThatIsTooLong) {
    set("STATE_DIRECTORY", "/" + std::string(500, 'd'));
    EXPECT_EQ(
        problems(),
        Messages{"environment STATE_DIRECTORY: database.path: must be 1 to 500 bytes, is 512"});
}

TEST_F(RefusedSources, OfEverySourceComeInOneRun) {
    write("log: {level: loud}\nreaders: {count: 1}\nsokcet: {}\nlog: {}\nwriter: {batch: [\n");
    set("CATALOGD_LIMITS__FRAME", "16");
    pass("--database", "database.path", "");
    const Messages lines = problems();
    ASSERT_EQ(lines.size(), 8U);
    EXPECT_TRUE(lines[0].starts_with("FILE:1:14: log.level: expected trace"));
    EXPECT_EQ(lines[1], "FILE:2:18: readers.count: must be 2 to 64, is 1");
    EXPECT_EQ(lines[2], "FILE:3:1: sokcet: unknown section; did you mean socket?");
    EXPECT_EQ(lines[3], "FILE:4:1: log: given twice: first in line 1");
    EXPECT_EQ(lines[4], "FILE:5:17: writer.batch: expected a whole number, got a list");
    EXPECT_TRUE(lines[5].starts_with("FILE:6:1: writer.batch: not YAML: "));
    EXPECT_TRUE(lines[6].starts_with("environment CATALOGD_LIMITS__FRAME: limits.frame: needs"));
    EXPECT_TRUE(lines[7].starts_with("flag --database: database.path: must be 1"));
}

TEST_F(RefusedSources, CoverFilesThatCannotBeRead) {
    sources_.file = "/nonexistent/catalogd.yaml";
    EXPECT_EQ(problems(),
              Messages{"/nonexistent/catalogd.yaml: cannot be read: No such file or directory"});
    sources_.file = "/";
    EXPECT_EQ(problems(), Messages{"/: cannot be read: Is a directory"});
}

TEST_F(RefusedSources, CoverFilesThatAreTooLarge) {
    const std::string comment = "#" + std::string(1024 * 1024 - 2, ' ') + "\n";
    EXPECT_EQ(problems_in(comment), Messages{});
    EXPECT_EQ(problems_in(comment + "\n"), Messages{"FILE: larger than 1MiB"});
    sources_.file = "/dev/zero";
    EXPECT_EQ(problems(), Messages{"/dev/zero: larger than 1MiB"});
}

TEST_F(RefusedSources, CoverFilesThatAreNoText) {
    EXPECT_EQ(problems_in("log:\n  level: \x04\n"),
              Messages{"FILE:2:10: holds the control character 0x04"});
    EXPECT_EQ(problems_in("# caf\xe9\n"), Messages{"FILE:1:6: is not UTF-8: byte 0xe9"});
    EXPECT_EQ(problems_in(std::string_view("\xff\xfel\0", 4)),
              Messages{"FILE:1:1: is not UTF-8: byte 0xff"});
}

TEST_F(RefusedSources, AreMarkedPastAByteOrderMark) {
    EXPECT_EQ(problems_in("\xef\xbb\xbfsocket: {mode: ! 0660}\n"),
              Messages{"FILE:1:16: socket.mode: tags are not allowed"});
}

TEST_F(RefusedSources, ShowForeignBytesAsTheyAre) {
    set("CATALOGD_LOG__LEVEL", "a\xff\n\"" + std::string(100, 'x'));
    const std::string line = problems().at(0);
    EXPECT_NE(line.find("got \"a\\xff\\x0a\""), std::string::npos) << line;
    EXPECT_TRUE(line.ends_with("...\"")) << line;
}

}  // namespace
}  // namespace catalogd::config
