// io.catalogd.Health.Get: answered whatever the other actors do.
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr std::string_view get = "io.catalogd.Health.Get";

TEST(ServedHealth, TellsHowTheDaemonIs) {
    const ServedCatalog catalog;
    const Reply reply = catalog.call(get);
    ASSERT_THAT(reply, Succeeded());
    EXPECT_THAT(reply, Has("/health/status", "pass"));
    EXPECT_THAT(reply, Has("/health/score", 100));
    EXPECT_THAT(reply, Has("/health/pool/readers", 4));
    EXPECT_THAT(reply, Has("/health/checks/0/name", "writer"));
}

TEST(ServedHealth, IsToldWithEveryReaderBusyAndTheWriterStalled) {
    ServedCatalog catalog;
    catalog.hold_readers();
    catalog.hold_writer();
    catalog.clock().pass(std::chrono::seconds(6));
    catalog.health().look();
    catalog.clock().pass(std::chrono::seconds(3));
    catalog.health().look();
    const Reply reply = catalog.call(get);
    EXPECT_THAT(reply, Has("/health/status", "warn"));
    EXPECT_THAT(reply, Has("/health/pool/available", 0));
    EXPECT_THAT(reply, Has("/health/checks/0/status", "warn"));
}

TEST(ServedHealth, IsToldToAThousandCallersInARow) {
    ServedCatalog catalog;
    catalog.hold_readers();
    catalog.hold_writer();
    VarlinkPeer peer = catalog.connect();
    for (int i = 0; i < 1'000; ++i) {
        ASSERT_THAT(peer.call(get), Succeeded());
    }
}

TEST(ServedHealth, RefusesParametersThatItDoesNotKnow) {
    const ServedCatalog catalog;
    EXPECT_THAT(catalog.call(get, {{"deep", true}}),
                IsError("org.varlink.service.InvalidParameter"));
}

TEST(ServedHealth, IsForReaders) {
    ServedOptions options;
    options.role = Role::read;
    EXPECT_THAT(ServedCatalog(std::move(options)).call(get), Succeeded());
}

}  // namespace
}  // namespace catalogd::endpoints
