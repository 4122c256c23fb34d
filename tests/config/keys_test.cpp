#include "config/keys.h"

#include <gtest/gtest.h>

#include <set>

#include "config/values.h"
#include "config/written.h"

namespace catalogd::config {
namespace {

TEST(Keys, HaveNamesOfTheirOwn) {
    std::set<std::string> names;
    for (const Key& key : keys()) {
        EXPECT_TRUE(names.insert(key.full_name()).second) << key.full_name();
    }
}

TEST(Keys, OfOneSectionStandTogether) {
    const auto all = sections();
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), all.size());
}

TEST(Keys, AreNamedInLowerCaseWithoutUnits) {
    for (const Key& key : keys()) {
        const std::string name = std::string(key.section) + std::string(key.name);
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos) << name;
        EXPECT_EQ(name.find("__"), std::string::npos) << name;
    }
}

TEST(Keys, HaveVariablesInUpperCase) {
    EXPECT_EQ(find_key("log.level")->environment(), "CATALOGD_LOG__LEVEL");
    EXPECT_EQ(find_key("database.key_file")->environment(), "CATALOGD_DATABASE__KEY_FILE");
}

TEST(Keys, HaveDefaultsThatAreAllowed) {
    for (const Key& key : keys()) {
        Config config;
        EXPECT_TRUE(assign(key, outside_value(key, key.fallback), config).empty())
            << key.full_name();
    }
}

TEST(Keys, HaveDefaultsInTheFormInWhichValuesAreShown) {
    for (const Key& key : keys()) {
        if (key.type() == Type::Size || key.type() == Type::Duration) {
            EXPECT_EQ(written_fallback(key), key.fallback) << key.full_name();
        }
    }
}

TEST(Keys, HaveASentenceThatEndsAsOne) {
    for (const Key& key : keys()) {
        EXPECT_TRUE(key.sentence.size() > 20 && key.sentence.ends_with('.')) << key.full_name();
        EXPECT_EQ(key.sentence.find_first_of("|\n"), std::string::npos) << key.full_name();
    }
}

TEST(Keys, EachLandInAMemberOfTheirOwn) {
    Config config;
    std::set<const void*> places;
    for (const Key& key : keys()) {
        const void* place = std::visit(
            [&](const auto& slot) -> const void* { return &slot.in(config); }, key.field);
        EXPECT_TRUE(places.insert(place).second) << key.full_name();
    }
}

TEST(Keys, HaveTheTypeOfTheirSlot) {
    EXPECT_EQ(find_key("database.path")->type(), Type::Path);
    EXPECT_EQ(find_key("socket.mode")->type(), Type::Mode);
    EXPECT_EQ(find_key("limits.frame")->type(), Type::Size);
    EXPECT_EQ(find_key("readers.max_age")->type(), Type::Duration);
    EXPECT_EQ(find_key("access.admin")->type(), Type::Principals);
}

TEST(Rules, ComparePairsOfSizes) {
    for (const AtLeast& rule : rules()) {
        for (const std::string_view name : {rule.larger, rule.smaller}) {
            ASSERT_NE(find_key(name), nullptr) << name;
            EXPECT_EQ(find_key(name)->type(), Type::Size) << name;
        }
    }
}

}  // namespace
}  // namespace catalogd::config
