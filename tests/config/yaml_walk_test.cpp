#include "config/yaml_walk.h"

#include <gtest/gtest.h>

namespace catalogd::config {
namespace {

using Kind = Node::Kind;
using Faults = std::vector<std::string>;

Faults faults(std::string_view text) {
    Faults lines;
    for (const Fault& fault : walk(text).faults) {
        lines.push_back(std::to_string(fault.at.line) + ":" + std::to_string(fault.at.column) +
                        ": " + fault.key + ": " + fault.reason);
    }
    return lines;
}

Node value_of(std::string_view text) {
    return walk(text).root.members.at(0).value;
}

std::string nested(std::size_t depth) {
    return "a: " + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "\n";
}

TEST(YamlWalk, TellsQuotedFromPlain) {
    EXPECT_EQ(value_of("a: 0660").kind, Kind::Plain);
    EXPECT_EQ(value_of("a: '0660'").kind, Kind::Quoted);
    EXPECT_EQ(value_of("a: \"0660\"").kind, Kind::Quoted);
    EXPECT_EQ(value_of("a: |\n  0660\n").kind, Kind::Quoted);
}

TEST(YamlWalk, KeepsEveryPlainScalarAsText) {
    EXPECT_EQ(value_of("a: yes").text, "yes");
    EXPECT_EQ(value_of("a: 0x1F").text, "0x1F");
    EXPECT_EQ(value_of("a: 010").text, "010");
}

TEST(YamlWalk, KnowsWhereAValueStands) {
    const Node root = walk("first: 1\nlog:\n  level: info\n").root;
    EXPECT_EQ(root.members.at(1).key.at, (Position{2, 1}));
    EXPECT_EQ(root.members.at(1).value.members.at(0).key.at, (Position{3, 3}));
    EXPECT_EQ(root.members.at(1).value.members.at(0).value.at, (Position{3, 10}));
}

TEST(YamlWalk, ReadsNothingAsNull) {
    EXPECT_EQ(walk("").root.kind, Kind::Null);
    EXPECT_EQ(walk("# only a comment\n").root.kind, Kind::Null);
    EXPECT_EQ(walk("---\n...\n").root.kind, Kind::Null);
    EXPECT_EQ(value_of("a:\n").kind, Kind::Null);
    EXPECT_EQ(value_of("a: ~\n").kind, Kind::Null);
}

TEST(YamlWalk, ShowsTheBytesThatItsParserQuotes) {
    const std::string half = "1:7: a: not YAML: unknown escape character: \\xc3; ";
    EXPECT_EQ(faults("a: \"\\\xC3\xA9\""), Faults{half + "nothing after this was checked"});
    const std::string end = "1:7: a: not YAML: unknown escape character: \\x04; ";
    EXPECT_EQ(faults("a: \"\\"), Faults{end + "nothing after this was checked"});
}

TEST(YamlWalk, RefusesDuplicateKeysAndKeepsBoth) {
    EXPECT_EQ(faults("a: 1\nb: 2\na: 3\n"), Faults{"3:1: a: given twice: first in line 1"});
    EXPECT_EQ(faults("s:\n  a: 1\n  'a': 3\n"), Faults{"3:3: s.a: given twice: first in line 2"});
    EXPECT_EQ(walk("a: 1\na: 3\n").root.members.size(), 2U);
}

TEST(YamlWalk, TakesTheSameKeyInTwoSections) {
    EXPECT_EQ(faults("a:\n  x: 1\nb:\n  x: 1\n"), Faults{});
}

TEST(YamlWalk, RefusesAnchorsAndAliasesWhereTheyStand) {
    EXPECT_EQ(faults("a: &x 1\nb: *x\n"),
              (Faults{"1:4: a: anchors are not allowed", "2:4: b: aliases are not allowed"}));
    EXPECT_EQ(faults("a: &x [1]\n"), Faults{"1:4: a: anchors are not allowed"});
    EXPECT_EQ(faults("a: &x\n  b: 1\n"), Faults{"1:4: a: anchors are not allowed"});
    EXPECT_EQ(faults("&x a: 1\n").size(), 1U);
    EXPECT_EQ(faults("a: &x\n").size(), 1U);
}

TEST(YamlWalk, RefusesAliasesOfNothing) {
    EXPECT_EQ(faults("a: *x\n"),
              Faults{"1:4: a: aliases are not allowed; nothing after this was checked"});
}

TEST(YamlWalk, RefusesAliasesAsKeys) {
    EXPECT_EQ(faults("a: &x b\n*x : 1\n"),
              (Faults{"1:4: a: anchors are not allowed", "2:1: : aliases are not allowed"}));
}

TEST(YamlWalk, RefusesMergeKeys) {
    EXPECT_EQ(faults("a:\n  <<: {b: 1}\n"), Faults{"2:3: a.<<: merge keys are not allowed"});
    EXPECT_TRUE(walk("<<: {b: 1}\n").root.members.empty());
}

TEST(YamlWalk, RefusesTags) {
    for (const std::string value : {"!!str 1", "!x 1", "! 1", "!<tag:a,2000:b> 1", "!!seq [1]",
                                    "! [1]", "!!map {b: 1}", "!!str", "!!null"}) {
        EXPECT_EQ(faults("a: " + value + "\n"), Faults{"1:4: a: tags are not allowed"}) << value;
    }
}

TEST(YamlWalk, RefusesKeysThatAreNotNames) {
    EXPECT_EQ(faults("[a]: 1\n"), Faults{"1:1: : a key must be a name"});
    EXPECT_EQ(faults("s:\n  ? {a: 1}\n  : 1\n"), Faults{"2:5: s: a key must be a name"});
    EXPECT_EQ(faults("~: 1\n"), Faults{"1:1: : a key must be a name"});
}

TEST(YamlWalk, RefusesNestingBelowSixteenLevels) {
    EXPECT_EQ(faults(nested(16)), Faults{});
    EXPECT_EQ(faults(nested(17)), Faults{"1:19: a: nested deeper than 16 levels"});
    EXPECT_EQ(faults(nested(300)), Faults{"1:19: a: nested deeper than 16 levels"});
}

TEST(YamlWalk, GoesOnAfterWhatIsTooDeep) {
    EXPECT_EQ(faults(nested(40) + "a: 1\n"), (Faults{"1:19: a: nested deeper than 16 levels",
                                                     "2:1: a: given twice: first in line 1"}));
}

TEST(YamlWalk, RefusesASecondDocument) {
    EXPECT_EQ(faults("a: 1\n---\nb: *nothing\n---\n").at(0),
              "2:1: : a second document starts here: a file holds one");
    EXPECT_EQ(walk("a: 1\n---\nb: 2\n").root.members.size(), 1U);
}

TEST(YamlWalk, KeepsWhatItReadBeforeASyntaxError) {
    const Walked walked = walk("s:\n  a: 1\n  b: [1, 2\nc: 3\n");
    ASSERT_EQ(walked.faults.size(), 1U);
    EXPECT_TRUE(walked.faults[0].reason.starts_with("not YAML: "));
    EXPECT_TRUE(walked.faults[0].reason.ends_with("; nothing after this was checked"));
    EXPECT_EQ(walked.root.members.at(0).value.members.at(0).value.text, "1");
}

TEST(YamlWalk, SurvivesAMebibyteOfAnyBracket) {
    for (const std::string piece : {"[", "{", "- ", "? ", "a: ", "[{", "{? ", "&a ", "!a "}) {
        std::string text;
        while (text.size() < 1024U * 1024U) {
            text += piece;
        }
        EXPECT_FALSE(walk(text).faults.empty()) << piece;
    }
}

}  // namespace
}  // namespace catalogd::config
