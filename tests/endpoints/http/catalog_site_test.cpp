// What the port shows of backups, against what the interface tells of them.
#include "endpoints/http/catalog_site.h"

#include <boost/json/parse.hpp>
#include <filesystem>

#include "catalog/backups/take.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints::http {
namespace {

class CatalogSiteTest : public testing::Test {
protected:
    void take(const std::string& name) {
        catalog::MaintenanceConnection source(served.database());
        catalog::backups::take(source, store, name, served.clock().wall(), {});
    }
    // On the thread that serves, and from the last look, whatever is in the folder now.
    json::object shown() {
        Response response;
        served.on_server([&] { response = site.answer({"/v1/backups", {}}, {}); });
        EXPECT_EQ(response.type, "application/json");
        return json::parse(response.body).as_object();
    }

    ServedCatalog served;
    const catalog::backups::Store store{served.folder() + "/backups", 0};
    const CatalogSite site{served.actors(), [] { return CatalogSite::Counts{}; }};
};

TEST_F(CatalogSiteTest, ShowsBackupsAsTheInterfaceListsThem) {
    take("one");
    take("two");
    served.backups().look();
    EXPECT_EQ(shown().at("backups"),
              served.call("io.catalogd.Admin.ListBackups").parameters.at("backups"));
    EXPECT_EQ(shown().at("total"), 2);
    EXPECT_FALSE(shown().contains("lastProven"));
}

TEST_F(CatalogSiteTest, ShowsWhenABackupWasProven) {
    take("one");
    store.note_proven(store.find("one"), served.clock().wall());
    served.backups().look();
    EXPECT_EQ(shown().at("lastProven"), "2023-11-14T22:13:20.000Z");
}

TEST_F(CatalogSiteTest, ShowsTheLastLookAndReadsNoFolder) {
    take("one");
    served.backups().look();
    std::filesystem::remove_all(served.folder() + "/backups");
    EXPECT_EQ(shown().at("total"), 1);
}

}  // namespace
}  // namespace catalogd::endpoints::http
