// What the catalog keeps: over the defaults, under everything else, and never in the way of a
// start.
#include "config/overlay.h"

#include <gmock/gmock.h>

#include <random>

#include "config/written.h"
#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OverlayTest : public ConfigFile {
protected:
    Overlaid laid(const Stored& stored) const { return overlay(loaded(), stored, judge_); }
    Config config_with(const Stored& stored) const { return laid(stored).loaded.config; }
    std::string origin_with(const Stored& stored, std::string_view key) const {
        return named(laid(stored).loaded.origin(*find_key(key)).where);
    }
    Messages passed_over(const Stored& stored) const {
        Messages lines;
        for (const Problem& problem : laid(stored).passed_over) {
            lines.push_back(named(problem.text()));
        }
        return lines;
    }

    Judge judge_ = [](const Key&, const Config&) { return std::nullopt; };
};

TEST_F(OverlayTest, OfNothingChangesNothing) {
    write("log: {level: debug}\n");
    EXPECT_EQ(config_with({}), config());
    EXPECT_THAT(passed_over({}), IsEmpty());
}

TEST_F(OverlayTest, GoesOverTheDefault) {
    EXPECT_EQ(config_with({{"log.level", "debug"}}).log.level, Level::Debug);
    EXPECT_EQ(origin_with({{"log.level", "debug"}}, "log.level"), "catalog");
    EXPECT_EQ(origin_with({{"log.level", "debug"}}, "writer.batch"), "default");
}

TEST_F(OverlayTest, GoesUnderFileEnvironmentAndFlag) {
    write("\nlog: {level: error}\n");
    set("CATALOGD_WRITER__BATCH", "7");
    pass("--batch", "readers.queue", "8");
    const Stored stored{{"log.level", "debug"}, {"writer.batch", "1"}, {"readers.queue", "1"}};
    EXPECT_EQ(config_with(stored), config());
    EXPECT_EQ(origin_with(stored, "log.level"), "FILE:2");
    EXPECT_THAT(passed_over(stored), IsEmpty());
}

TEST_F(OverlayTest, ComesBackWhenTheFileSaysNothingMore) {
    const Stored stored{{"log.level", "debug"}};
    write("log: {level: error}\n");
    EXPECT_EQ(config_with(stored).log.level, Level::Error);
    write("log: {}\n");
    EXPECT_EQ(config_with(stored).log.level, Level::Debug);
}

TEST_F(OverlayTest, TakesEveryValueThatWrittenGives) {
    Config changed = defaults();
    changed.access.read = {"user:DOM\\me", "group:a@b"};
    changed.readers.max_age = std::chrono::milliseconds(1500);
    changed.writer.queue_bytes = 20'000'001;
    changed.log.level = Level::Trace;
    Stored stored;
    for (const Key* key : differences(changed, defaults())) {
        stored[key->full_name()] = written(*key, changed);
    }
    EXPECT_EQ(config_with(stored), changed);
}

TEST_F(OverlayTest, TakesAListAsAVariableHasIt) {
    EXPECT_THAT(config_with({{"access.read", "user:a,group:b"}}).access.read,
                ElementsAre("user:a", "group:b"));
    EXPECT_THAT(config_with({{"access.read", "[]"}}).access.read, IsEmpty());
    EXPECT_THAT(passed_over({{"access.read", "user:a,"}}), ElementsAre(HasSubstr("access.read: ")));
}

TEST_F(OverlayTest, PassesOverWhatTheFileWouldRefuse) {
    const Stored refused{{"access.read", "[user:a, user:a]"},
                         {"access.write", "user: a"},
                         {"deadlines.read", "10"},
                         {"limits.frame", "17MiB"},
                         {"log.level", "loud"},
                         {"readers.count", "1"},
                         {"search.backlog", "\"4096\""},
                         {"shutdown.grace", "-1s"},
                         {"writer.batch", "0x10"},
                         {"writer.queue", "&a 1"},
                         {"readers.queue", ""},
                         {"writer.queue_bytes", "{}"},
                         {"retention.requests", "1h\n"},
                         {"deadlines.write", "\xff"},
                         {"limits.connections", "!!int 4"}};
    EXPECT_EQ(config_with(refused), defaults());
    EXPECT_EQ(passed_over(refused).size(), refused.size());
    for (const auto& [name, value] : refused) {
        EXPECT_EQ(origin_with(refused, name), "default");
    }
}

