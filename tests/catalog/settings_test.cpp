#include "catalog/settings.h"

#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class SettingsTest : public CatalogFixture {
protected:
    void keep(const std::string& name, const std::optional<std::string>& value) {
        commit([&](WriteTransaction& transaction) { settings::keep(transaction, name, value); });
    }
    settings::Values kept() { return settings::read_all(writer()); }
};

TEST_F(SettingsTest, AreNoneInANewCatalog) {
    EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(SettingsTest, AreThereAfterACrash) {
    keep("log.level", "debug");
    keep("writer.batch", "7");
    crash();
    reopen();
    EXPECT_THAT(kept(), ElementsAre(Pair("log.level", "debug"), Pair("writer.batch", "7")));
}

TEST_F(SettingsTest, HaveTheLastValueThatTheyWereGiven) {
    keep("log.level", "debug");
    keep("log.level", "error");
    EXPECT_THAT(kept(), ElementsAre(Pair("log.level", "error")));
}

TEST_F(SettingsTest, AreForgottenWithoutAValue) {
    keep("log.level", "debug");
    keep("log.level", std::nullopt);
    keep("writer.batch", std::nullopt);
    EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(SettingsTest, AreNotKeptByARequestThatIsDropped) {
    refused<Refusal>([](WriteTransaction& transaction) {
        settings::keep(transaction, "log.level", "debug");
        throw Refusal();
    });
    EXPECT_THAT(kept(), IsEmpty());
}

}  // namespace
}  // namespace catalogd::catalog
