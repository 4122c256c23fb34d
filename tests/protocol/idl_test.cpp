#include "tests/protocol/idl.h"

#include <gmock/gmock.h>

#include "protocol/interfaces.h"

namespace catalogd::protocol::idl {
namespace {

using testing::ElementsAre;

constexpr std::string_view sample = R"(# What it is for,
# in two lines.
interface com.example.sample

# Of nothing: an empty line follows.

type Box (
  # Outside.
  width: int,
  label: ?string,
  parts: []Box,
  notes: ?[string]string,
  colour: ?(red, green)
)

# Opens it.
#   key  which one
method Open(key: ?[]string) -> (box: Box, weight: float, wet: bool, more: ?object)

method Close() -> ()

error Jammed (box: Box)
)";

MATCHER_P(Named, name, "") {
    return arg.name == name;
}

TEST(Idl, KeepsTheCommentRightAboveEachMember) {
    const Interface interface = parse(sample);
    EXPECT_EQ(interface.comment, "What it is for,\nin two lines.");
    EXPECT_EQ(interface.type("Box")->comment, "");
    EXPECT_EQ(interface.type("Box")->type.fields.at(0).comment, "Outside.");
    EXPECT_EQ(interface.method("Open")->comment, "Opens it.\n  key  which one");
    EXPECT_EQ(interface.method("Close")->comment, "");
}

TEST(Idl, ReadsEveryMemberInItsOrder) {
    const Interface interface = parse(sample);
    EXPECT_EQ(interface.name, "com.example.sample");
    EXPECT_THAT(interface.types, ElementsAre(Named("Box")));
    EXPECT_THAT(interface.methods, ElementsAre(Named("Open"), Named("Close")));
    EXPECT_THAT(interface.errors, ElementsAre(Named("Jammed")));
    EXPECT_THAT(interface.method("Open")->reply,
                ElementsAre(Named("box"), Named("weight"), Named("wet"), Named("more")));
    EXPECT_TRUE(interface.method("Close")->reply.empty());
}

TEST(Idl, TellsTypesApart) {
    const Interface interface = parse(sample);
    const auto& fields = interface.type("Box")->type.fields;
    EXPECT_EQ(fields.at(0).type.kind, Type::Kind::integer);
    EXPECT_FALSE(fields.at(0).type.nullable);
    EXPECT_TRUE(fields.at(1).type.nullable);
    EXPECT_EQ(fields.at(2).type.kind, Type::Kind::array);
    EXPECT_EQ(fields.at(2).type.element.at(0).name, "Box");
    EXPECT_EQ(fields.at(3).type.kind, Type::Kind::dictionary);
    EXPECT_THAT(fields.at(4).type.enumerators, ElementsAre("red", "green"));
}

TEST(Idl, RefusesWhatTheGrammarDoesNotAllow) {
    for (const char* text :
         {"", "interface", "interfaces a.b", "interface a.b method Get()", "interface a.b type T",
          "interface a.b method get() -> ()", "interface a.b type T (Name: string)",
          "interface a.b type T (name: text)", "interface a.b type T (name: string",
          "interface a.b type T (name: string, other)", "interface a.b method Get(a, b) -> ()",
          "interface a.b error E () error E ()", "interface a.b event E ()"}) {
        EXPECT_THROW(parse(text), SyntaxError) << text;
    }
}

TEST(Idl, ReadsEveryInterfaceOfTheContract) {
    ASSERT_EQ(interfaces().front().first, "org.varlink.service");
    for (const auto& [name, text] : interfaces()) {
        const Interface interface = parse(text);
        EXPECT_EQ(interface.name, name);
        EXPECT_FALSE(interface.comment.empty()) << name;
        EXPECT_FALSE(interface.methods.empty()) << name;
    }
}

}  // namespace
}  // namespace catalogd::protocol::idl