TEST_F(OverlayTest, SaysWhatIsWrongAsTheFileWould) {
    EXPECT_THAT(passed_over({{"readers.count", "1"}}),
                ElementsAre("catalog: readers.count: must be 2 to 64, is 1"));
}

TEST_F(OverlayTest, PassesOverKeysOfAnotherProgram) {
    EXPECT_THAT(passed_over({{"moon.phase", "full"}, {"log", "x"}, {"\x1b[31m", "x"}}),
                ElementsAre("catalog: \\x1b[31m: unknown key", "catalog: log: unknown key",
                            "catalog: moon.phase: unknown key"));
}

TEST_F(OverlayTest, PassesOverWhatIsNeededBeforeTheCatalogIsOpen) {
    const Stored stored{{"database.path", "/elsewhere"}, {"socket.mode", "\"0600\""}};
    EXPECT_EQ(config_with(stored), defaults());
    EXPECT_EQ(passed_over(stored).size(), 2U);
}

TEST_F(OverlayTest, PassesOverWhatTheJudgeRefuses) {
    judge_ = [](const Key& key, const Config&) {
        return key.name == "write" ? std::optional<std::string>("nobody knows her") : std::nullopt;
    };
    const Stored stored{{"access.read", "user:a"}, {"access.write", "user:b"}};
    EXPECT_EQ(config_with(stored).access.write, defaults().access.write);
    EXPECT_THAT(config_with(stored).access.read, ElementsAre("user:a"));
    EXPECT_THAT(passed_over(stored), ElementsAre("catalog: access.write: nobody knows her"));
}

TEST_F(OverlayTest, PassesOverWhatContradictsTheFile) {
    write("limits: {frame: 2MiB}\n");
    const Stored stored{{"log.level", "debug"}, {"writer.queue_bytes", "1MiB"}};
    EXPECT_EQ(config_with(stored).writer.queue_bytes, defaults().writer.queue_bytes);
    EXPECT_EQ(config_with(stored).log.level, Level::Debug);
    EXPECT_THAT(passed_over(stored),
                ElementsAre(HasSubstr("writer.queue_bytes: is 1MiB, must be "
                                      "at least limits.frame, 2MiB (FILE:1)")));
}

TEST_F(OverlayTest, PassesOverTwoThatContradictEachOther) {
    const Stored stored{{"database.checkpoint_at", "2GiB"}, {"database.wal_limit", "1GiB"}};
    EXPECT_EQ(config_with(stored), defaults());
    EXPECT_EQ(passed_over(stored).size(), 1U);
}

TEST_F(OverlayTest, TakesTwoThatOnlyTogetherAreRight) {
    const Stored stored{{"database.checkpoint_at", "1GiB"}, {"database.wal_limit", "2GiB"}};
    EXPECT_EQ(config_with(stored).database.checkpoint_at, std::int64_t{1} << 30);
    EXPECT_THAT(passed_over(stored), IsEmpty());
}

TEST_F(OverlayTest, WithstandsRandomNamesAndValues) {
    std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same ones each time
    for (int round = 0; round < 2'000; ++round) {
        Stored stored;
        for (const Key& key : {keys()[random() % keys().size()], keys().back()}) {
            std::string text(random() % 20, ' ');
            std::ranges::generate(text,
                                  [&] { return "[]{}&*!:,-\"'#01aKiB\n\t\xff\0"[random() % 24]; });
            stored[random() % 4 == 0 ? text : key.full_name()] = text;
        }
        const Overlaid result = laid(stored);
        EXPECT_LE(result.passed_over.size(), stored.size());
    }
}

TEST(Differences, AreTheKeysWithAnotherValue) {
    Config changed = defaults();
    EXPECT_THAT(differences(changed, defaults()), IsEmpty());
    changed.log.level = Level::Error;
    changed.access.admin = {"user:a"};
    EXPECT_THAT(differences(defaults(), changed),
                ElementsAre(find_key("access.admin"), find_key("log.level")));
    copy_value(*find_key("log.level"), defaults(), changed);
    EXPECT_THAT(differences(defaults(), changed), ElementsAre(find_key("access.admin")));
}

}  // namespace
}  // namespace catalogd::config
