// The lines that have an identifier, against the page that explains them to an operator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "actors/log_fields.h"

namespace catalogd::daemon {
namespace {

std::multiset<std::string> explained() {
    std::multiset<std::string> identifiers;
    std::ifstream catalog(CATALOGD_SOURCE_DIR "/systemd/catalogd.catalog");
    for (std::string line; std::getline(catalog, line);) {
        if (line.starts_with("-- ")) {
            identifiers.insert(line.substr(3));
        }
    }
    return identifiers;
}

TEST(LogMessages, AreEachExplainedOnce) {
    EXPECT_THAT(explained(), testing::UnorderedElementsAreArray(actors::log_message::all));
}

TEST(LogFields, EndWithTheirScope) {
    const actors::LogField outer("A", "1");
    {
        const actors::LogField inner("B", "2");
        EXPECT_EQ(actors::LogField::innermost()->value(), "2");
        EXPECT_EQ(actors::LogField::innermost()->around()->value(), "1");
    }
    EXPECT_EQ(actors::LogField::innermost(), &outer);
}

}  // namespace
}  // namespace catalogd::daemon
